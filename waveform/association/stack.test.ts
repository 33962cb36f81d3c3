/** The stack against a slow twin: for one origin time, station by station, what its best arrival says, straight from the formulas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, randomStream, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { type ArrivalTable, directionLogOdds, tabulateArrivals } from "./arrivalTable.ts";
import { countClutter } from "./clutter.ts";
import { type Detectability, detectabilityOf, detectionProbability } from "./detectability.ts";
import { geometryOf, placeOf } from "./grid.ts";
import { phaseKinds } from "./phases.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { createStacker } from "./stack.ts";
import { arrivalsOf, chanceArrivals, globalNetwork } from "./testNetwork.ts";
import { createTravelTimeGrid, magnitudeTermAt } from "./travelTimeGrid.ts";

const earth = createEarthModel("ak135");
const stations = globalNetwork(16);
const truth = { key: "A", time: 1e9 + 300, latitudeDeg: -15, longitudeDeg: -75, depthKm: 0, magnitude: 5 };
const RADIUS_DEG = 0.4;
const BIN_SEC = 1;

function table(taken: readonly number[] = []): ArrivalTable {
  const random = randomStream(3, "stack");
  const arrivals = [
    ...arrivalsOf(truth, stations, earth, random),
    ...chanceArrivals(stations, 1e9, 1e9 + 2000, 15, random),
  ];
  const tabulated = tabulateArrivals(arrivals, stations, settings);
  for (const a of taken) tabulated.taken[a] = 1;
  countClutter(tabulated, settings);
  return tabulated;
}

/** Log odds for an origin at the truth's place, given the magnitude that is looked for. */
function twin(arrivals: ArrivalTable, { threshold, up }: Detectability, magnitude: number, originTime: number): number {
  let sum = 0;
  stations.forEach((station: Station, s) => {
    const { latitudeDeg, longitudeDeg, depthKm } = truth;
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    for (const kind of phaseKinds) {
      if (path.deltaDeg < kind.minDeltaDeg || path.deltaDeg > kind.maxDeltaDeg) continue;
      const phase = kind.name(path.deltaDeg, depthKm);
      const travel = earth.predict(phase, path.deltaDeg, depthKm);
      const above = magnitude - threshold[s]! - magnitudeTermAt(path.deltaDeg, depthKm) - kind.detectionOffset;
      const p = up[s]! * detectionProbability(above, kind.maxShare, settings);
      if (!travel || p < (station.kind === "array" ? 0.03 : 0.06)) continue;
      const reach = Math.abs(travel.slownessSecPerDeg) * RADIUS_DEG;
      const error = Math.hypot(earth.modelErrorSec(phase, path.deltaDeg, depthKm), 0.8);
      const half = reach + settings.times.windowSigma * error;
      let best = 0;
      for (let a = arrivals.first[s]!; a < arrivals.first[s + 1]!; a++) {
        if (arrivals.taken[a] || Math.abs(arrivals.time[a]! - originTime - travel.timeSec) > half) continue;
        const spread = (0.5 * RADIUS_DEG) / Math.sin((path.deltaDeg * Math.PI) / 180);
        const direction = directionLogOdds(arrivals, a, path.backAzimuthDeg, spread, travel.slownessSecPerDeg);
        const ratio = Math.exp(arrivals.named[kind.wave][a]! - arrivals.logClutter[a]! + direction) / (2 * half);
        best = Math.max(best, (p / (1 - p)) * ratio);
      }
      sum += Math.log1p(-p) + Math.log1p(best);
    }
  });
  return sum;
}

test("the stack is the sum over stations of what their best arrivals say, but for bins and tables", () => {
  const arrivals = table();
  const detectability = detectabilityOf(arrivals, settings);
  const stacker = createStacker(arrivals, detectability, settings);
  const place = { count: 1, vectors: Float64Array.from(placeOf(truth.latitudeDeg, truth.longitudeDeg)) };
  const { deltaDeg, azimuthDeg } = geometryOf(place, stations);
  const from = 1e9;
  const bins = 900;
  const { gain, base, magnitude } = stacker.stack({
    ...{ outlook: { deltaDeg, azimuthDeg }, layer: createTravelTimeGrid(earth).layer(0) },
    ...{ radiusDeg: RADIUS_DEG, from, binSec: BIN_SEC, bins },
  });
  let apart = 0;
  for (let b = 2; b < bins - 2; b++) {
    const slow = twin(arrivals, detectability, magnitude, from + (b + 0.5) * BIN_SEC);
    // Votes for less than 1.25 to 1 are not counted, and a window's edge falls inside a bin.
    if (Math.abs(base + gain[b]! - slow) > 1) apart++;
  }
  assert.ok(apart < 0.03 * bins, `${apart} bins differ`);
  const top = gain.subarray(0, bins).reduce((best, value, b, all) => (value > all[best]! ? b : best), 0);
  assert.ok(Math.abs(from + (top + 0.5) * BIN_SEC - truth.time) < 6, "the highest bin is at the origin time");
});

test("arrivals that an event holds say nothing", () => {
  const all = table();
  const bare = table(Array.from({ length: all.arrivals.length }, (_, a) => a));
  const place = { count: 1, vectors: Float64Array.from(placeOf(truth.latitudeDeg, truth.longitudeDeg)) };
  const stacker = createStacker(bare, detectabilityOf(bare, settings), settings);
  const { gain, base } = stacker.stack({
    ...{ outlook: geometryOf(place, stations), layer: createTravelTimeGrid(earth).layer(0) },
    ...{ radiusDeg: RADIUS_DEG, from: 1e9, binSec: BIN_SEC, bins: 600 },
  });
  assert.ok(gain.subarray(0, 600).every((value) => value === 0));
  assert.ok(base < 0, "stations that should have seen it count against it");
});
