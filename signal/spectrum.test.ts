import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { applyResponse, nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";

const noise = (length: number, seed: number) => {
  const random = randomStream(seed, "spectrum");
  return Float64Array.from({ length }, () => random.normal());
};

test("the next power of two, from 2 on", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 1024, 1025].map(nextPowerOfTwo), [2, 2, 2, 4, 4, 8, 1024, 2048]);
});

test("a line leaves nothing; what is left of noise has no mean and no slope", () => {
  assert.ok(removeTrend(Float64Array.from({ length: 500 }, (_, i) => 3 - 0.25 * i)).every((v) => Math.abs(v) < 1e-10));
  assert.deepEqual([...removeTrend(Float64Array.of(7))], [0]);
  const rest = removeTrend(noise(301, 1).map((v, i) => v + 5 * i));
  const sum = (weight: (i: number) => number) => rest.reduce((s, v, i) => s + v * weight(i), 0);
  assert.ok(Math.abs(sum(() => 1)) < 1e-8 && Math.abs(sum((i) => i)) < 1e-6);
});

test("the taper is a cosine flank at each end and 1 between", () => {
  const w = taper(new Float64Array(100).fill(1), 0.1);
  for (let i = 0; i < 10; i++) {
    assert.ok(Math.abs(w[i]! - Math.sin((Math.PI * (i + 0.5)) / 20) ** 2) < 1e-12);
    assert.equal(w[i], w[99 - i]);
  }
  assert.ok(w.subarray(10, 90).every((v) => v === 1));
});

test("a flat response scales, a delay moves, j 2 pi f differentiates", () => {
  const rate = 20;
  const x = removeTrend(noise(700, 2));
  const scaled = applyResponse(x, rate, () => ({ re: -2.5, im: 0 }));
  for (let i = 0; i < 700; i++) assert.ok(Math.abs(scaled[i]! + 2.5 * x[i]!) < 1e-10);
  // A delay by whole samples is exact but for what is pushed over the end.
  const delayed = applyResponse(x, rate, (f) => ({ re: Math.cos(Math.PI * f), im: -Math.sin(Math.PI * f) }));
  for (let i = 10; i < 700; i++) assert.ok(Math.abs(delayed[i]! - x[i - 10]!) < 1e-9, String(i));
  // A Gaussian pulse and its derivative in closed form.
  const pulse = Float64Array.from({ length: 400 }, (_, i) => Math.exp(-((i / rate - 10) ** 2)));
  const slope = applyResponse(pulse, rate, (f) => ({ re: 0, im: 2 * Math.PI * f }));
  for (let i = 0; i < 400; i++) {
    const t = i / rate - 10;
    assert.ok(Math.abs(slope[i]! + 2 * t * Math.exp(-t * t)) < 1e-9);
  }
});

test("where the response is null nothing passes", () => {
  const rate = 40;
  const x = Float64Array.from({ length: 2000 }, (_, i) => {
    const envelope = Math.exp(-(((i - 1000) / 200) ** 2));
    return envelope * (Math.sin((2 * Math.PI * 2 * i) / rate) + Math.sin((2 * Math.PI * 9 * i) / rate));
  });
  const low = applyResponse(x, rate, (f) => (f < 5 ? { re: 1, im: 0 } : null));
  for (let i = 0; i < 2000; i++) {
    const envelope = Math.exp(-(((i - 1000) / 200) ** 2));
    assert.ok(Math.abs(low[i]! - envelope * Math.sin((2 * Math.PI * 2 * i) / rate)) < 1e-6);
  }
});
