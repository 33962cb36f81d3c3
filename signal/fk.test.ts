import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, RADIANS_PER_DEGREE, randomStream, standardDeviation } from "@harken/core";
import fc from "fast-check";
import { planSlowness } from "./fk.ts";
import { removeTrend, taper } from "./spectrum.ts";

const RATE = 40;
const LENGTH = 160;
const ring = (count: number, radiusKm: number) =>
  Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return { northKm: radiusKm * Math.cos(angle), eastKm: radiusKm * Math.sin(angle) };
  });
/** Two rings like a regional array's. */
const elements = [{ northKm: 0, eastKm: 0 }, ...ring(3, 0.3), ...ring(5, 0.7)];
const search = { lowHz: 2, highHz: 6, maxSlownessSecPerKm: 0.4, gridCount: 41 };
const plan = planSlowness(elements, RATE, LENGTH, search);

/** A sum of sines that crosses the array as a plane wave, gains that differ from element to element, and noise. */
function planeWave(azimuthDeg: number, slowness: number, noise: number, seed: number, gains = 0) {
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  const random = randomStream(seed, "fk");
  const lines = Array.from({ length: 40 }, () => ({ f: 2 + 4 * random.uniform(), phase: 6.28 * random.uniform() }));
  return elements.map(({ northKm, eastKm }) => {
    const advance = slowness * (Math.cos(a) * northKm + Math.sin(a) * eastKm);
    const gain = 1 + gains * random.uniform();
    return Float64Array.from({ length: LENGTH }, (_, i) => {
      const t = i / RATE + advance;
      const wave = lines.reduce((sum, { f, phase }) => sum + Math.sin(2 * Math.PI * f * t + phase), 0);
      return gain * (wave / Math.sqrt(20) + noise * random.normal());
    });
  });
}

test("plane waves come back with their back-azimuth and slowness, whatever the elements' gains", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.04, max: 0.33, noNaN: true }),
      fc.integer({ min: 0, max: 1e6 }),
      (azimuth, slowness, seed) => {
        const peak = plan.search(planeWave(azimuth, slowness, 0.02, seed, 20))!;
        assert.ok(Math.abs(peak.slownessSecPerKm - slowness) < 0.006, `${peak.slownessSecPerKm} ${slowness}`);
        assert.ok(Math.abs(azimuthDifference(peak.backAzimuthDeg, azimuth)) * slowness < 0.45);
        assert.ok(peak.semblance > 0.9 && peak.fStatistic > 50);
      },
    ),
    { numRuns: 40 },
  );
});

test("windows that move along with the wave give the same slowness", () => {
  const wide = ring(7, 9);
  const long = planSlowness(wide, RATE, LENGTH, { ...search, lowHz: 1, highHz: 4, gridCount: 161 });
  const pulse = (t: number) => Math.exp(-((t / 0.4) ** 2)) * Math.sin(2 * Math.PI * 2 * t);
  const truth = { north: -0.11, east: 0.07 };
  // The wave crosses the array in 2.3 s; each window of 4 s begins 1.5 s before its pulse, rounded to a sample.
  const delays = wide.map(
    ({ northKm, eastKm }) => -Math.round((truth.north * northKm + truth.east * eastKm) * RATE) / RATE,
  );
  const windows = wide.map(({ northKm, eastKm }, j) =>
    Float64Array.from({ length: LENGTH }, (_, i) =>
      pulse(i / RATE - 1.5 + delays[j]! + truth.north * northKm + truth.east * eastKm),
    ),
  );
  const peak = long.search(windows, delays)!;
  assert.ok(Math.hypot(peak.northSecPerKm - truth.north, peak.eastSecPerKm - truth.east) < 2e-4);
  assert.ok(peak.semblance > 0.999);
});

test("the grid is the beam's power by its definition: a time-domain beam of whole-sample delays gives the same semblance", () => {
  // A line of elements along north, one sample of delay apart at this slowness, and a signal well inside the band.
  const line = Array.from({ length: 5 }, (_, j) => ({ northKm: j * 0.25, eastKm: 0 }));
  const random = randomStream(5, "line");
  const windows = line.map(() =>
    Float64Array.from({ length: 128 }, (_, i) => {
      const window = Math.sin((Math.PI * i) / 127) ** 2;
      return window * (Math.sin(0.6 * i) + 0.3 * Math.sin(0.5 * i + 6 * random.uniform()));
    }),
  );
  const whole = planSlowness(line, RATE, 128, { ...search, lowHz: 0.5, highHz: 15, gridCount: 9 });
  const grid = whole.grid(windows);
  // Slowness 0.1 s/km north: element j is 0.025 s, one sample, earlier than element j - 1.
  const at = 5 * 9 + 4;
  const power = (x: Float64Array) => x.reduce((s, v) => s + v * v, 0);
  const unit = windows.map((x) => x.map((v) => v / Math.sqrt(power(x))));
  const beam = Float64Array.from({ length: 128 }, (_, i) => unit.reduce((s, x, j) => s + (x[i - j] ?? 0), 0) / 5);
  const expected = power(beam) / (unit.reduce((s, x) => s + power(x), 0) / 5);
  assert.ok(Math.abs(grid[at]! - expected) < 0.02, `${grid[at]} ${expected}`);
  assert.ok(grid.every((v) => v <= 1 + 1e-9));
});

