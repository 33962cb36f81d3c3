import assert from "node:assert/strict";
import { test } from "node:test";
import { calibNmPerCount, gs13, sts2, transferFunction } from "./instruments.ts";

const gain = (seismometer: typeof sts2, frequencyHz: number) => {
  const { re, im } = transferFunction(seismometer, frequencyHz);
  return Math.hypot(re, im);
};

test("the response at 1 Hz is the stated sensitivity", () => {
  for (const seismometer of [sts2, gs13]) {
    assert.ok(Math.abs(gain(seismometer, 1) / seismometer.response.sensitivity! - 1) < 1e-12);
  }
});

test("STS-2 is flat to velocity from 50 s to 10 Hz within 2 %, and halves in power at 120 s", () => {
  for (const frequency of [0.02, 0.1, 1, 10]) assert.ok(Math.abs(gain(sts2, frequency) / gain(sts2, 1) - 1) < 0.02);
  assert.ok(Math.abs(gain(sts2, 1 / 120) / gain(sts2, 1) - Math.SQRT1_2) < 0.01);
});

test("GS-13 falls with the square of frequency below 1 Hz", () => {
  assert.ok(Math.abs(gain(gs13, 0.02) / gain(gs13, 0.01) - 4) < 0.01);
});

test("calib turns counts into nm at 1 s", () => {
  const nmPerCount = calibNmPerCount(sts2);
  assert.ok(Math.abs(nmPerCount * gain(sts2, 1) * 2 * Math.PI * 1e-9 - 1) < 1e-12);
});
