import assert from "node:assert/strict";
import { test } from "node:test";
import { median, randomStream } from "@harken/core";
import { autoregressiveOnset, fitAutoregression } from "./autoregression.ts";

test("the coefficients of a known autoregressive process come back", () => {
  const random = randomStream(7, "ar");
  const truth = [1.2, -0.7, 0.1];
  const x = new Float64Array(50_000);
  for (let i = 3; i < x.length; i++)
    x[i] = truth[0]! * x[i - 1]! + truth[1]! * x[i - 2]! + truth[2]! * x[i - 3]! + random.normal();
  const c = fitAutoregression(x, 3)!;
  for (const [k, value] of truth.entries()) assert.ok(Math.abs(c[k]! - value) < 0.02, `${c[k]} ${value}`);
});

test("onsets of bursts in coloured noise: median error within 0.05 s at an amplitude ratio of 5", () => {
  const rate = 40;
  const errors: number[] = [];
  for (let trial = 0; trial < 60; trial++) {
    const random = randomStream(trial, "onset");
    const n = 16 * rate;
    const onset = 8 * rate + random.integer(80) - 40;
    const x = new Float64Array(n);
    for (let i = 2; i < n; i++) x[i] = 1.6 * x[i - 1]! - 0.7 * x[i - 2]! + random.normal();
    for (let i = onset; i < n; i++) {
      const t = (i - onset) / rate;
      x[i]! += 30 * Math.exp(-t / 4) * Math.sin(2 * Math.PI * 3 * t + random.normal() * 0.2);
    }
    const found = autoregressiveOnset(x, 5 * rate, 4 * rate, 8);
    errors.push(Math.abs(found!.index - onset) / rate);
  }
  assert.ok(median(errors) <= 0.05, String(median(errors)));
});

test("silence and short windows have no onset", () => {
  assert.equal(autoregressiveOnset(new Float64Array(500), 200, 200, 8), null);
  assert.equal(autoregressiveOnset(new Float64Array(10).fill(1), 4, 4, 8), null);
});