test("the grid agrees at every point with the beam's power computed from the definition", () => {
  const small = planSlowness(elements, RATE, 64, { ...search, gridCount: 9 });
  const random = randomStream(11, "grid");
  const windows = elements.map(() => Float64Array.from({ length: 64 }, () => random.normal()));
  const grid = small.grid(windows);
  // Discrete Fourier transform of the window without its trend, cosine-tapered over a tenth, each element of power 1 in the band.
  const bins = Array.from({ length: 64 }, (_, k) => k).filter((k) => (k * RATE) / 64 >= 2 && (k * RATE) / 64 <= 6);
  const spectra = windows.map((window) => {
    const x = taper(removeTrend(window.slice()), 0.1);
    const lines = bins.map((k) => {
      const part = (f: (a: number) => number) => x.reduce((s, v, i) => s + v * f((2 * Math.PI * k * i) / 64), 0);
      return [part(Math.cos), -part(Math.sin)] as const;
    });
    const own = Math.sqrt(lines.reduce((s, [a, b]) => s + a * a + b * b, 0));
    return lines.map(([a, b]) => [a / own, b / own] as const);
  });
  for (let row = 0; row < 9; row++)
    for (let column = 0; column < 9; column++) {
      const [north, east] = [(row - 4) * 0.1, (column - 4) * 0.1];
      let power = 0;
      bins.forEach((k, at) => {
        let [a, b] = [0, 0];
        elements.forEach(({ northKm, eastKm }, j) => {
          const angle = ((-2 * Math.PI * k * RATE) / 64) * (north * northKm + east * eastKm);
          const [re, im] = spectra[j]![at]!;
          a += re * Math.cos(angle) - im * Math.sin(angle);
          b += re * Math.sin(angle) + im * Math.cos(angle);
        });
        power += a * a + b * b;
      });
      const expected = Math.hypot(north, east) > 0.4 + 1e-9 ? 0 : power / elements.length ** 2;
      assert.ok(Math.abs(grid[row * 9 + column]! - expected) < 1e-6, `${row} ${column}`);
    }
});

test("the stated errors are the scatter of the estimates or up to a third more, along the slowness vector and across it", () => {
  // An ellipse of elements knows one direction better than the other.
  const flat = ring(9, 0.7).map(({ northKm, eastKm }) => ({ northKm, eastKm: eastKm / 3 }));
  const wide = planSlowness(flat, RATE, LENGTH, search);
  const [radial, transverse, statedRadial, statedTransverse]: [number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  for (let trial = 0; trial < 150; trial++) {
    const random = randomStream(trial, "scatter");
    // Noise-like signal from the north, 0.12 s/km, made from lines in the band.
    const lines = Array.from({ length: 60 }, () => ({ f: 2 + 4 * random.uniform(), phase: 6.28 * random.uniform() }));
    const windows = flat.map(({ northKm }) =>
      Float64Array.from({ length: LENGTH }, (_, i) => {
        const t = i / RATE + 0.12 * northKm;
        return (
          lines.reduce((s, { f, phase }) => s + Math.sin(2 * Math.PI * f * t + phase), 0) / Math.sqrt(30) +
          1.2 * random.normal()
        );
      }),
    );
    const peak = wide.search(windows)!;
    radial.push(peak.northSecPerKm);
    transverse.push(peak.eastSecPerKm);
    statedRadial.push(peak.radialErrorSecPerKm);
    statedTransverse.push(peak.transverseErrorSecPerKm);
  }
  const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length;
  for (const [found, stated] of [
    [radial, statedRadial],
    [transverse, statedTransverse],
  ] as const) {
    const ratio = standardDeviation(found) / mean(stated);
    // Fluctuations of the spectrum count as a narrower band (see slownessError.ts), which makes the stated errors larger.
    assert.ok(ratio > 0.7 && ratio < 1.05, `scatter ${standardDeviation(found)}, stated ${mean(stated)}`);
  }
  assert.ok(mean(statedTransverse) > 2 * mean(statedRadial));
});

test("noise alone has a low semblance; silence and too few elements have no slowness", () => {
  const random = randomStream(9, "noise");
  const peak = plan.search(elements.map(() => Float64Array.from({ length: LENGTH }, () => random.normal())))!;
  assert.ok(peak.semblance < 0.45 && peak.fStatistic < 5, String(peak.semblance));
  assert.equal(plan.search(elements.map(() => new Float64Array(LENGTH))), null);
  assert.throws(() => planSlowness(elements.slice(0, 2), RATE, LENGTH, search), RangeError);
  assert.throws(() => planSlowness(elements, RATE, LENGTH, { ...search, gridCount: 40 }), RangeError);
});
