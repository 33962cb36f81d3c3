/** The work on one station's interval: its data into the archive, then the signals out of them. */
import type { Arrival, Station } from "@harken/core";
import { loadArrivals, putArrivals, putNoise, putPieces, type Writer } from "@harken/store";
import { infrasoundRecipe } from "@harken/waveform";
import { type CenterContext, workOn } from "./context.ts";
import { type DataInterval, keepOnsets, keyPrefix } from "./plan.ts";
import { stationPieces } from "./stationPieces.ts";
import type { StationAnswer } from "./tasks.ts";

/** Acquires an interval of one station from the simulator. */
export async function acquireInterval(
  context: CenterContext,
  station: Station,
  interval: DataInterval,
): Promise<boolean> {
  const { startTime, endTime } = interval;
  return workOn(context, { stage: "acquire", name: station.code, startTime }, async () => {
    const pieces = await context.pool.acquire({ station: station.code, startTime, endTime });
    const samples = pieces.reduce((sum, { sampleCount }) => sum + sampleCount, 0);
    return {
      result: { segments: pieces.length, samples },
      write: async (writer) => {
        await putPieces(writer, pieces, { runId: context.runId, now: context.clock() });
      },
    };
  });
}

/**
 * Detects the signals of one station whose onsets fall into the interval. What was found in it before, when some of its data had not come, stays as it
 * is, and what is new is added. `alsoWrite` is committed with the signals.
 */
export async function processStationInterval(
  context: CenterContext,
  station: Station,
  interval: DataInterval,
  alsoWrite: (writer: Writer) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const { store, recipe } = context;
  const { onsetFrom, onsetTo } = interval;
  let found: readonly Arrival[] = [];
  const worked = await workOn(context, { stage: "station", name: station.code, startTime: onsetFrom }, async () => {
    const edge = recipe.edgeToleranceSec;
    const around = { station: station.code, notAsideIn: recipe.list, from: onsetFrom - edge, to: onsetTo + edge };
    const before = await loadArrivals(store.db, around);
    const prefix = keyPrefix(station.code, onsetFrom);
    // The number of those before makes keys that none of them has.
    const isAgain = before.some(({ key }) => key.startsWith(prefix));
    const {
      arrivals: detected,
      masks,
      noise,
      problems,
    } = await detectInterval(context, station, interval, isAgain ? `${prefix}again${before.length}-` : prefix);
    const arrivals = detected.filter(({ time }) => !before.some((other) => Math.abs(other.time - time) < edge));
    found = arrivals;
    for (const { kind, detail, channel, startTime, endTime } of masks) {
      context.logger.debug({ code: "quality.mask", kind, detail, channel, startTime, endTime });
    }
    return {
      result: { arrivals: arrivals.length, masks: masks.length, problems, onsetTo },
      write: async (writer) => {
        const stamp = { runId: context.runId, now: context.clock() };
        await putArrivals(writer, arrivals, stamp);
        await putNoise(writer, noise, stamp);
        await alsoWrite(writer);
      },
    };
  });
  for (const { key, time, phase } of worked ? found : []) {
    await context.bus.publish(`arrivals.${station.code}`, { key, station: station.code, time, phase }, { id: key });
  }
  return worked;
}

/** The signals of a station's interval by what the archive holds, with those of the interval before in sight at its edge. */
export async function detectInterval(
  { store, pool, recipe }: Pick<CenterContext, "store" | "pool" | "recipe">,
  station: Station,
  interval: DataInterval,
  prefix: string,
): Promise<StationAnswer> {
  const { onsetFrom, endTime: to } = interval;
  const from = onsetFrom - recipe.leadInSec;
  // Analysts' picks are no detections of the station.
  const own = { station: station.code, notAsideIn: recipe.list };
  const memorySec = station.technology === "infrasound" ? infrasoundRecipe.infrasound!.category.memorySec : 0;
  const history =
    memorySec > 0 ? await loadArrivals(store.db, { ...own, from: onsetFrom - memorySec, to: onsetFrom }) : [];
  const pieces = await stationPieces(store.db, station, from, to);
  const answer = await pool.station({ ...{ station, pieces, from, to, history }, keyPrefix: prefix });
  const edge = recipe.edgeToleranceSec;
  const near = await loadArrivals(store.db, { ...own, from: onsetFrom - 2 * edge, to: onsetFrom + 2 * edge });
  const others = near.filter(({ key }) => !key.startsWith(keyPrefix(station.code, onsetFrom)));
  return { ...answer, arrivals: keepOnsets(answer.arrivals, others, interval, edge) };
}
