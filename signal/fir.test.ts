import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { decimationStream, firPass, firStream, kaiserWindow } from "./fir.ts";

const RATE = 40;
const noise = (length: number, seed: number) => {
  const random = randomStream(seed, "fir");
  return Float64Array.from({ length }, () => random.normal());
};

/** Amplitude response by the sum of its definition. */
function gain(h: Float64Array, hz: number, rate = RATE): number {
  let [re, im] = [0, 0];
  h.forEach((v, k) => {
    re += v * Math.cos((2 * Math.PI * hz * k) / rate);
    im -= v * Math.sin((2 * Math.PI * hz * k) / rate);
  });
  return Math.hypot(re, im);
}

test("Kaiser's window: 1 in the middle, 1 / I0(beta) at its ends (I0(7) = 168.5939 by Abramowitz and Stegun's table 9.8)", () => {
  const window = kaiserWindow(65, 7);
  assert.equal(window[32], 1);
  assert.ok(Math.abs(window[0]! * 168.5939 - 1) < 1e-5 && window[64] === window[0]);
});

test("bands pass with gain 1 and stop below -60 dB, low-pass, high-pass and band-pass; the coefficients are symmetric", () => {
  for (const [low, high, pass, stop] of [
    [0, 4, [0, 1, 3], [5.5, 8, 20]],
    [4, 20, [5.5, 10, 20], [0, 1, 2.5]],
    [3, 8, [4.5, 5.5, 6.5], [0, 1, 1.5, 9.5, 15]],
  ] as const) {
    const h = firPass(low, high, RATE, 129);
    for (const hz of pass) assert.ok(Math.abs(gain(h, hz) - 1) < 2e-3, `${low} ${high}: ${hz} Hz ${gain(h, hz)}`);
    for (const hz of stop) assert.ok(gain(h, hz) < 1e-3, `${low} ${high}: ${hz} Hz ${gain(h, hz)}`);
    h.forEach((v, i) => {
      assert.ok(Math.abs(v - h[128 - i]!) < 1e-15);
    });
  }
});

test("blocks give the sum of the definition, decimated or not, whatever the blocks", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(60), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      (blocks, factor) => {
        const x = noise(
          blocks.reduce((a, b) => a + b, 0),
          3,
        );
        const h = firPass(1, 5, RATE, 21);
        const stream = firStream(h, factor);
        let at = 0;
        const found = blocks.flatMap((length) => [...stream.next(x.subarray(at, (at += length)))]);
        const all = Array.from(x, (_, n) => h.reduce((sum, v, k) => sum + v * x[Math.max(0, n - k)]!, 0));
        const expected = all.filter((_, n) => n % factor === 0);
        assert.equal(found.length, expected.length);
        found.forEach((v, i) => {
          assert.ok(Math.abs(v - expected[i]!) < 1e-12);
        });
      },
    ),
    { numRuns: 100 },
  );
});

test("decimation block by block: a slow sine comes out at its own times, a fast one does not fold", () => {
  for (const factor of [1, 2, 5, 10]) {
    const stream = decimationStream(RATE, factor);
    assert.equal(stream.sampleRateHz, RATE / factor);
    const sine = (hz: number) => Float64Array.from({ length: 4000 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE));
    const slow = 0.5;
    const found = [sine(slow).subarray(0, 1717), sine(slow).subarray(1717)].flatMap((block) => [...stream.next(block)]);
    found.slice(100).forEach((v, i) => {
      const time = ((i + 100) * factor) / RATE - stream.delaySec;
      assert.ok(Math.abs(v - Math.sin(2 * Math.PI * slow * time)) < 2e-3);
    });
    if (factor === 1) continue;
    const fast = decimationStream(RATE, factor).next(sine((0.65 * RATE) / factor));
    assert.ok(fast.slice(100).every((v) => Math.abs(v) < 2e-3));
  }
});

test("a constant makes no transient; empty blocks, NaN and what cannot be", () => {
  assert.ok(
    firStream(firPass(0, 2, RATE, 31))
      .next(new Float64Array(100).fill(1e6))
      .every((v) => Math.abs(v - 1e6) < 1e-3),
  );
  assert.equal(firStream([1]).next([]).length, 0);
  assert.ok(Number.isNaN(firStream([0.5, 0.5]).next([1, Number.NaN, 1, 1])[1]));
  for (const wrong of [() => firPass(0, 2, RATE, 30), () => firPass(3, 2, RATE, 31), () => firPass(0, 21, RATE, 31)])
    assert.throws(wrong, RangeError);
  assert.throws(() => firPass(0, 2, Number.NaN, 31), RangeError);
  assert.throws(() => firStream([]), RangeError);
  assert.throws(() => firStream([1], 0.5), RangeError);
  assert.throws(() => decimationStream(RATE, 0), RangeError);
});
