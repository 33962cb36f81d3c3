/** Intervals of a reviewed list: opening takes the automatic events in, completing publishes those that meet the event definition. */
import type { CompleteRequest, OpenRequest } from "@harken/api";
import { isoTime, type Origin, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import {
  type EventChange,
  loadEvents,
  loadIntervals,
  loadReviewIntervals,
  newestVersions,
  putEvents,
  putReviewInterval,
  type Reader,
  type ReviewedInterval,
  type Stamp,
  type Writer,
  withdrawEvents,
} from "@harken/store";
import { defaultAssociatorSettings, definitionOf, screenEvent } from "@harken/waveform";
import { centerErrors } from "../errors.ts";
import type { CenterRecipe } from "../recipe.ts";
import { announce, inTurn, type Plan, type ReviewContext, writePlans } from "./plan.ts";

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
  const { bus, recipe, runId } = context;
  if (!(to > from)) throw centerErrors.make("BAD_WINDOW", { from, to, reason: "it ends before it begins" });
  const now = context.clock();
  const interval: ReviewedInterval = { list, from, to, state: "open", analyst, changedAt: now };
  const { changes, events } = await inTurn(context, async (writer) => {
    const known = await loadReviewIntervals(writer, list);
    const overlap = known.find((other) => other.from !== from && other.from < to && from < other.to);
    if (overlap) {
      const other = `${isoTime(overlap.from, 0)} to ${isoTime(overlap.to, 0)}`;
      throw centerErrors.make("OVERLAP", { other, analyst: overlap.analyst });
    }
    const source = await latestList(writer, recipe, from, to);
    const automatic = (await loadEvents(writer, { list: source, from, to })).map(({ event }) => event);
    const seen = await newestVersions(
      writer,
      list,
      automatic.map(({ key }) => key),
    );
    const fresh = automatic.filter(({ key }) => !seen.has(key));
    const detail = `taken from ${source}`;
    const plans = fresh.map((event): Plan => ({ key: event.key, before: null, after: event, detail }));
    await putReviewInterval(writer, interval);
    return { changes: await writePlans(writer, runId, { list, analyst, action: "open", now }, plans), events: fresh };
  });
  await announce(bus, list, changes, events);
  await bus.publish("intervals.review", { stage: list, startTime: from, endTime: to, state: "open", result: {} });
  return interval;
}

/** The last list of the timetable that is made of all intervals in a stretch of time; the first one where none is. */
async function latestList(
  reader: Reader,
  { timetable, list }: Pick<CenterRecipe, "timetable" | "list">,
  from: number,
  to: number,
): Promise<string> {
  const rows = (await loadIntervals(reader, "network")).filter(
    ({ startTime, endTime }) => startTime < to && from < endTime,
  );
  const isMade = (name: string) => {
    const own = rows.filter((row) => row.name === name);
    return own.length > 0 && own.every(({ state }) => state === "done");
  };
  return timetable.pipelines.findLast((pipeline) => isMade(pipeline.list))?.list ?? list;
}

/** Throws NOT_OPEN. */
export async function completeInterval(
  context: ReviewContext,
  list: string,
  { analyst, from }: CompleteRequest,
): Promise<Completed> {
  const { bus, recipe, runId } = context;
  const now = context.clock();
  // Judged in turn, so that no edit falls between what is judged and what is published.
  const { interval, judged, issued } = await inTurn(context, async (writer) => {
    const known = (await loadReviewIntervals(writer, list)).find((one) => one.from === from);
    if (!known) throw centerErrors.make("NOT_OPEN", { from: isoTime(from, 0) });
    const complete: ReviewedInterval = { ...known, state: "complete", analyst, changedAt: now };
    await putReviewInterval(writer, complete);
    const window = { from: known.from, to: known.to };
    const reviewed = (await loadEvents(writer, { list, ...window })).map(({ event }) => event);
    const verdicts = reviewed.map((event) => ({
      event,
      reason: shortcoming(preferredOrigin(event), context.stations(), recipe.publishedDefinition),
    }));
    const done: Issued[] = [];
    for (const product of productsOf(
      verdicts.filter(({ reason }) => reason === null).map(({ event }) => event),
      recipe,
    ))
      done.push(await issue(writer, product, window, { runId, now }));
    return { interval: complete, judged: verdicts, issued: done };
  });
  for (const { list: product, changes, events } of issued) await announce(bus, product, changes, events);
  const published = judged.filter(({ reason }) => reason === null).map(({ event }) => event.key);
  await bus.publish("intervals.review", {
    ...{ stage: list, startTime: interval.from, endTime: interval.to, state: "complete" },
    result: { events: published.length },
  });
  return {
    interval,
    published,
    keptBack: judged.flatMap(({ event, reason }) => (reason === null ? [] : [{ eventKey: event.key, reason }])),
  };
}

/** The published events, those large enough to be screened, and those of them that remain. */
function productsOf(published: readonly SeismicEvent[], recipe: CenterRecipe): Product[] {
  const screened = published.map((event) => ({ event, status: screenEvent(preferredOrigin(event)).status }));
  const considered = screened.filter(({ status }) => status !== "not considered");
  const remaining = considered.filter(({ status }) => status !== "screened out");
  return [
    { list: recipe.publishedList, events: published },
    { list: recipe.screenedList, events: considered.map(({ event }) => event) },
    { list: recipe.remainingList, events: remaining.map(({ event }) => event) },
  ];
}

interface Product {
  readonly list: string;
  readonly events: readonly SeismicEvent[];
}

interface Issued extends Product {
  readonly changes: readonly EventChange[];
}

/** Makes a list hold exactly these events in a stretch of origin times; with what changed come all events that it concerns. */
async function issue(
  writer: Writer,
  { list, events }: Product,
  window: { readonly from: number; readonly to: number },
  stamp: Stamp,
): Promise<Issued> {
  const keys = new Set(events.map(({ key }) => key));
  const gone = (await loadEvents(writer, { list, ...window }))
    .map(({ event }) => event)
    .filter(({ key }) => !keys.has(key));
  const withdrawn = await withdrawEvents(
    writer,
    list,
    gone.map(({ key }) => key),
  );
  return {
    list,
    events: [...events, ...gone],
    changes: [...withdrawn, ...(await putEvents(writer, list, events, stamp))],
  };
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
