/**
 * Pairs the events of a list with the hidden events of a simulation: one with one, the closest pairs first.
 *
 *     const { pairs, missed, false: untrue } = matchTruth(events, world.events);
 */
import { geodesicKm, KM_PER_DEGREE, preferredOrigin, type SeismicEvent } from "@harken/core";
import type { HiddenEvent } from "./world/seismicity.ts";

export interface MatchRule {
  /** Largest distance between an event and its truth, deg. */
  readonly maxDistanceDeg: number;
  /** Largest difference of origin times, s. */
  readonly maxTimeErrorSec: number;
}

/** Wide enough for an event of few stations, and narrow enough that another event is not taken for it. */
export const truthMatchRule: MatchRule = Object.freeze({ maxDistanceDeg: 5, maxTimeErrorSec: 60 });

export interface TruthPair {
  readonly eventKey: string;
  readonly truthKey: string;
  readonly distanceKm: number;
  /** Event minus truth. */
  readonly timeErrorSec: number;
}

export interface TruthMatching {
  readonly pairs: readonly TruthPair[];
  /** Keys of hidden events without an event. */
  readonly missed: readonly string[];
  /** Keys of events that are none of the hidden ones. */
  readonly false: readonly string[];
}

/** Compares preferred origins with the truth. A pair's badness is its distance and time error, each as a share of what the rule allows. */
export function matchTruth(
  events: readonly SeismicEvent[],
  hidden: readonly HiddenEvent[],
  rule: MatchRule = truthMatchRule,
): TruthMatching {
  const candidates = events.flatMap((event) => {
    const origin = preferredOrigin(event);
    return hidden.flatMap((truth) => {
      const timeErrorSec = origin.time - truth.time;
      if (Math.abs(timeErrorSec) > rule.maxTimeErrorSec) return [];
      const { latitudeDeg, longitudeDeg } = origin;
      const distanceKm = geodesicKm(latitudeDeg, longitudeDeg, truth.latitudeDeg, truth.longitudeDeg);
      const distanceShare = distanceKm / (rule.maxDistanceDeg * KM_PER_DEGREE);
      if (distanceShare > 1) return [];
      const badness = Math.hypot(distanceShare, timeErrorSec / rule.maxTimeErrorSec);
      return [{ badness, pair: { eventKey: event.key, truthKey: truth.key, distanceKm, timeErrorSec } }];
    });
  });
  candidates.sort((a, b) => a.badness - b.badness);
  const found = new Set<string>();
  const matched = new Set<string>();
  const pairs: TruthPair[] = [];
  for (const { pair } of candidates) {
    if (matched.has(pair.eventKey) || found.has(pair.truthKey)) continue;
    matched.add(pair.eventKey);
    found.add(pair.truthKey);
    pairs.push(pair);
  }
  return {
    pairs,
    missed: hidden.filter(({ key }) => !found.has(key)).map(({ key }) => key),
    false: events.filter(({ key }) => !matched.has(key)).map(({ key }) => key),
  };
}
