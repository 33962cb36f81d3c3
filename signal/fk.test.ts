import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, randomStream } from "@harken/core";
import fc from "fast-check";
import { slownessGrid, slownessSearch } from "./fk.ts";
import { polarizationOf } from "./polarization.ts";

const RATE = 40;
/** Three rings like a regional array's. */
const offsets = [
  [0, 0],
  ...[0, 1, 2].map((k) => [0.3 * Math.cos(k * 2.1), 0.3 * Math.sin(k * 2.1)]),
  ...[0, 1, 2, 3, 4].map((k) => [0.7 * Math.cos(k * 1.257), 0.7 * Math.sin(k * 1.257)]),
] as [number, number][];

function planeWave(azimuthDeg: number, slowness: number, noise: number, seed: number) {
  const a = (azimuthDeg * Math.PI) / 180;
  const random = randomStream(seed, "fk");
  const frequencies = Array.from({ length: 12 }, () => ({
    f: 2 + 4 * random.uniform(),
    phase: 6.28 * random.uniform(),
  }));
  return offsets.map(([northKm, eastKm]) => {
    const advance = slowness * (Math.cos(a) * northKm + Math.sin(a) * eastKm);
    const samples = Float64Array.from(
      { length: 160 },
      (_, i) =>
        frequencies.reduce((sum, { f, phase }) => sum + Math.sin(2 * Math.PI * f * (i / RATE + advance) + phase), 0) +
        noise * random.normal(),
    );
    return { northKm, eastKm, samples };
  });
}

const search = { lowHz: 2, highHz: 6, maxSlownessSecPerKm: 0.4, gridCount: 41 };

test("plane waves come back with their back-azimuth and slowness", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.04, max: 0.33, noNaN: true }),
      fc.integer({ min: 0, max: 1e6 }),
      (azimuth, slowness, seed) => {
        const peak = slownessSearch(planeWave(azimuth, slowness, 0.1, seed), RATE, search)!;
        assert.ok(Math.abs(peak.slownessSecPerKm - slowness) < 0.006, `${peak.slownessSecPerKm} ${slowness}`);
        assert.ok(Math.abs(azimuthDifference(peak.backAzimuthDeg, azimuth)) * slowness < 0.45);
        assert.ok(peak.semblance > 0.9 && peak.fStatistic > 50);
      },
    ),
    { numRuns: 40 },
  );
});

test("the grid agrees with semblance by its definition in the time domain for a delta beam", () => {
  // With zero slowness the beam is the plain mean: semblance = power of the mean over mean power, within the band.
  const elements = planeWave(70, 0, 0, 5);
  const grid = slownessGrid(elements, RATE, search);
  const centre = grid[20 * 41 + 20]!;
  assert.ok(Math.abs(centre - 1) < 1e-9, String(centre));
  assert.ok(grid.every((v) => v <= 1 + 1e-9));
});

test("noise alone has a semblance near 1 / elements and a large error", () => {
  const random = randomStream(9, "noise");
  const elements = offsets.map(([northKm, eastKm]) => ({
    northKm,
    eastKm,
    samples: Float64Array.from({ length: 160 }, () => random.normal()),
  }));
  const peak = slownessSearch(elements, RATE, search)!;
  assert.ok(peak.semblance < 0.45, String(peak.semblance));
  assert.equal(slownessSearch(elements.slice(0, 2), RATE, search), null);
  assert.equal(
    slownessSearch(
      elements.map((e) => ({ ...e, samples: new Float64Array(160) })),
      RATE,
      search,
    ),
    null,
  );
});

test("the motion of a P wave gives its back-azimuth, incidence and rectilinearity", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 359.9, noNaN: true }),
      fc.double({ min: 5, max: 80, noNaN: true }),
      (azimuth, incidence) => {
        const random = randomStream(Math.round(azimuth * 1000), "pol");
        const [a, i] = [(azimuth * Math.PI) / 180, (incidence * Math.PI) / 180];
        const motion = Float64Array.from({ length: 200 }, (_, k) => 100 * Math.sin(k / 5) + random.normal());
        const jitter = () => 0.5 * random.normal();
        const p = polarizationOf(
          motion.map((v) => v * Math.cos(i) + jitter()),
          motion.map((v) => -v * Math.sin(i) * Math.cos(a) + jitter()),
          motion.map((v) => -v * Math.sin(i) * Math.sin(a) + jitter()),
        )!;
        assert.ok(Math.abs(azimuthDifference(p.backAzimuthDeg, azimuth)) < 3);
        assert.ok(Math.abs(p.incidenceDeg - incidence) < 1 && p.rectilinearity > 0.99);
      },
    ),
    { numRuns: 50 },
  );
});
