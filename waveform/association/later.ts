/**
 * What may be a later phase of an event that stands. An event shows its reflections at many stations or at few, as its depth and radiation
 * have it: where many show one, the next arrival at its time is likely one too.
 */
import type { Hypocentre } from "../location/reading.ts";
import { corroborate, type Evidence, type Match } from "./corroborate.ts";

/** Later phases are looked for with this error of the event's own, s. */
const BLUR_SEC = 1;
/** Odds below which an arrival is no news as a later phase. */
const LEAST_ODDS = 0.05;
/** How far the share of stations that show a phase may differ from the usual. */
const FACTORS = [0.3, 5] as const;

export function laterMatches(evidence: Evidence, origin: Hypocentre): Match[] {
  const { matches, expected } = corroborate(evidence, origin, BLUR_SEC, true, LEAST_ODDS);
  return matches
    .filter(({ later }) => later)
    .map((match) => {
      const { due, seen } = expected.get(match.phase)!;
      const factor = Math.min(FACTORS[1], Math.max(FACTORS[0], (seen + 1) / (due + 1)));
      return { ...match, logOdds: match.logOdds + Math.log(factor) };
    });
}
