import assert from "node:assert/strict";
import { test } from "node:test";
import { resample } from "./resample.ts";

/** A sum of sines under a bell, which has a closed form at every time. */
const signal = (t: number) =>
  Math.exp(-(((t - 10) / 3) ** 2)) * (Math.sin(2 * Math.PI * 1.3 * t) + 0.5 * Math.cos(2 * Math.PI * 3.7 * t));

for (const [fromHz, toHz] of [
  [20, 25],
  [40, 20],
  [20, 20],
] as const)
  test(`${fromHz} to ${toHz} Hz, shifted by 0.313 s: the function itself within 2e-3`, () => {
    const given = Float64Array.from({ length: 20 * fromHz }, (_, i) => signal(i / fromHz));
    const length = 15 * toHz;
    const found = resample(given, fromHz, toHz, 0.313, length);
    const worst = found.reduce((most, v, i) => Math.max(most, Math.abs(v - signal(0.313 + i / toHz))), 0);
    assert.ok(worst < 2e-3, `${worst}`);
  });
