/**
 * How well a list of events tells what happened in a world of arrivals. Asked for are the hidden events that three stations saw by a first
 * arrival, what analysts would list; false is what is no hidden event that two stations reported by any wave.
 */
import { preferredOrigin } from "@harken/core";
import { type ComparedPlace, looseMatchRule, type MatchRule, matchPlaces } from "@harken/waveform";
import type { ArrivalWorld } from "./arrivalWorld.ts";
import { referenceBulletin } from "./reference.ts";

export interface WorldScore {
  /** Hidden events that three stations saw, and how many of them the list has. */
  readonly asked: number;
  readonly found: number;
  readonly missed: number;
  readonly listed: number;
  readonly untrue: number;
  /** null for an empty list or world. */
  readonly recall: number | null;
  readonly precision: number | null;
}

const ANALYST_STATIONS = 3;
const REAL_STATIONS = 2;

/** Judges lists against one world: origin times in [from, to) count, of both. */
export function worldScorer(
  world: ArrivalWorld,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
  rule: MatchRule = looseMatchRule,
): (places: readonly ComparedPlace[]) => WorldScore {
  const within = ({ time }: { readonly time: number }) => time >= from && time < to;
  const reporting = new Map<string, Set<string>>();
  for (const { key, station } of world.arrivals) {
    const truth = world.truth.get(key);
    if (!truth) continue;
    const stations = reporting.get(truth.eventKey);
    if (stations) stations.add(station);
    else reporting.set(truth.eventKey, new Set([station]));
  }
  const real = world.events.filter(({ key }) => (reporting.get(key)?.size ?? 0) >= REAL_STATIONS);
  const asked = referenceBulletin(world, ANALYST_STATIONS).events.map(preferredOrigin).filter(within);
  return (places) => {
    const listed = places.filter(within);
    const found = matchPlaces(asked, listed, rule).length;
    const untrue = listed.length - matchPlaces(real, listed, rule).length;
    return {
      ...{ asked: asked.length, found, missed: asked.length - found, listed: listed.length, untrue },
      recall: asked.length > 0 ? found / asked.length : null,
      precision: listed.length > 0 ? 1 - untrue / listed.length : null,
    };
  };
}

/** Of a list with the best first, as many from its beginning as hold no more than so many false ones. */
export function bestWithin<T extends ComparedPlace>(
  ranked: readonly T[],
  score: (places: readonly T[]) => WorldScore,
  untrue: number,
): readonly T[] {
  let [enough, tooMany] = [0, ranked.length + 1];
  while (tooMany - enough > 1) {
    const middle = (enough + tooMany) >> 1;
    if (score(ranked.slice(0, middle)).untrue <= untrue) enough = middle;
    else tooMany = middle;
  }
  return ranked.slice(0, enough);
}
