/**
 * Which segments of stations on demand an event calls for: from before its first phase to after its last at the nearest of them, when they are due
 * by the travel-time tables. Windows of several events are merged, and what was asked for before is left out.
 */
import type { PredictedArrival } from "@harken/api";
import type { RequestRule } from "./timetable.ts";

export interface SegmentWindow {
  readonly station: string;
  readonly from: number;
  readonly to: number;
  readonly eventKeys: readonly string[];
}

/** Windows of one event, whole seconds, nearest stations first. `predictions` are of stations on demand. */
export function eventWindows(
  eventKey: string,
  predictions: readonly PredictedArrival[],
  { maxStations, maxDistanceDeg, regionalDeg, beforeSec, afterSec }: RequestRule,
): SegmentWindow[] {
  const byStation = [...Map.groupBy(predictions, ({ station }) => station)]
    .map(([station, phases]) => ({ station, phases, deltaDeg: phases[0]!.deltaDeg }))
    .filter(({ deltaDeg }) => deltaDeg <= maxDistanceDeg)
    .sort((a, b) => a.deltaDeg - b.deltaDeg || (a.station < b.station ? -1 : 1))
    .slice(0, maxStations);
  return byStation.map(({ station, phases, deltaDeg }) => {
    const times = phases.map(({ time }) => time).sort((a, b) => a - b);
    const last = deltaDeg <= regionalDeg ? times.at(-1)! : times[0]!;
    return { station, from: Math.floor(times[0]! - beforeSec), to: Math.ceil(last + afterSec), eventKeys: [eventKey] };
  });
}

/** Windows of one station that meet become one. In order of station and time. */
export function mergeWindows(windows: readonly SegmentWindow[]): SegmentWindow[] {
  const ordered = [...windows].sort((a, b) =>
    a.station < b.station ? -1 : a.station > b.station ? 1 : a.from - b.from,
  );
  const merged: SegmentWindow[] = [];
  for (const window of ordered) {
    const last = merged.at(-1);
    if (last?.station === window.station && window.from <= last.to) {
      const eventKeys = [...new Set([...last.eventKeys, ...window.eventKeys])].sort();
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, window.to), eventKeys };
    } else merged.push(window);
  }
  return merged;
}

/** Pieces shorter than this are not worth a message, s. */
const SHORTEST_SEC = 10;

/** What of the windows lies outside those that were asked for before. */
export function leaveOut(
  windows: readonly SegmentWindow[],
  asked: readonly Pick<SegmentWindow, "station" | "from" | "to">[],
): SegmentWindow[] {
  return windows.flatMap((window) => {
    let left = [window];
    for (const { station, from, to } of asked) {
      if (station !== window.station) continue;
      left = left.flatMap((one) => {
        if (to <= one.from || from >= one.to) return [one];
        return [
          { ...one, to: Math.min(one.to, from) },
          { ...one, from: Math.max(one.from, to) },
        ].filter((part) => part.to > part.from);
      });
    }
    return left.filter(({ from, to }) => to - from >= SHORTEST_SEC);
  });
}
