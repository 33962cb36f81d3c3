/** Intervals of a reviewed list: opening takes the automatic events in, completing publishes those that meet the event definition. */
import type { CompleteRequest, OpenRequest } from "@harken/api";
import { isoTime, type Origin, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import {
  type EventChange,
  loadEvents,
  loadReviewIntervals,
  newestVersions,
  putEvents,
  putReviewInterval,
  type ReviewedInterval,
  type Stamp,
  takeTurn,
  type Writer,
  withdrawEvents,
} from "@harken/store";
import { defaultAssociatorSettings, definitionOf, screenEvent } from "@harken/waveform";
import { centerErrors } from "../errors.ts";
import type { CenterRecipe } from "../recipe.ts";
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
    reason: shortcoming(preferredOrigin(event), context.stations(), recipe.publishedDefinition),
  }));
  const published = judged.filter(({ reason }) => reason === null).map(({ event }) => event);
  const screened = published.map((event) => ({ event, status: screenEvent(preferredOrigin(event)).status }));
  const considered = screened.filter(({ status }) => status !== "not considered");
  const products: readonly Product[] = [
    { list: recipe.publishedList, events: published },
    { list: recipe.screenedList, events: considered.map(({ event }) => event) },
    {
      list: recipe.remainingList,
      events: considered.filter(({ status }) => status !== "screened out").map(({ event }) => event),
    },
  ];
  const stamp = { runId: context.runId, now: interval.changedAt };
  const changes = await store.transaction(async (writer) => {
    await takeTurn(writer);
    await putReviewInterval(writer, interval);
    const made: EventChange[][] = [];
    for (const product of products) made.push(await issue(writer, product, window, stamp));
    return made;
  });
  for (const [i, product] of products.entries()) {
    const plans = product.events.map((event): Plan => ({ key: event.key, before: null, after: event, detail: "" }));
    await announce(bus, product.list, changes[i]!, plans);
  }
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

interface Product {
  readonly list: string;
  readonly events: readonly SeismicEvent[];
}

/** Makes a list hold exactly these events in a stretch of origin times. */
async function issue(
  writer: Writer,
  { list, events }: Product,
  window: { readonly from: number; readonly to: number },
  stamp: Stamp,
): Promise<EventChange[]> {
  const keys = new Set(events.map(({ key }) => key));
  const before = await loadEvents(writer, { list, ...window });
  const gone = before.map(({ event }) => event.key).filter((key) => !keys.has(key));
  return [...(await withdrawEvents(writer, list, gone)), ...(await putEvents(writer, list, events, stamp))];
}

/** Why an event does not meet the definition of published events; null when it does. */
export function shortcoming(
  { associations }: Origin,
  stations: readonly Station[],
  { threshold, stations: least }: CenterRecipe["publishedDefinition"],
): string | null {
  const byCode = new Map(stations.map((station) => [station.code, station]));
  const timed = associations.filter(({ timeDefining }) => timeDefining).map(({ station }) => station);
  const counted = new Set(timed.filter((code) => byCode.get(code)?.role !== "auxiliary"));
  if (counted.size < least) return `${counted.size} of ${least} primary stations with a defining time`;
  const { weight } = definitionOf(associations, (code) => byCode.get(code), defaultAssociatorSettings);
  if (weight < threshold)
    return `the weights of its defining observations add up to ${weight.toFixed(2)}, less than ${threshold}`;
  return null;
}
