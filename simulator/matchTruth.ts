/**
 * Pairs the events of a list with the hidden events of a simulation, as bulletins are compared.
 *
 *     const { pairs, missed, false: untrue } = matchTruth(events, world.events);
 */
import { geodesicKm, preferredOrigin, type SeismicEvent } from "@harken/core";
import { type MatchRule, matchPlaces } from "@harken/waveform";
import type { HiddenEvent } from "./world/seismicity.ts";

/** Wide enough for an event of few stations, and narrow enough that another event is not taken for it. */
export const truthMatchRule: MatchRule = Object.freeze({ maxDistanceDeg: 5, maxTimeSec: 60 });

export interface TruthPair {
  readonly eventKey: string;
  readonly truthKey: string;
  readonly distanceKm: number;
  /** Event minus truth. */
  readonly timeErrorSec: number;
}

export interface TruthMatching {
  /** In the order of the hidden events. */
  readonly pairs: readonly TruthPair[];
  /** Keys of hidden events without an event. */
  readonly missed: readonly string[];
  /** Keys of events that are none of the hidden ones. */
  readonly false: readonly string[];
}

/** Compares preferred origins with the truth. */
export function matchTruth(
  events: readonly SeismicEvent[],
  hidden: readonly HiddenEvent[],
  rule: MatchRule = truthMatchRule,
): TruthMatching {
  const origins = events.map(preferredOrigin);
  const matched = matchPlaces(hidden, origins, rule);
  const [found, used] = [new Set(matched.map((pair) => pair.reference)), new Set(matched.map((pair) => pair.other))];
  return {
    pairs: matched.map(({ reference, other }): TruthPair => {
      const [truth, origin] = [hidden[reference]!, origins[other]!];
      const { latitudeDeg, longitudeDeg } = origin;
      return {
        eventKey: events[other]!.key,
        truthKey: truth.key,
        distanceKm: geodesicKm(latitudeDeg, longitudeDeg, truth.latitudeDeg, truth.longitudeDeg),
        timeErrorSec: origin.time - truth.time,
      };
    }),
    missed: hidden.filter((_, i) => !found.has(i)).map(({ key }) => key),
    false: events.filter((_, i) => !used.has(i)).map(({ key }) => key),
  };
}
