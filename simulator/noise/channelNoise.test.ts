import assert from "node:assert/strict";
import { test } from "node:test";
import { fourierOf } from "@harken/signal";
import fc from "fast-check";
import { sts2, transferFunction } from "../instruments.ts";
import { addNoise, noiseAmplitudes } from "./channelNoise.ts";
import { noiseLevelDb } from "./petersonModels.ts";

const sampleRateHz = 20;
const level = 0.3;
const spec = { seed: 3, key: "IM.TEST..BHZ", sampleRateHz, amplitudes: noiseAmplitudes(sts2, sampleRateHz, level) };
const noiseOf = (from: number, count: number, more = {}) => {
  const out = new Float64Array(count);
  addNoise(out, from, { ...spec, ...more });
  return out;
};

test("any stretch is the same as a part of a longer one, to the last bit", () => {
  const base = 34_000_000_000;
  const whole = noiseOf(base, 30_000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 29_000 }), fc.integer({ min: 1, max: 1000 }), (from, count) => {
      assert.deepEqual(noiseOf(base + from, count), whole.slice(from, from + count));
    }),
    { numRuns: 50 },
  );
});

test("power has the wanted level within 1 dB from 10 s to 5 Hz", () => {
  const size = 2048;
  const sections = 300;
  const noise = noiseOf(0, size * sections);
  const power = new Float64Array(size / 2);
  // Welch's method with a squared sine window, whose mean square is 3/8.
  for (let s = 0; s < sections; s++) {
    const re = noise.slice(s * size, (s + 1) * size).map((v, i) => v * Math.sin((Math.PI * i) / size) ** 2);
    const im = new Float64Array(size);
    fourierOf(size).forward(re, im);
    for (let k = 0; k < size / 2; k++) {
      power[k]! += (2 * (re[k]! ** 2 + im[k]! ** 2)) / (sampleRateHz * size * (3 / 8)) / sections;
    }
  }
  for (const frequency of [0.1, 0.25, 0.5, 1, 2, 5]) {
    const k = Math.round((frequency * size) / sampleRateHz);
    const at = (k * sampleRateHz) / size;
    const band = power.subarray(k - 1, k + 2).reduce((sum, value) => sum + value, 0) / 3;
    const { re, im } = transferFunction(sts2, at);
    const acceleration = 10 * Math.log10((band * (2 * Math.PI * at) ** 2) / (re * re + im * im));
    assert.ok(Math.abs(acceleration - noiseLevelDb(level, 1 / at)) < 1, `${at} Hz: ${acceleration} dB`);
  }
});

test("neighbours share the microseism and nothing above 1 Hz", () => {
  const a = noiseOf(0, 65_536, { key: "a", microseism: { key: "S", delaySec: 0 } });
  const b = noiseOf(0, 65_536, { key: "b", microseism: { key: "S", delaySec: 0 } });
  const correlation = (x: Float64Array, y: Float64Array) => {
    const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + value * v[i]!, 0);
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  };
  // Second differences leave the high frequencies.
  const sharp = (x: Float64Array) => {
    let y = x;
    for (let n = 0; n < 4; n++) y = y.map((value, i) => value - (y[i - 1] ?? value));
    return y;
  };
  const whole = correlation(a, b);
  assert.ok(whole > 0.35 && whole < 0.65, `${whole}`);
  assert.ok(Math.abs(correlation(sharp(a), sharp(b))) < 0.05);
});
