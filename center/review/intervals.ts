/** Intervals of a reviewed list: opening takes the automatic events in, completing publishes those that meet the event definition. */
import type { CompleteRequest, OpenRequest } from "@harken/api";
import { isoTime, type Origin, preferredOrigin, type Station } from "@harken/core";
import {
  loadEvents,
  loadReviewIntervals,
  newestVersions,
  putEvents,
  putReviewInterval,
  type ReviewedInterval,
  takeTurn,
  withdrawEvents,
} from "@harken/store";
import { defaultAssociatorSettings, definitionOf } from "@harken/waveform";
import { centerErrors } from "../errors.ts";
import { announce, type Plan, type ReviewContext, writePlans } from "./plan.ts";

export interface Completed {
  readonly interval: ReviewedInterval;
  readonly published: readonly string[];
  readonly keptBack: readonly { readonly eventKey: string; readonly reason: string }[];
}

/** Opens an interval, or opens a completed one again. Throws OVERLAP when another interval covers a part of it. */
export async function openInterval(
  context: ReviewContext,
  list: string,
  { analyst, from, to }: OpenRequest,
): Promise<ReviewedInterval> {
  const { store, bus, recipe, clock } = context;
  if (!(to > from)) throw centerErrors.make("BAD_WINDOW", { from, to, reason: "it ends before it begins" });
  const known = await loadReviewIntervals(store.db, list);
  const overlap = known.find((other) => other.from !== from && other.from < to && from < other.to);
  if (overlap) {
    const other = `${isoTime(overlap.from, 0)} to ${isoTime(overlap.to, 0)}`;
    throw centerErrors.make("OVERLAP", { other, analyst: overlap.analyst });
  }
  const automatic = await loadEvents(store.db, { list: recipe.list, from, to });
  const keys = automatic.map(({ event }) => event.key);
  const interval: ReviewedInterval = { list, from, to, state: "open", analyst, changedAt: clock() };
  const seen = await newestVersions(store.db, list, keys);
  const plans = automatic
    .filter(({ event }) => !seen.has(event.key))
    .map(({ event }): Plan => ({ key: event.key, before: null, after: event, detail: `taken from ${recipe.list}` }));
  await writePlans(context, list, { analyst }, "open", plans, (writer) => putReviewInterval(writer, interval));
  await bus.publish(`intervals.review`, { stage: list, startTime: from, endTime: to, state: "open", result: {} });
  return interval;
}

/** Throws NOT_OPEN. */
export async function completeInterval(
  context: ReviewContext,
  list: string,
  { analyst, from }: CompleteRequest,
): Promise<Completed> {
  const { store, bus, recipe, clock } = context;
  const known = (await loadReviewIntervals(store.db, list)).find((interval) => interval.from === from);
  if (!known) throw centerErrors.make("NOT_OPEN", { from: isoTime(from, 0) });
  const interval: ReviewedInterval = { ...known, state: "complete", analyst, changedAt: clock() };
  const window = { from: known.from, to: known.to };
  const events = (await loadEvents(store.db, { list, ...window })).map(({ event }) => event);
  const judged = events.map((event) => ({
    event,
    reason: shortcoming(preferredOrigin(event), context.stations()),
  }));
  const published = judged.filter(({ reason }) => reason === null).map(({ event }) => event);
  const keys = new Set(published.map(({ key }) => key));
  const stamp = { runId: context.runId, now: interval.changedAt };
  const changes = await store.transaction(async (writer) => {
    await takeTurn(writer);
    await putReviewInterval(writer, interval);
    const before = await loadEvents(writer, { list: recipe.publishedList, ...window });
    const gone = before.map(({ event }) => event.key).filter((key) => !keys.has(key));
    return [
      ...(await withdrawEvents(writer, recipe.publishedList, gone)),
      ...(await putEvents(writer, recipe.publishedList, published, stamp)),
    ];
  });
  const plans = published.map((event): Plan => ({ key: event.key, before: null, after: event, detail: "" }));
  await announce(
    bus,
    recipe.publishedList,
    changes.filter(({ key }) => keys.has(key)),
    plans,
  );
  await bus.publish(`intervals.review`, {
    ...{ stage: list, startTime: known.from, endTime: known.to, state: "complete" },
    result: { events: published.length },
  });
  return {
    interval,
    published: published.map(({ key }) => key),
    keptBack: judged.flatMap(({ event, reason }) => (reason === null ? [] : [{ eventKey: event.key, reason }])),
  };
}

/** Why an event does not meet the event definition; null when it does. */
export function shortcoming(origin: Origin, stations: readonly Station[]): string | null {
  const byCode = new Map(stations.map((station) => [station.code, station]));
  const { definition } = defaultAssociatorSettings;
  const sum = definitionOf(origin.associations, (code) => byCode.get(code), defaultAssociatorSettings);
  if (sum.stations < definition.minStations)
    return `${sum.stations} of ${definition.minStations} stations with a defining time`;
  if (sum.weight < definition.threshold)
    return `the weights of its defining observations add up to ${sum.weight.toFixed(2)}, less than ${definition.threshold}`;
  return null;
}
