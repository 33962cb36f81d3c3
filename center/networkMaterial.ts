/**
 * What network processing of an interval works on, and a record of it from which the same material can be had again later: arrivals are numbered in
 * the order of their storing and events have versions, so that "as it was then" needs no copy.
 */
import type { Arrival, NoiseLevel, SeismicEvent } from "@harken/core";
import {
  contentHash,
  type ListedEvent,
  loadArrivals,
  loadEvents,
  loadNoise,
  newestArid,
  newestVersions,
} from "@harken/store";
import type { CenterContext } from "./context.ts";
import { type DataInterval, networkInput, networkWindow } from "./plan.ts";
import { hears, type Pipeline } from "./timetable/timetable.ts";

export interface NetworkMaterial {
  readonly arrivals: readonly Arrival[];
  readonly noise: readonly NoiseLevel[];
  /** Events that may change. */
  readonly open: readonly SeismicEvent[];
  readonly record: MaterialRecord;
}

/** Kept in the interval's result. */
export interface MaterialRecord {
  /** Arrivals with a greater number came later. */
  readonly arid: number;
  /** Noise levels stored after this wall time came later. */
  readonly noiseAt: number;
  /** Versions of events that were handed over. */
  readonly events: readonly { readonly list: string; readonly key: string; readonly version: number }[];
  /** Hash of it all: material that is had again must have the same. */
  readonly hash: string;
}

type Source = Pick<CenterContext, "store" | "recipe" | "stations" | "clock">;

/** The material as it is now. */
export async function gatherInput(
  context: Source,
  pipeline: Pipeline,
  interval: DataInterval,
): Promise<NetworkMaterial> {
  const { store, recipe } = context;
  const { db } = store;
  const window = networkWindow(interval, recipe);
  const before = recipe.timetable.pipelines[recipe.timetable.pipelines.indexOf(pipeline) - 1];
  // One look-back more: final events whose late arrivals stand in the window.
  const own = await loadEvents(db, { list: pipeline.list, from: window.from - recipe.lookBackSec, to: window.to });
  const handed = before ? await loadEvents(db, { list: before.list, ...window }) : [];
  const standing = await newestVersions(
    db,
    pipeline.list,
    handed.map(({ event }) => event.key),
  );
  const fresh = handed.filter(({ event }) => standing.get(event.key)?.state !== "current");
  return assemble(context, pipeline, interval, [...own, ...fresh], {
    arid: await newestArid(db),
    noiseAt: context.clock(),
  });
}

/** The material as it was when the record was made; its hash tells whether all of it was found. */
export async function recallInput(
  context: Source,
  pipeline: Pipeline,
  interval: DataInterval,
  { events, arid, noiseAt }: MaterialRecord,
): Promise<NetworkMaterial> {
  const listed: ListedEvent[] = [];
  for (const version of events) listed.push(...(await loadEvents(context.store.db, version)));
  return assemble(context, pipeline, interval, listed, { arid, noiseAt });
}

async function assemble(
  { store, recipe, stations }: Source,
  pipeline: Pipeline,
  interval: DataInterval,
  listed: readonly ListedEvent[],
  { arid, noiseAt }: Pick<MaterialRecord, "arid" | "noiseAt">,
): Promise<NetworkMaterial> {
  const window = networkWindow(interval, recipe);
  const heard = new Set(stations.filter((station) => hears(pipeline, station)).map(({ code }) => code));
  const all = await loadArrivals(store.db, { ...window, notAsideIn: recipe.list, upToArid: arid });
  const input = networkInput(
    all.filter(({ station }) => heard.has(station)),
    listed.map(({ event }) => event),
    window,
  );
  // The next interval's processing may measure stretches that begin in its lead-in.
  const levels = await loadNoise(store.db, {
    from: window.from,
    to: interval.onsetTo - recipe.leadInSec,
    storedBy: noiseAt,
  });
  const noise = levels.filter(({ station }) => heard.has(station));
  const { arrivals, open } = input;
  return {
    ...{ arrivals, noise, open },
    record: {
      ...{ arid, noiseAt },
      events: listed.map(({ list, version, event }) => ({ list, key: event.key, version })),
      hash: contentHash({ arrivals, noise, open }),
    },
  };
}
