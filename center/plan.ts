/**
 * The plan of the data intervals: pure arithmetic on times. Interval k acquires [t0 + k L, t0 + (k+1) L); its onsets are those from one
 * tail before its start to one tail before its end, because measurements need data after the onset; the last interval takes the rest.
 */
import type { Arrival, SeismicEvent } from "@harken/core";
import { isoTime, preferredOrigin } from "@harken/core";
import type { IntervalSpan } from "@harken/store";
import type { CenterRecipe } from "./recipe.ts";

export interface DataInterval {
  readonly index: number;
  /** Data acquired: [startTime, endTime). */
  readonly startTime: number;
  readonly endTime: number;
  /** Onsets reported: [onsetFrom, onsetTo). */
  readonly onsetFrom: number;
  readonly onsetTo: number;
}

/** Every interval of [startTime, endTime); a last one shorter than the tail is joined to the one before. */
export function planIntervals(
  startTime: number,
  endTime: number,
  { intervalSec, tailSec }: CenterRecipe,
): DataInterval[] {
  const count = Math.max(1, Math.ceil((endTime - startTime - tailSec) / intervalSec));
  return Array.from({ length: count }, (_, index) => {
    const start = startTime + index * intervalSec;
    const last = index === count - 1;
    const end = last ? endTime : start + intervalSec;
    return {
      index,
      startTime: start,
      endTime: end,
      onsetFrom: index === 0 ? start : start - tailSec,
      onsetTo: last ? end : end - tailSec,
    };
  });
}

export interface WorkNames {
  /** Stations that send a stream. */
  readonly streams: readonly string[];
  /** Stations whose segments are asked for. */
  readonly onDemand: readonly string[];
  readonly lists: readonly string[];
}

/** The rows of work for the intervals: acquire and station for each stream, station for segments, network for each list, and one of requests. */
export function workSpans(intervals: readonly DataInterval[], { streams, onDemand, lists }: WorkNames): IntervalSpan[] {
  return intervals.flatMap(({ startTime, endTime, onsetFrom, onsetTo }) => {
    const onsets = { startTime: onsetFrom, endTime: onsetTo };
    return [
      ...streams.map((name) => ({ stage: "acquire", name, startTime, endTime })),
      ...[...streams, ...onDemand].map((name) => ({ stage: "station", name, ...onsets })),
      ...lists.map((name) => ({ stage: "network", name, ...onsets })),
      ...(onDemand.length > 0 ? [{ stage: "request", name: "-", ...onsets }] : []),
    ];
  });
}

/**
 * Which detections of an interval are new. Processing on both sides of an edge sees the same signal with slightly different onsets: near
 * `onsetFrom` one that the interval before has stored already is left out, and one that fell between the two is taken in.
 */
export function keepOnsets(
  detected: readonly Arrival[],
  stored: readonly Arrival[],
  { onsetFrom, onsetTo }: Pick<DataInterval, "onsetFrom" | "onsetTo">,
  toleranceSec: number,
): Arrival[] {
  return detected.filter(({ time }) => {
    if (time >= onsetTo || time < onsetFrom - toleranceSec) return false;
    if (time >= onsetFrom + toleranceSec) return true;
    return !stored.some((other) => Math.abs(other.time - time) < toleranceSec);
  });
}

export interface NetworkWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * What network processing looks at for an interval: its onsets and those of the look-back. It ends where the next interval's detections may begin
 * (see `keepOnsets`), so that it does not matter which of the two is worked on first.
 */
export function networkWindow(
  { onsetFrom, onsetTo }: Pick<DataInterval, "onsetFrom" | "onsetTo">,
  { lookBackSec, edgeToleranceSec }: CenterRecipe,
): NetworkWindow {
  return { from: onsetFrom - lookBackSec, to: onsetTo - edgeToleranceSec };
}

export interface NetworkInput {
  readonly arrivals: readonly Arrival[];
  /** Events that may still change: all their arrivals are in the window. */
  readonly open: readonly SeismicEvent[];
}

/**
 * Splits what is known into what may change and what is final. An event whose origin lies before the window is final: some of its
 * arrivals are out of sight, and those in sight stay with it.
 */
export function networkInput(
  arrivals: readonly Arrival[],
  events: readonly SeismicEvent[],
  { from }: NetworkWindow,
): NetworkInput {
  const open = events.filter((event) => preferredOrigin(event).time >= from);
  const taken = new Set(
    events
      .filter((event) => preferredOrigin(event).time < from)
      .flatMap((event) => preferredOrigin(event).associations.map(({ arrivalKey }) => arrivalKey)),
  );
  return { arrivals: arrivals.filter(({ key }) => !taken.has(key)), open };
}

/** What to write after network processing: events within the window, and the keys of those that are no more. */
export function networkOutput(
  built: readonly SeismicEvent[],
  open: readonly SeismicEvent[],
  { from }: NetworkWindow,
): { events: SeismicEvent[]; withdrawn: string[] } {
  // An origin before the window would be built on leftovers of what was seen whole when the window stood there.
  const events = built.filter((event) => preferredOrigin(event).time >= from);
  const kept = new Set(events.map(({ key }) => key));
  return { events, withdrawn: open.map(({ key }) => key).filter((key) => !kept.has(key)) };
}

/** Start of the text keys made in an interval, such as `ARCES-20260124T062000Z-`: no sign that an address would have to escape. */
export function keyPrefix(name: string, onsetFrom: number): string {
  return `${name}-${isoTime(onsetFrom, 0).replace(/[-:]/g, "")}-`;
}
