/**
 * The order of the work by data time: pure arithmetic. Data come when their interval has been recorded, or later where a link is slow; lists are
 * made when the timetable says. The same intervals and deliveries give the same order at any speed, so results do not depend on it.
 */
import type { Station } from "@harken/core";
import type { DataInterval } from "../plan.ts";
import { dueTime, hears, type Pipeline, type Timetable } from "./timetable.ts";

/** Data of one station recorded in [from, to) that come so much later than they were recorded. */
export interface LateDelivery {
  readonly station: string;
  readonly from: number;
  readonly to: number;
  readonly delaySec: number;
}

export type Step =
  | {
      readonly kind: "data";
      readonly time: number;
      readonly interval: DataInterval;
      readonly stations: readonly Station[];
      readonly isLate: boolean;
    }
  | { readonly kind: "list"; readonly time: number; readonly interval: DataInterval; readonly pipeline: Pipeline };

/** Every step in order of data time. `stations` are those that send a stream. */
export function planSteps(
  intervals: readonly DataInterval[],
  stations: readonly Station[],
  { pipelines }: Timetable,
  deliveries: readonly LateDelivery[] = [],
): Step[] {
  const steps: Step[] = [];
  for (const interval of intervals) {
    const arrivalOf = (station: Station) => interval.endTime + delayOf(station, interval, deliveries);
    const byTime = Map.groupBy(stations, arrivalOf);
    for (const [time, group] of byTime)
      steps.push({ kind: "data", time, interval, stations: group, isLate: time > interval.endTime });
    for (const pipeline of pipelines) {
      const due = dueTime(pipeline, interval);
      const complete = Math.max(
        interval.endTime,
        ...stations.filter((station) => hears(pipeline, station)).map(arrivalOf),
      );
      steps.push({ kind: "list", time: pipeline.isEarly ? Math.min(due, complete) : due, interval, pipeline });
    }
  }
  const rank = (step: Step) => (step.kind === "data" ? -1 : pipelines.indexOf(step.pipeline));
  return steps.sort((a, b) => a.time - b.time || rank(a) - rank(b) || a.interval.index - b.interval.index);
}

function delayOf({ code }: Station, interval: DataInterval, deliveries: readonly LateDelivery[]): number {
  const own = deliveries.filter(
    ({ station, from, to }) => station === code && from < interval.endTime && interval.startTime < to,
  );
  return Math.max(0, ...own.map(({ delaySec }) => delaySec));
}
