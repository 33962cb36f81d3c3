/**
 * Arrivals of separate recordings, such as an archive of events years apart, in sittings: no event reaches over the silence between two, and
 * the search over origin times costs what was recorded rather than the years in between.
 */
import type { Arrival } from "@harken/core";

/** No wave that is associated is under way longer: Rayleigh waves to the antipode at 2.8 km/s, s. */
const LONGEST_TRAVEL_SEC = 7200;

export interface Sitting {
  readonly arrivals: readonly Arrival[];
  /** Whether waves of an event at this time could be among the arrivals; true of one sitting at most. */
  covers(time: number): boolean;
}

/** In order of time. Arrivals without a time are left out. */
export function sittingsOf(arrivals: readonly Arrival[]): Sitting[] {
  const ordered = arrivals.filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time);
  const sittings: Sitting[] = [];
  for (let from = 0; from < ordered.length; ) {
    let end = from + 1;
    while (end < ordered.length && ordered[end]!.time - ordered[end - 1]!.time <= LONGEST_TRAVEL_SEC) end++;
    const own = ordered.slice(from, end);
    const [first, last] = [own[0]!.time, own.at(-1)!.time];
    sittings.push({ arrivals: own, covers: (time) => time >= first - LONGEST_TRAVEL_SEC && time <= last });
    from = end;
  }
  return sittings;
}
