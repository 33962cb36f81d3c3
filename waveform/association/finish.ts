/**
 * The last word on each event, when it is known which arrivals the others hold: later phases and surface waves join, and the event is located
 * once more with all that it has. Events are asked in the order of their strength.
 */
import type { Arrival, Station } from "@harken/core";
import { locate } from "../location/locate.ts";
import type { LocatedOrigin } from "../location/reading.ts";
import { activityOf } from "./activity.ts";
import { countClutter, spanSec } from "./clutter.ts";
import type { Evidence } from "./corroborate.ts";
import { developHypothesis, type Hypothesis, locationAt, readingsOf } from "./hypothesis.ts";
import { assignSurfaceWaves } from "./surfaceWaves.ts";

export interface FinishedEvent {
  readonly origin: LocatedOrigin;
  readonly logOdds: number;
  readonly weight: number;
}

const ROUNDS_SEC = [0.7, 0.7] as const;

export function finishEvents(
  before: Evidence,
  events: readonly Hypothesis[],
  arrivals: readonly Arrival[],
): FinishedEvent[] {
  const { table, earth, settings } = before;
  const evidence = { ...before, activity: activityOf(events, spanSec(table), settings) };
  // What an event's own reflections are is to be found out now.
  table.explained.fill(Number.NEGATIVE_INFINITY);
  countClutter(table, settings);
  const release = (matches: Hypothesis["matches"], taken: 0 | 1) => {
    for (const { arrival } of matches) table.taken[arrival] = taken;
  };
  const own = (event: Hypothesis) => event.matches.filter(({ later }) => !later);
  const last = events.flatMap((event) => {
    release(own(event), 0);
    const { origin, depthKind } = event;
    const full = developHypothesis(evidence, origin, depthKind, ROUNDS_SEC, true);
    const whole = event.matches.every(({ arrival }) => !table.taken[arrival]) ? event : null;
    const kept = full ?? developHypothesis(evidence, origin, depthKind, ROUNDS_SEC) ?? whole;
    if (kept) release(kept.matches, 1);
    return kept ? [kept] : [];
  });
  const stations = new Map<string, Station>(table.stations.map((station) => [station.code, station]));
  const surface = assignSurfaceWaves(
    last.map(({ origin }) => origin),
    arrivals,
    stations,
    earth,
  );
  return last.map((event, i) => {
    const { origin, matches, depthKind, logOdds, weight } = event;
    const waves = surface[i]!;
    if (waves.length === 0) return { origin, logOdds, weight };
    const readings = [...readingsOf(evidence, matches), ...waves];
    const again = locate(readings, origin, earth, locationAt(evidence, origin.depthKm, depthKind), before.corrections);
    return { origin: again.ok ? again.origin : origin, logOdds, weight };
  });
}
