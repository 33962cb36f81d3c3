import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { kurtosis, zDetector } from "./moments.ts";

const RATE = 10;
const noise = (length: number, seed: number, offset = 0) => {
  const random = randomStream(seed, "moments");
  return Float64Array.from({ length }, () => offset + random.normal());
};
const cases = fc.record({ length: fc.nat(6000), seed: fc.nat(1000), offset: fc.integer({ min: -1000, max: 1000 }) });

test("kurtosis is that of its definition, window by window", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 4, max: 200 }), ({ length, seed, offset }, window) => {
      const x = noise(length, seed, offset);
      const found = kurtosis(x, RATE, window / RATE);
      for (let i = 0; i < length; i += 37) {
        if (i + 1 < window) {
          assert.equal(found[i], 0);
          continue;
        }
        const part = x.subarray(i + 1 - window, i + 1);
        const mean = part.reduce((a, v) => a + v, 0) / window;
        const moment = (p: number) => part.reduce((a, v) => a + (v - mean) ** p, 0) / window;
        const expected = moment(4) / moment(2) ** 2;
        assert.ok(Math.abs(found[i]! - expected) < 1e-6 * expected, `${i}: ${found[i]} ${expected}`);
      }
    }),
    { numRuns: 30 },
  );
});

test("kurtosis: 3 for Gaussian noise, 1.5 for a sine, high at the onset of a signal; no scale shows", () => {
  const x = noise(60_000, 1);
  const plain = kurtosis(x, RATE, 1000);
  assert.ok(Math.abs(plain.at(-1)! - 3) < 0.2, String(plain.at(-1)));
  const sine = Float64Array.from({ length: 2000 }, (_, i) => Math.sin((2 * Math.PI * i) / 20));
  assert.ok(Math.abs(kurtosis(sine, RATE, 100).at(-1)! - 1.5) < 1e-6);
  const onset = noise(4000, 2).map((v, i) => (i >= 3000 ? 10 * v : v));
  const found = kurtosis(onset, RATE, 60);
  const peak = found.reduce((at, v, i) => (v > found[at]! ? i : at), 0);
  assert.ok(peak >= 3000 && peak < 3060 && found[peak]! > 8, `${peak} ${found[peak]}`);
  kurtosis(
    onset.map((v) => 1e6 * v),
    RATE,
    60,
  ).forEach((v, i) => {
    assert.ok(Math.abs(v - found[i]!) < 1e-6 * Math.max(1, v));
  });
});

test("the Z-detector is the window's energy in standard deviations from its mean", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 100 }), ({ length, seed }, window) => {
      const x = noise(length, seed);
      const found = zDetector(x, RATE, window / RATE);
      const energies: number[] = [];
      for (let i = window - 1; i < length; i++)
        energies.push(x.subarray(i + 1 - window, i + 1).reduce((a, v) => a + v * v, 0));
      const mean = energies.reduce((a, v) => a + v, 0) / energies.length;
      const deviation = Math.sqrt(energies.reduce((a, v) => a + (v - mean) ** 2, 0) / energies.length);
      energies.forEach((energy, i) => {
        const expected = deviation > 1e-9 * mean ? (energy - mean) / deviation : 0;
        assert.ok(Math.abs(found[i + window - 1]! - expected) < 1e-6);
      });
    }),
    { numRuns: 20 },
  );
});

test("silence, steady levels, few samples, NaN; windows that cannot be", () => {
  for (const detector of [zDetector, kurtosis]) {
    assert.ok(detector(new Float64Array(1000), RATE, 2).every((v) => v === 0));
    assert.ok(detector(new Float64Array(1000).fill(1e9), RATE, 2).every((v) => v === 0));
    assert.equal(detector([], RATE, 2).length, 0);
    assert.deepEqual([...detector([1], RATE, 2)], [0]);
    assert.ok(detector([Number.NaN, 1, 2, 3, 4, 5, 6], RATE, 0.5).every(Number.isFinite));
    assert.throws(() => detector([1, 2], RATE, 0), RangeError);
    assert.throws(() => detector([1, 2], RATE, Number.POSITIVE_INFINITY), RangeError);
  }
});
