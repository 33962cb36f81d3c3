/**
 * Intervals of the past worked on again from the archive and the store, without a change to either: a station's signals from its archived samples, a
 * list's events from the arrivals, noise and versions of events that its record names. What comes out must be the rows that stand.
 *
 *     const report = await replayIntervals({ dataDir, workers: 2 }, { from, to });
 */
import { join } from "node:path";
import type { Station } from "@harken/core";
import {
  contentHash,
  loadArrivals,
  loadRunConfig,
  loadStations,
  openStore,
  putArrivals,
  type Reader,
  type Row,
  type Store,
} from "@harken/store";
import { type MaterialRecord, recallInput } from "../networkMaterial.ts";
import { buildList, outputOf } from "../networkStage.ts";
import { type DataInterval, keyPrefix } from "../plan.ts";
import type { CenterRecipe } from "../recipe.ts";
import { detectInterval } from "../stationStage.ts";
import { createWorkerPool, type WorkerPool } from "../workerPool.ts";

export interface ReplaySource {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly workers: number;
}

export interface Replayed {
  readonly stage: "station" | "network";
  /** Station code or list. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** `changed`: what it was made of is no longer as it was, so that there is nothing to compare. */
  readonly outcome: "same" | "different" | "changed";
  /** Arrivals or events that were compared. */
  readonly rows: number;
  readonly detail: string;
}

/** What a run of a centre was configured with. */
interface RunConfig {
  readonly recipe: CenterRecipe;
  readonly earthModel: "ak135" | "iasp91";
}

/** Every finished interval that begins in [from, to), in order of time. */
export async function replayIntervals(
  { dataDir, databaseUrl, workers }: ReplaySource,
  { from = -Infinity, to = Infinity }: { readonly from?: number | undefined; readonly to?: number | undefined } = {},
): Promise<Replayed[]> {
  const store = await openStore({ file: join(dataDir, "harken.db"), url: databaseUrl });
  const pools = new Map<string, WorkerPool>();
  try {
    const stations = await loadStations(store.db);
    const rows = (
      await store.db
        .selectFrom("interval")
        .selectAll()
        .where("stage", "in", ["station", "network"])
        .where("state", "=", "done")
        .orderBy("starttime")
        .orderBy("stage", "desc")
        .orderBy("name")
        .execute()
    ).filter(({ starttime }) => starttime >= from && starttime < to);
    const replayed: Replayed[] = [];
    for (const row of rows) {
      const config = (await loadRunConfig(store.db, { runId: row.runid })) as RunConfig;
      let pool = pools.get(config.earthModel);
      if (!pool) {
        const setup = { archiveRoot: join(dataDir, "archive"), earthModel: config.earthModel, world: null };
        pool = createWorkerPool(setup, workers);
        pools.set(config.earthModel, pool);
      }
      const source: Source = { store, pool, stations, recipe: config.recipe };
      replayed.push(row.stage === "network" ? await replayList(source, row) : await replayStation(source, row));
    }
    return replayed;
  } finally {
    for (const pool of pools.values()) await pool.destroy();
    await store.close();
  }
}

interface Source {
  readonly store: Store;
  readonly pool: WorkerPool;
  readonly stations: readonly Station[];
  readonly recipe: CenterRecipe;
}

type IntervalRow = Row<"interval">;

/** The parts of a data interval that its row keeps, and the data's end, a tail later. */
function intervalOf({ starttime, endtime }: IntervalRow, { tailSec }: CenterRecipe): DataInterval {
  return { index: 0, startTime: starttime, endTime: endtime + tailSec, onsetFrom: starttime, onsetTo: endtime };
}

async function replayList(source: Source, row: IntervalRow): Promise<Replayed> {
  const head = { stage: "network", name: row.name, from: row.starttime, to: row.endtime } as const;
  const result = JSON.parse(row.result) as { input?: MaterialRecord; output?: ReturnType<typeof outputOf> };
  const pipeline = source.recipe.timetable?.pipelines.find(({ list }) => list === row.name);
  if (!result.input || !result.output || !pipeline)
    return { ...head, outcome: "changed", rows: 0, detail: "it was made before records were kept" };
  const interval = intervalOf(row, source.recipe);
  const context = { ...source, clock: () => row.lddate };
  const material = await recallInput(context, pipeline, interval, result.input);
  if (material.record.hash !== result.input.hash)
    return { ...head, outcome: "changed", rows: 0, detail: "its arrivals, noise or events are no longer as they were" };
  const { events, withdrawn } = await buildList(context, pipeline, interval, material);
  const isSame = contentHash(outputOf(events, withdrawn)) === contentHash(result.output);
  return { ...head, outcome: isSame ? "same" : "different", rows: events.length, detail: "" };
}

async function replayStation({ store, pool, stations, recipe }: Source, row: IntervalRow): Promise<Replayed> {
  const head = { stage: "station", name: row.name, from: row.starttime, to: row.endtime } as const;
  const station = stations.find(({ code }) => code === row.name);
  if (!station) return { ...head, outcome: "changed", rows: 0, detail: "the station is no longer listed" };
  const prefix = keyPrefix(station.code, row.starttime);
  const edge = recipe.edgeToleranceSec;
  const window = { station: station.code, from: row.starttime - edge, to: row.endtime };
  const stored = (await loadArrivals(store.db, window)).filter(({ key }) => key.startsWith(prefix));
  if (stored.some(({ key }) => key.startsWith(`${prefix}again`)))
    return { ...head, outcome: "changed", rows: 0, detail: "its data came in parts" };
  const interval = intervalOf(row, recipe);
  const { arrivals } = await detectInterval({ store, pool, recipe }, station, interval, prefix);
  // Through a store of its own, so that rows are compared with rows.
  const scratch = await openStore({});
  try {
    await scratch.transaction((writer) => putArrivals(writer, arrivals, { runId: 0, now: 0 }));
    const found = await loadArrivals(scratch.db);
    const isSame = contentHash(found) === contentHash(stored);
    if (isSame) return { ...head, outcome: "same", rows: stored.length, detail: "" };
    const isLater = await hasLaterData(store.db, station, interval, recipe, row.lddate);
    return isLater
      ? { ...head, outcome: "changed", rows: 0, detail: "data of it were stored after it was worked on" }
      : {
          ...head,
          outcome: "different",
          rows: stored.length,
          detail: `${stored.length} stand, ${found.length} were found`,
        };
  } finally {
    await scratch.close();
  }
}

/** Whether samples that a station's interval reads were stored after `workedAt` (wall time). */
async function hasLaterData(
  reader: Reader,
  { channels }: Station,
  { onsetFrom, endTime }: DataInterval,
  { leadInSec }: CenterRecipe,
  workedAt: number,
): Promise<boolean> {
  const row = await reader
    .selectFrom("base_wfdisc")
    .select("wfid")
    .where("sta", "in", [...new Set(channels.map(({ id }) => id.station))])
    .where("time", "<", endTime)
    .where("endtime", ">", onsetFrom - leadInSec)
    .where("lddate", ">", workedAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
