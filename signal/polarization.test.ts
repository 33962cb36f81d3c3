import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import fc from "fast-check";
import { polarizationOf } from "./polarization.ts";

const sine = (amplitude: number, phase = 0) =>
  Float64Array.from({ length: 400 }, (_, k) => amplitude * Math.sin((2 * Math.PI * k) / 40 + phase));

test("the motion of a P wave gives its back-azimuth, incidence and rectilinearity", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 359.9, noNaN: true }),
      fc.double({ min: 5, max: 80, noNaN: true }),
      (azimuth, incidence) => {
        const random = randomStream(Math.round(azimuth * 1000), "pol");
        const [a, i] = [azimuth * RADIANS_PER_DEGREE, incidence * RADIANS_PER_DEGREE];
        const motion = Float64Array.from({ length: 200 }, (_, k) => 100 * Math.sin(k / 5) + random.normal());
        const jitter = () => 0.5 * random.normal();
        const p = polarizationOf(
          motion.map((v) => v * Math.cos(i) + jitter()),
          motion.map((v) => -v * Math.sin(i) * Math.cos(a) + jitter()),
          motion.map((v) => -v * Math.sin(i) * Math.sin(a) + jitter()),
        )!;
        assert.ok(Math.abs(azimuthDifference(p.backAzimuthDeg, azimuth)) < 3);
        assert.ok(Math.abs(p.incidenceDeg - incidence) < 1 && p.rectilinearity > 0.99);
        assert.ok(Math.abs(p.horizontalToVertical / Math.tan(i) - 1) < 0.05);
      },
    ),
    { numRuns: 50 },
  );
});

test("eigenvalues in closed form: a line, an ellipse, a circle and a sphere of motion", () => {
  const none = new Float64Array(400);
  const line = polarizationOf(sine(3), none, none)!;
  assert.ok(Math.abs(line.rectilinearity - 1) < 1e-12 && Math.abs(line.planarity - 1) < 1e-12);
  assert.ok(Math.abs(line.amplitude - 3 / Math.SQRT2) < 1e-9 && line.incidenceDeg < 1e-6);
  // Semi-axes 2 and 1: eigenvalues 2, 1/2 and 0, so 1 - (1/2) / (2 * 2).
  const ellipse = polarizationOf(sine(2), sine(1, Math.PI / 2), none)!;
  assert.ok(Math.abs(ellipse.rectilinearity - 0.875) < 1e-9 && Math.abs(ellipse.planarity - 1) < 1e-9);
  assert.ok(Math.abs(ellipse.horizontalToVertical - 0.5) < 1e-9);
  const circle = polarizationOf(sine(1), sine(1, Math.PI / 2), none)!;
  assert.ok(Math.abs(circle.rectilinearity - 0.5) < 1e-9);
  const random = randomStream(1, "sphere");
  const noise = () => Float64Array.from({ length: 40_000 }, () => random.normal());
  const sphere = polarizationOf(noise(), noise(), noise())!;
  assert.ok(sphere.rectilinearity < 0.03 && sphere.planarity < 0.03);
});

test("offsets do not matter; silence and two samples have no polarisation", () => {
  const [z, n, e] = [sine(3), sine(1), sine(-2)];
  const shifted = polarizationOf(
    z.map((v) => v + 1e4),
    n.map((v) => v - 500),
    e.map((v) => v + 7),
  )!;
  const plain = polarizationOf(z, n, e)!;
  assert.ok(Math.abs(azimuthDifference(shifted.backAzimuthDeg, plain.backAzimuthDeg)) < 1e-3);
  assert.ok(Math.abs(plain.backAzimuthDeg - (180 + Math.atan2(-2, 1) / RADIANS_PER_DEGREE)) < 1e-6);
  assert.equal(polarizationOf(new Float64Array(50), new Float64Array(50), new Float64Array(50)), null);
  assert.equal(polarizationOf(z.subarray(0, 2), n.subarray(0, 2), e.subarray(0, 2)), null);
});
