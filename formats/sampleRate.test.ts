import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decimalOf, preciseSampleRateOf, sampleRateOf } from "./sampleRate.ts";

test("every whole rate, every whole period and thirds come back exactly from float32", () => {
  for (let rate = 1; rate <= 10_000; rate++) assert.equal(sampleRateOf(Math.fround(1 / rate)), rate);
  for (let period = 1; period <= 3600; period++) assert.equal(sampleRateOf(period), 1 / period);
  for (const rate of [1 / 3, 18.2, 31.25, 62.5, 7.8125, 66.6, 100 / 3])
    assert.equal(sampleRateOf(Math.fround(1 / rate)), rate);
});

test("an interval that is a decimal and no simple rate is read as the decimal", () => {
  assert.equal(sampleRateOf(Math.fround(0.050000034)), 1 / 0.050000034);
  assert.equal(sampleRateOf(Math.fround(0.0501)), 1 / 0.0501);
  assert.equal(preciseSampleRateOf(0.050000000034), 1 / 0.050000000034);
  assert.equal(preciseSampleRateOf(0.025), 40);
});

test("a decimal of up to seven digits survives float32", () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(6), (mantissa, digits) => {
      const decimal = Number(`${mantissa}e-${digits}`);
      assert.equal(decimalOf(Math.fround(decimal)), decimal);
    }),
  );
});

test("any positive interval gives a rate within a step of float32", () => {
  fc.assert(
    fc.property(fc.float({ min: Math.fround(1e-7), max: 1e6, noNaN: true }), (interval) => {
      assert.ok(Math.abs(sampleRateOf(interval) * interval - 1) <= 2 ** -23 * 1.0001);
    }),
  );
});
