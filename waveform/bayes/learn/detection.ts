/**
 * How a phase's chance of detection depends on magnitude over the station's noise and on distance, and which stations see more or less than
 * their noise would have it. Learned from events that many stations saw, because an event that is in the list only for being lucky at a few
 * stations would teach that they always are.
 */
import { cellOf, distanceAzimuth } from "@harken/core";
import { magnitudeTermAt } from "../../association/travelTimeGrid.ts";
import { applies, modelPhases, phaseNames } from "../phases.ts";
import type { PhasePrior } from "../priors.ts";
import { fitLogistic } from "./logisticRegression.ts";
import { hourOf, type LearnedEvent, type Sample } from "./sample.ts";

const LEAST_STATIONS = 6;
/** More events than this do not make a better fit. */
const MOST_EVENTS = 900;
const RIDGE = { constant: 0.01, slope: 0.01, distance: 1, station: 3 } as const;
/** Trials far below any chance of detection teach nothing. */
const HOPELESS = -1.5;

export interface DetectionFit {
  readonly byPhase: ReadonlyMap<string, PhasePrior["detection"]>;
  /** Of first arrivals. */
  readonly byStation: ReadonlyMap<string, number>;
}

export function learnDetection(sample: Sample, knots: readonly number[]): DetectionFit {
  const { events, associated, stations } = sample;
  const seen = new Set(associated.map(({ event, station, phase }) => `${event.origin.key} ${station.code} ${phase}`));
  const teachers = events.filter((event) => event.magnitude !== null && event.stations >= LEAST_STATIONS);
  const step = Math.max(1, Math.ceil(teachers.length / MOST_EVENTS));
  const chosen = teachers.filter((_, i) => i % step === 0);
  const byPhase = new Map<string, PhasePrior["detection"]>();
  const byStation = new Map<string, number>();
  const offsets = new Map<string, { sum: number; count: number }>();
  for (const phase of phaseNames) {
    const trials = trialsOf(sample, chosen, phase, knots, seen);
    if (trials.seen.length === 0 || !trials.seen.includes(1)) continue;
    const ridge = [RIDGE.constant, RIDGE.slope, ...knots.map(() => RIDGE.distance)];
    const fit = fitLogistic(trials, stations.length, ridge, RIDGE.station);
    const [constant, slope, ...byDistance] = fit.coefficients;
    byPhase.set(phase, { constant: constant!, slope: Math.max(0.1, slope!), byDistance });
    if (!modelPhases.some((row) => row.phase === phase && row.first)) continue;
    stations.forEach(({ code }, s) => {
      const count = trials.group.reduce((sum, group) => sum + (group === s ? 1 : 0), 0);
      const entry = offsets.get(code) ?? { sum: 0, count: 0 };
      offsets.set(code, { sum: entry.sum + count * fit.offsets[s]!, count: entry.count + count });
    });
  }
  for (const [code, { sum, count }] of offsets) byStation.set(code, count > 0 ? sum / count : 0);
  return { byPhase, byStation };
}

function trialsOf(
  { stations, noise, hoursUp }: Sample,
  events: readonly LearnedEvent[],
  phase: string,
  knots: readonly number[],
  seenKeys: ReadonlySet<string>,
) {
  const rows = modelPhases.filter((row) => row.phase === phase);
  const features: number[] = [];
  const group: number[] = [];
  const seen: number[] = [];
  for (const { origin, magnitude } of events) {
    const { latitudeDeg, longitudeDeg, depthKm, time, key } = origin;
    stations.forEach((station, s) => {
      const level = noise.get(station.code);
      if (level === undefined || !hoursUp.get(station.code)?.has(hourOf(time + 600))) return;
      const { deltaDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
      if (!rows.some((row) => applies(row, deltaDeg, depthKm))) return;
      const above = magnitude! - magnitudeTermAt(deltaDeg, depthKm) - level;
      const detected = seenKeys.has(`${key} ${station.code} ${phase}`);
      if (above < HOPELESS && !detected) return;
      features.push(1, above, ...hats(knots, deltaDeg));
      group.push(s);
      seen.push(detected ? 1 : 0);
    });
  }
  return {
    features: Float64Array.from(features),
    width: 2 + knots.length,
    group: Int32Array.from(group),
    seen: Uint8Array.from(seen),
  };
}

/** Weights of the two knots around a distance. */
function hats(knots: readonly number[], x: number): number[] {
  const [node, within] = cellOf(knots, x);
  const share = Math.min(1, Math.max(0, within));
  return knots.map((_, k) => (k === node ? 1 - share : k === node + 1 ? share : 0));
}
