/** Held to least squares where both hold, to known sources by their frequency, and to the IDC's infrasound event. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesicKm, positionAt, randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { testScale } from "@harken/testing";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import { probabilityGrid } from "./probabilityGrid.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import { defaultLocationSettings } from "./settings.ts";
import { exactReading, stationsAround, testStation, timesOnly } from "./testReadings.ts";

const earth = createEarthModel("ak135");
const predictor = earthPredictor(earth, defaultLocationSettings);
const source: Hypocentre = { time: 1e9, latitudeDeg: -20, longitudeDeg: 60, depthKm: 0 };
const held = { ...defaultLocationSettings, depth: { fixedKm: 0, type: "surface" } } as const;

function solved(readings: readonly Reading[]) {
  const found = probabilityGrid(readings, earth);
  assert.ok(found.ok, found.ok ? "" : found.reason);
  return found.solution;
}

test("with many stations: the ellipse's area within 5 %, the place within a tenth of its axis, the time within 0.1 s", (t) => {
  const stations = stationsAround(source, 12, [30, 80], randomStream(2, "many"));
  const readings = timesOnly(stations.map((station) => exactReading(predictor, source, station, "P")!));
  const least = locate(readings, source, earth, held);
  assert.ok(least.ok);
  const { semiMajorKm, semiMinorKm } = least.origin.error!;
  const solution = solved(readings);
  const ratio = solution.regionKm2(0.9) / (Math.PI * semiMajorKm * semiMinorKm);
  t.diagnostic(`${solution.cells.length} cells; area of the 90 % region over that of the ellipse ${ratio.toFixed(3)}`);
  assert.ok(Math.abs(ratio - 1) < 0.05, `${ratio}`);
  const { latitudeDeg, longitudeDeg, time } = solution.mean;
  assert.ok(geodesicKm(latitudeDeg, longitudeDeg, source.latitudeDeg, source.longitudeDeg) < 0.1 * semiMajorKm);
  assert.ok(Math.abs(time - source.time) < 0.1);
});

test("the truth is in the 90 % region nine times of ten, with two to four stations", (t) => {
  const random = randomStream(3, "few");
  const runs = testScale(200, 40);
  let inside = 0;
  for (let run = 0; run < runs; run++) {
    const at = { ...source, latitudeDeg: 60 * random.uniform() - 30, longitudeDeg: 300 * random.uniform() - 150 };
    const stations = stationsAround(at, 2 + random.integer(3), [30, 85], random);
    const readings = stations.map((station) => {
      const exact = exactReading(predictor, at, station, "P")!;
      const { time, azimuth, slowness } = predictor.predict(exact, at)!;
      const off = (error: number, own: number) => Math.hypot(error, own) * random.normal();
      return {
        ...exact,
        time: exact.time + off(time.modelError, exact.timeErrorSec),
        azimuthDeg: exact.azimuthDeg! + off(azimuth.modelError, exact.azimuthErrorDeg!),
        slownessSecPerDeg: exact.slownessSecPerDeg! + off(slowness.modelError, exact.slownessErrorSecPerDeg!),
      };
    });
    if (solved(readings).shareAt(at.latitudeDeg, at.longitudeDeg) <= 0.9) inside++;
  }
  t.diagnostic(`${inside} of ${runs}`);
  // Binomial: three standard deviations.
  assert.ok(Math.abs(inside / runs - 0.9) < 3 * Math.sqrt(0.09 / runs), `${inside} of ${runs}`);
});

test("two places that fit alike are both there", () => {
  // Stations on one great circle cannot tell the sides apart.
  const stations = [30, 45, 60, 75].map((deg, i) => testStation(`L${i}`, 0, deg));
  const north = { ...source, latitudeDeg: 20, longitudeDeg: 10 };
  const readings = timesOnly(stations.map((station) => exactReading(predictor, north, station, "P")!));
  const solution = solved(readings);
  const share = solution.cells.reduce(
    (sum, { latitudeDeg, probability }) => sum + (latitudeDeg < 0 ? probability : 0),
    0,
  );
  assert.ok(share > 0.3 && share < 0.7, `${share} in the south`);
  assert.ok(solution.shareAt(20, 10) < 0.9 && solution.shareAt(-20, 10) < 0.9);
});

test("two infrasound arrays: the crossing of their directions, and a region that a single one stretches out", () => {
  const at = { ...source, latitudeDeg: 30, longitudeDeg: 131 };
  const arrays = [
    [285, 14],
    [240, 9.5],
  ].map(([azimuth, delta], i) => {
    const place = positionAt(at.latitudeDeg, at.longitudeDeg, azimuth!, delta!);
    return testStation(`I${i}`, place.latitudeDeg, place.longitudeDeg);
  });
  const readings = arrays.map((station) => ({
    ...exactReading(predictor, at, station, "I")!,
    slownessDefining: false,
  }));
  const both = solved(readings);
  const { latitudeDeg, longitudeDeg } = both.best;
  assert.ok(geodesicKm(latitudeDeg, longitudeDeg, at.latitudeDeg, at.longitudeDeg) < 100);
  const one = solved(readings.slice(0, 1));
  assert.ok(one.regionKm2(0.9) > 5 * both.regionKm2(0.9));
  assert.ok(one.shareAt(at.latitudeDeg, at.longitudeDeg) < 0.9);
});

test("what cannot be solved says why", () => {
  const station = testStation("A", 0, 0);
  const reading = exactReading(predictor, source, station, "P")!;
  const reason = (readings: readonly Reading[]) => {
    const found = probabilityGrid(readings, earth);
    return found.ok ? "" : found.reason;
  };
  assert.match(reason([]), /no reading has a defining onset time/);
  assert.match(reason(timesOnly([reading])), /one onset time alone/);
  const core = { ...exactReading(predictor, { ...source, longitudeDeg: 140 }, station, "PKPdf")!, phase: "PKPdf" };
  assert.match(reason([core, { ...reading, phase: "Pg" }, { ...reading, phase: "Nothing" }]), /no place on Earth/);
});
