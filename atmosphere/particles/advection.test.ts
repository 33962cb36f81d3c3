import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { KM_PER_DEGREE, quantile, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import { referenceTest } from "@harken/testing";
import type { WindField } from "../wind/windField.ts";
import { advect, frozenWind, METEOROLOGICAL_RADIUS_M, type Particles } from "./advection.ts";

const DAY = 86_400;
const ROTATION_DAYS = 12;
const TILT = 30 * RADIANS_PER_DEGREE;

/** Rotation of the whole sphere about an axis tilted by 30 deg (Williamson et al. 1992, doi:10.1016/S0021-9991(05)80016-6, case 1). */
function solidBody(stepDeg: number): WindField {
  const [rows, columns] = [180 / stepDeg + 1, 360 / stepDeg];
  const speed = (2 * Math.PI * METEOROLOGICAL_RADIUS_M) / (ROTATION_DAYS * DAY);
  const pressuresHPa = Float64Array.from([1000, 500, 100]);
  const lanes = new Float32Array(rows * columns * 3 * 4);
  for (let row = 0; row < rows; row++) {
    const lat = (90 - row * stepDeg) * RADIANS_PER_DEGREE;
    for (let column = 0; column < columns; column++) {
      const lon = column * stepDeg * RADIANS_PER_DEGREE;
      const u = speed * (Math.cos(lat) * Math.cos(TILT) + Math.sin(lat) * Math.cos(lon) * Math.sin(TILT));
      const v = -speed * Math.sin(lon) * Math.sin(TILT);
      for (let k = 0; k < 3; k++) lanes.set([u, v, 0, 250], ((row * columns + column) * 3 + k) * 4);
    }
  }
  const surfacePressureHPa = new Float32Array(rows * columns).fill(1013);
  return {
    time: 0,
    firstLatDeg: 90,
    stepLatDeg: -stepDeg,
    rows,
    firstLonDeg: 0,
    stepLonDeg: stepDeg,
    columns,
    pressuresHPa,
    lanes,
    surfacePressureHPa,
  };
}

/** Where a point is after a rotation by `angle` about the tilted axis (Rodrigues). */
function rotated(latDeg: number, lonDeg: number, angle: number): [lat: number, lon: number] {
  const [lat, lon] = [latDeg * RADIANS_PER_DEGREE, lonDeg * RADIANS_PER_DEGREE];
  const r = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
  const k = [-Math.sin(TILT), 0, Math.cos(TILT)] as const;
  const dot = k[0] * r[0] + k[2] * r[2];
  const cross = [-k[2] * r[1], k[2] * r[0] - k[0] * r[2], k[0] * r[1]] as const;
  const [x, y, z] = [0, 1, 2].map(
    (i) => r[i]! * Math.cos(angle) + cross[i]! * Math.sin(angle) + k[i]! * dot * (1 - Math.cos(angle)),
  ) as [number, number, number];
  return [Math.asin(z) / RADIANS_PER_DEGREE, Math.atan2(y, x) / RADIANS_PER_DEGREE];
}

const cloud = (count: number): Particles => {
  const random = randomStream(3, "cloud");
  return {
    latitudeDeg: Float64Array.from({ length: count }, () => Math.asin(2 * random.uniform() - 1) / RADIANS_PER_DEGREE),
    longitudeDeg: Float64Array.from({ length: count }, () => 360 * random.uniform() - 180),
    pressureHPa: new Float64Array(count).fill(500),
  };
};

/** Great-circle distance on the sphere, km. */
function apartKm(a: Particles, i: number, lat: number, lon: number): number {
  const [p, q] = [a.latitudeDeg[i]! * RADIANS_PER_DEGREE, lat * RADIANS_PER_DEGREE];
  const d = (lon - a.longitudeDeg[i]!) * RADIANS_PER_DEGREE;
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(d / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(h)) * (KM_PER_DEGREE / RADIANS_PER_DEGREE);
}

test("twelve days of solid-body rotation over the poles: mean error at most 0.5 km (exact rotation)", (t) => {
  const particles = cloud(60);
  const start = { lat: particles.latitudeDeg.slice(), lon: particles.longitudeDeg.slice() };
  advect(particles, frozenWind(solidBody(0.75)), 900, (ROTATION_DAYS * DAY) / 900);
  const errors = Array.from(start.lat, (lat, i) => {
    const [atLat, atLon] = rotated(lat, start.lon[i]!, 2 * Math.PI);
    return apartKm(particles, i, atLat, atLon);
  });
  const mean = errors.reduce((sum, x) => sum + x, 0) / errors.length;
  t.diagnostic(`mean ${mean.toFixed(3)} km, worst ${Math.max(...errors).toFixed(3)} km`);
  assert.ok(mean <= 0.5);
  assert.ok(Math.max(...errors) <= 2);
});

test("backward undoes forward to second order: a quarter of the step, a sixteenth of the error", () => {
  const wind = frozenWind(solidBody(1.5));
  const error = (stepSec: number) => {
    const particles = cloud(40);
    const start = { lat: particles.latitudeDeg.slice(), lon: particles.longitudeDeg.slice() };
    const steps = DAY / stepSec;
    advect(particles, wind, stepSec, steps);
    advect(particles, wind, -stepSec, steps);
    return Math.max(...Array.from(start.lat, (lat, i) => apartKm(particles, i, lat, start.lon[i]!)));
  };
  const [coarse, fine] = [error(3600), error(900)];
  assert.ok(fine < coarse / 12 || coarse < 0.01, `${coarse} ${fine}`);
});

referenceTest(
  "frozen ERA-Interim wind, 120 h: MPTRAC's trajectories (midpoint, 300 s) to a median of 50 m, and 99 % within 1 km away from the ground",
  ["atmosphere/eraint_global_20110605", "atmosphere/traj_reference/mptrac_dt300"],
  (t, [fields, reference]) => {
    const bytes = (name: string) => {
      const file = readFileSync(join(fields!, name));
      return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
    };
    // The stored field repeats its first column at 360 deg, not quite with the same values; MPTRAC used both, and so does this test.
    const field: WindField = {
      time: 0,
      firstLatDeg: 90,
      stepLatDeg: -2.25,
      rows: 81,
      firstLonDeg: 0,
      stepLonDeg: 4.5,
      columns: 81,
      pressuresHPa: new Float64Array(bytes("p_hPa_f64.bin")),
      lanes: new Float32Array(bytes("uvw_lat81_lon81_lev30_f32x4.bin")),
      surfacePressureHPa: new Float32Array(bytes("ps_hPa_f32.bin")),
    };
    const rows = (name: string) =>
      readFileSync(join(reference!, name), "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => line.trim().split(/\s+/).map(Number));
    const files = readdirSync(reference!).sort();
    assert.equal(files.length, 21);
    const pressure = (logHeightKm: number) => 1013.25 * Math.exp(-logHeightKm / 7);
    const start = rows(files[0]!);
    const particles: Particles = {
      latitudeDeg: Float64Array.from(start, (r) => r[3]!),
      longitudeDeg: Float64Array.from(start, (r) => r[2]!),
      pressureHPa: Float64Array.from(start, (r) => pressure(r[1]!)),
    };
    const source = frozenWind(field);
    const touched = new Set<number>();
    let errors: number[] = [];
    const MPTRAC_RADIUS_M = 6_367_421;
    for (const file of files.slice(1)) {
      // Six hours, looking every half hour for particles that come within 1 % of the pressure at the ground.
      for (let k = 0; k < 12; k++) {
        advect(particles, source, 300, 6, MPTRAC_RADIUS_M);
        particles.pressureHPa.forEach((p, i) => {
          const ground = source.surfacePressureHPa(particles.latitudeDeg[i]!, particles.longitudeDeg[i]!);
          if (p > 0.99 * ground) touched.add(i);
        });
      }
      errors = rows(file).map((r, i) => apartKm(particles, i, r[3]!, r[2]!));
    }
    const free = errors.filter((_, i) => !touched.has(i));
    const [half, most] = [quantile(errors, 0.5), quantile(free, 0.99)];
    t.diagnostic(
      `median ${(1000 * half).toFixed(0)} m of ${errors.length}; 99 % of ${free.length} free of the ground: ${most.toFixed(3)} km`,
    );
    assert.ok(half <= 0.05, `median ${half} km`);
    assert.ok(free.length > 200 && most <= 1, `99 % ${most} km`);
  },
);

test("the ground reflects and the lid holds", () => {
  const field = solidBody(10);
  for (let i = 2; i < field.lanes.length; i += 4) field.lanes[i] = 0.05;
  const particles = cloud(20);
  advect(particles, frozenWind(field), 600, 300);
  assert.ok(particles.pressureHPa.every((p) => p <= 1013.001 && p > 0));
  for (let i = 2; i < field.lanes.length; i += 4) field.lanes[i] = -0.05;
  advect(particles, frozenWind(field), 600, 300);
  assert.ok(particles.pressureHPa.every((p) => p > 0 && Number.isFinite(p)));
});
