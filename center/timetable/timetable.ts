/**
 * The timetable of the automatic lists, as data: which list is made of which stations, how long after recording, and what late data change.
 *
 *     const [sel1] = centerTimetable.pipelines;
 *     dueTime(sel1, interval); // an hour after the last moment of the interval was recorded
 *
 * The hours are those of the schedule for entry into force: SEL1 within 1 h, SEL2 at 4 h, SEL3 at 6 h.
 */
import type { Station } from "@harken/core";

/** A class of stations. Without a role every station of the technology belongs to it. */
export interface StationClass {
  readonly technology: Station["technology"];
  readonly role?: "primary" | "auxiliary";
}

export interface Pipeline {
  readonly list: string;
  readonly uses: readonly StationClass[];
  /** The interval is worked on this long after it was recorded, s. */
  readonly delaySec: number;
  /** Worked on as soon as the data of all its stations are there; the delay is the latest. */
  readonly isEarly: boolean;
  /** Data that come up to this long after they were recorded have an interval that is done worked on again, s; 0 for none. */
  readonly reopensForSec: number;
}

/** How segments of stations that send only on demand are asked for. */
export interface RequestRule {
  /** Events of this list tell what is asked for. */
  readonly list: string;
  /** Nearest stations of an event that are asked, and how far they may be, deg. */
  readonly maxStations: number;
  readonly maxDistanceDeg: number;
  /** Regional phases are asked for up to this distance, deg. */
  readonly regionalDeg: number;
  /** What is asked for before the first and after the last phase, s. */
  readonly beforeSec: number;
  readonly afterSec: number;
  /** A request without an answer is sent again after this long, s, so many times in all. */
  readonly retrySec: number;
  readonly maxAttempts: number;
}

export interface Timetable {
  readonly name: string;
  /** In order of their delays; each begins with the events of the one before. */
  readonly pipelines: readonly Pipeline[];
  readonly requests: RequestRule;
}

const HOUR_SEC = 3600;
const primary: readonly StationClass[] = Object.freeze([
  { technology: "seismic", role: "primary" },
  { technology: "hydroacoustic" },
]);
const all: readonly StationClass[] = Object.freeze([
  ...primary,
  { technology: "seismic", role: "auxiliary" },
  { technology: "infrasound" },
]);

/** A list is open to late data until the next one is made of the interval; SEL3, from which analysts begin, for a day. */
export const centerTimetable: Timetable = Object.freeze({
  name: "timetable-1",
  pipelines: Object.freeze([
    { list: "SEL1", uses: primary, delaySec: HOUR_SEC, isEarly: true, reopensForSec: 4 * HOUR_SEC },
    { list: "SEL2", uses: all, delaySec: 4 * HOUR_SEC, isEarly: false, reopensForSec: 6 * HOUR_SEC },
    { list: "SEL3", uses: all, delaySec: 6 * HOUR_SEC, isEarly: false, reopensForSec: 24 * HOUR_SEC },
  ]),
  requests: Object.freeze({
    list: "SEL1",
    maxStations: 10,
    maxDistanceDeg: 95,
    regionalDeg: 20,
    beforeSec: 150,
    afterSec: 300,
    retrySec: 1200,
    maxAttempts: 5,
  }),
});

/** Whether a pipeline hears a station. One whose role nobody has told counts as primary. */
export function hears({ uses }: Pipeline, { technology, role }: Pick<Station, "technology" | "role">): boolean {
  const own = role === "auxiliary" ? "auxiliary" : "primary";
  return uses.some((one) => one.technology === technology && (one.role === undefined || one.role === own));
}

/** A station that sends segments on demand instead of a stream. */
export function isOnDemand({ technology, role }: Pick<Station, "technology" | "role">): boolean {
  return technology === "seismic" && role === "auxiliary";
}

/** Data time at which an interval's list is due. */
export function dueTime({ delaySec }: Pipeline, { onsetTo }: { readonly onsetTo: number }): number {
  return onsetTo + delaySec;
}

/** Whether data of an interval that come at `now` (data time) have the list worked on again. */
export function reopens({ reopensForSec }: Pipeline, { onsetTo }: { readonly onsetTo: number }, now: number): boolean {
  return now - onsetTo <= reopensForSec;
}
