import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RADIANS_PER_DEGREE } from "@harken/core";
import { decodeGrib } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { advect, METEOROLOGICAL_RADIUS_M, type Particles } from "../particles/advection.ts";
import { assembleWind } from "./assemble.ts";
import { windSequence } from "./sequence.ts";
import type { WindField } from "./windField.ts";

/** Rotation about the poles with a speed at the equator, m/s. */
function rotation(time: number, speed: number): WindField {
  const [rows, columns] = [37, 72];
  const lanes = new Float32Array(rows * columns * 2 * 4);
  for (let i = 0; i < rows * columns; i++) {
    const u = speed * Math.cos((90 - 5 * Math.floor(i / columns)) * RADIANS_PER_DEGREE);
    lanes.set([u, 0, 0, 250, u, 0, 0, 250], 8 * i);
  }
  return {
    time,
    firstLatDeg: 90,
    stepLatDeg: -5,
    rows,
    firstLonDeg: 0,
    stepLonDeg: 5,
    columns,
    pressuresHPa: Float64Array.from([1000, 100]),
    lanes,
    surfacePressureHPa: new Float32Array(rows * columns).fill(1000 + time / 3600),
  };
}

const HOUR = 3600;

test("wind that grows linearly carries by its integral, forward and back; each field is loaded once", () => {
  const times = [0, 6, 12, 18].map((h) => h * HOUR);
  const speed = (t: number) => 20 + t / HOUR;
  const loaded: number[] = [];
  const source = (start: number) =>
    windSequence(
      times,
      (i) => {
        loaded.push(i);
        return rotation(times[i]!, speed(times[i]!));
      },
      start,
    );
  const particles: Particles = {
    latitudeDeg: Float64Array.from([0, 0]),
    longitudeDeg: Float64Array.from([0, 100]),
    pressureHPa: Float64Array.from([500, 700]),
  };
  advect(particles, source(0), 600, 6 * 18);
  assert.deepEqual(loaded, [0, 1, 2, 3]);
  const metres = 18 * HOUR * 0.5 * (speed(0) + speed(18 * HOUR));
  const degrees = metres / METEOROLOGICAL_RADIUS_M / RADIANS_PER_DEGREE;
  assert.ok(Math.abs(particles.longitudeDeg[0]! - degrees) < 1e-4, `${particles.longitudeDeg[0]} ${degrees}`);
  loaded.length = 0;
  advect(particles, source(18 * HOUR), -600, 6 * 18);
  assert.deepEqual(loaded, [3, 2, 1, 0]);
  // The wind is single precision.
  assert.ok(Math.abs(particles.longitudeDeg[0]!) < 1e-6, `${particles.longitudeDeg}`);
});

test("the ground's pressure goes with the wind's time; beyond the times there is no wind", () => {
  const source = windSequence([0, 6 * HOUR], (i) => rotation(i * 6 * HOUR, 1), 2 * HOUR);
  source.at(HOUR);
  assert.ok(Math.abs(source.surfacePressureHPa(12, 34) - 1003) < 1e-3);
  assert.throws(() => source.at(5 * HOUR), /there is wind from 1970-01-01T00:00:00Z to 1970-01-01T06:00:00Z/);
  assert.throws(() => windSequence([6, 6], () => rotation(0, 1), 0), RangeError);
});

referenceTest(
  "eight analyses and forecasts of ECMWF, six hours apart: halfway between stands the mean",
  ["atmosphere/met_samples"],
  (_t, [folder]) => {
    const { items } = decodeGrib(readFileSync(join(folder!, "ecmwf_ifs_pl6_10deg_6hourly_20240603-04.grib1")));
    const { winds, problems } = assembleWind(items);
    assert.equal(winds.length, 8);
    assert.ok(winds.every(({ time }, i) => i === 0 || time - winds[i - 1]!.time === 6 * HOUR));
    assert.deepEqual([...new Set(problems.map(({ code }) => code))].sort(), [
      "wind.no-surface-pressure",
      "wind.no-vertical",
    ]);
    const u = (time: number) =>
      items.find((f) => f.parameter.shortName === "u" && f.level.value === 500 && f.validTime === time)!.values[
        5 * 36 + 7
      ]!;
    const source = windSequence(
      winds.map(({ time }) => time),
      (i) => winds[i]!,
      winds[2]!.time,
    );
    const out = new Float64Array(3);
    source.at(3 * HOUR)(40, 70, 500, out);
    assert.ok(Math.abs(out[0]! - 0.5 * (u(winds[2]!.time) + u(winds[3]!.time))) < 1e-5);
  },
);
