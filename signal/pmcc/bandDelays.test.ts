import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { planDelays, windowCount } from "./bandDelays.ts";
import { peakOffset } from "./correlationPeak.ts";

test("the peak of a sampled cosine is found exactly, wherever it lies", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      fc.double({ min: 0.1, max: 1.5, noNaN: true }),
      (at, omega) => {
        const value = (i: number) => 0.8 * Math.cos(omega * (i - at));
        assert.ok(Math.abs(peakOffset(value(-1), value(0), value(1)) - at) < 1e-9);
      },
    ),
  );
  assert.equal(peakOffset(0, 0, 0), 0);
  assert.ok(Math.abs(peakOffset(-3, 1, -1)) <= 0.5);
});

const random = randomStream(1, "sliding");
const x = Float64Array.from({ length: 400 }, () => random.normal());
const y = Float64Array.from({ length: 400 }, (_, i) => 0.7 * (x[i - 6] ?? 0) + 0.5 * random.normal());

/** The same by its definition, one window and lag at a time. */
function direct(from: number, length: number, maxLag: number): { lag: number; correlation: number } {
  let best = { lag: 0, correlation: 0 };
  for (let lag = -maxLag; lag <= maxLag; lag++) {
    let [product, own, other] = [0, 0, 0];
    for (let i = from; i < from + length; i++) {
      const value = y[i + lag] ?? 0;
      product += x[i]! * value;
      own += x[i]! ** 2;
      other += value ** 2;
    }
    const correlation = other > 0 ? product / Math.sqrt(own * other) : 0;
    if (correlation > best.correlation) best = { lag, correlation };
  }
  return best;
}

test("sliding windows agree with the definition of the normalised correlation, within 1e-12, for any step and number of blocks", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 25 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 19 }),
      (step, blocks, maxLag) => {
        const windows = { step, blocks };
        const { samples, correlations } = planDelays([x, y], windows, maxLag).sliding(0, 1, maxLag);
        assert.equal(samples.length, windowCount(x.length, windows));
        samples.forEach((delay, k) => {
          const { lag, correlation } = direct(k * step, step * blocks, maxLag);
          if (Math.abs(lag) === maxLag) assert.equal(correlations[k], 0);
          else {
            assert.ok(Math.abs(correlations[k]! - correlation) < 1e-12);
            assert.ok(Math.abs(delay - lag) <= 0.5);
          }
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("one window read near a delay agrees with the sliding ones, and tells what it cannot read", () => {
  const delays = planDelays([x, y], { step: 20, blocks: 4 }, 10);
  const { samples, correlations } = delays.sliding(0, 1, 10);
  for (const k of [2, 5, 9]) {
    const near = delays.near(0, 1, k, 5.6, 3)!;
    assert.ok(Math.abs(near.samples - samples[k]!) < 1e-9 && Math.abs(near.correlation - correlations[k]!) < 1e-9);
  }
  assert.equal(delays.near(0, 1, 0, -5, 3), null, "before the begin");
  const silent = planDelays([x, new Float64Array(400)], { step: 20, blocks: 4 }, 10);
  assert.equal(silent.near(0, 1, 5, 5, 3), null, "silence");
  assert.deepEqual(delays.sliding(0, 1, 10).samples, samples, "another plan had been in the kernel's memory");
});

test("what was strong before a window leaves nothing in it", () => {
  const windows = { step: 20, blocks: 4 };
  const loud = (trace: Float64Array) => trace.map((v, i) => (i < 100 ? 1e9 * v : v));
  const [quiet, after] = [
    [x, y],
    [loud(x), loud(y)],
  ].map((traces) => planDelays(traces, windows, 10).sliding(0, 1, 10));
  // The lags reach ten samples back.
  assert.deepEqual(after!.correlations.subarray(6), quiet!.correlations.subarray(6));
  assert.deepEqual(after!.samples.subarray(6), quiet!.samples.subarray(6));
  assert.ok(quiet!.correlations.subarray(6).every((correlation) => correlation > 0));
});

test("silence, and what is not a number, have no correlation", () => {
  for (const level of [0, Number.NaN, Infinity]) {
    const traces = [x, new Float64Array(400).fill(level)];
    const { correlations } = planDelays(traces, { step: 20, blocks: 4 }, 5).sliding(0, 1, 5);
    assert.ok(
      correlations.every((value) => value === 0),
      String(level),
    );
  }
});
