import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { butterworthBandPass, butterworthPass, filterGain } from "./butterworth.ts";
import { filterForward, filterZeroPhase } from "./filter.ts";

const warp = (f: number, rate: number) => Math.tan((Math.PI * f) / rate);

test("band-pass: Butterworth's closed form of the amplitude response, at every order", () => {
  for (let order = 1; order <= 8; order++) {
    const [low, high, rate] = [0.8, 4.5, 40];
    const filter = butterworthBandPass(order, low, high, rate);
    assert.equal(filter.sections.length, order);
    const [w1, w2] = [warp(low, rate), warp(high, rate)];
    for (const f of [0.1, 0.5, 0.8, 1, 2, 4.5, 8, 19]) {
      const w = warp(f, rate);
      const expected = 1 / Math.sqrt(1 + ((w * w - w1 * w2) / (w * (w2 - w1))) ** (2 * order));
      assert.ok(
        Math.abs(filterGain(filter, f) - expected) < 1e-9,
        `order ${order}, ${f} Hz: ${filterGain(filter, f)} ${expected}`,
      );
    }
  }
});

test("low-pass and high-pass: closed form", () => {
  for (let order = 1; order <= 7; order++) {
    for (const f of [0.3, 1, 3, 9]) {
      const ratio = warp(f, 20) / warp(2, 20);
      assert.ok(
        Math.abs(filterGain(butterworthPass("low", order, 2, 20), f) - 1 / Math.sqrt(1 + ratio ** (2 * order))) < 1e-10,
      );
      assert.ok(
        Math.abs(filterGain(butterworthPass("high", order, 2, 20), f) - 1 / Math.sqrt(1 + ratio ** (-2 * order))) <
          1e-10,
      );
    }
  }
});

test("a sine passes with the gain of its frequency, causal once and zero-phase twice, without shift", () => {
  const rate = 40;
  const filter = butterworthBandPass(3, 0.8, 4.5, rate);
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 8, noNaN: true }), (f) => {
      const x = Float64Array.from({ length: 4000 }, (_, i) => Math.sin((2 * Math.PI * f * i) / rate) + 1000);
      const gain = filterGain(filter, f);
      const peak = (y: Float64Array) => y.subarray(1500, 2500).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      assert.ok(Math.abs(peak(filterForward(filter, x)) - gain) < 0.03);
      const zero = filterZeroPhase(filter, x);
      for (let i = 1500; i < 2500; i++) assert.ok(Math.abs(zero[i]! - gain * gain * (x[i]! - 1000)) < 2e-3);
    }),
    { numRuns: 30 },
  );
});

test("an offset, an empty and a one-sample trace leave no transient", () => {
  const filter = butterworthBandPass(4, 0.5, 5, 20);
  assert.ok(filterForward(filter, new Float64Array(500).fill(1e6)).every((v) => Math.abs(v) < 1e-3));
  assert.ok(filterZeroPhase(filter, new Float64Array(500).fill(1e6)).every((v) => Math.abs(v) < 1e-3));
  assert.equal(filterZeroPhase(filter, new Float64Array(0)).length, 0);
  assert.equal(filterZeroPhase(filter, new Float64Array(1)).length, 1);
});

test("bands that do not fit are refused", () => {
  assert.throws(() => butterworthBandPass(3, 2, 1, 40), RangeError);
  assert.throws(() => butterworthBandPass(3, 1, 20, 40), RangeError);
  assert.throws(() => butterworthPass("low", 0, 1, 40), RangeError);
});

test("a cascade is its difference equation, section by section, from the steady state of the first sample", () => {
  for (const filter of [butterworthBandPass(3, 0.8, 4.5, 40), butterworthPass("low", 5, 3, 40)]) {
    const x = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i * i) + (i > 150 ? 5 : 2));
    const expected = filter.sections.reduce((input, { b0, b1, b2, a1, a2 }) => {
      const gain = (b0 + b1 + b2) / (1 + a1 + a2);
      const y = new Float64Array(input.length);
      const [u, v] = [(i: number) => input[Math.max(0, i)]!, (i: number) => (i < 0 ? gain * input[0]! : y[i]!)];
      for (let i = 0; i < y.length; i++)
        y[i] = b0 * u(i) + b1 * u(i - 1) + b2 * u(i - 2) - a1 * v(i - 1) - a2 * v(i - 2);
      return y;
    }, x);
    const found = filterForward(filter, x);
    for (let i = 0; i < 300; i++) assert.ok(Math.abs(found[i]! - expected[i]!) < 1e-10);
  }
});
