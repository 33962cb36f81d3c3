/**
 * How well a list of events tells what happened in a world of arrivals. Asked for are the hidden events that three stations saw by a first
 * arrival, what analysts would list; false is what is no hidden event that two stations reported by any wave.
 */
import { preferredOrigin, type SeismicEvent } from "@harken/core";
import { looseMatchRule, type MatchRule, matchPlaces } from "@harken/waveform";
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

/** Origin times in [from, to) count, of both. */
export function scoreEvents(
  world: ArrivalWorld,
  events: readonly SeismicEvent[],
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
  rule: MatchRule = looseMatchRule,
): WorldScore {
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
  const origins = events.map(preferredOrigin).filter(within);
  const asked = referenceBulletin(world, ANALYST_STATIONS).events.map(preferredOrigin).filter(within);
  const found = matchPlaces(asked, origins, rule).length;
  const untrue = origins.length - matchPlaces(real, origins, rule).length;
  return {
    ...{ asked: asked.length, found, missed: asked.length - found, listed: origins.length, untrue },
    recall: asked.length > 0 ? found / asked.length : null,
    precision: origins.length > 0 ? 1 - untrue / origins.length : null,
  };
}
