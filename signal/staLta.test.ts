import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { findTriggers, staLta } from "./staLta.ts";

const windows = { staSec: 1, ltaSec: 20, gapSec: 0.5, minLtaSec: 5 };

test("agrees with the sums of its definition", () => {
  const random = randomStream(3, "stalta");
  const rate = 10;
  const x = Float64Array.from({ length: 600 }, () => random.normal());
  const ratio = staLta(x, rate, windows);
  const mean = (a: number, b: number) => x.subarray(a, b).reduce((s, v) => s + Math.abs(v), 0) / (b - a);
  for (let i = 0; i < 600; i++) {
    const end = i - 5;
    const expected = end < 50 || i + 10 > 600 ? 0 : mean(i, i + 10) / mean(Math.max(0, end - 200), end);
    assert.ok(Math.abs(ratio[i]! - expected) < 1e-12);
  }
});

test("a step in level triggers once, at the step", () => {
  const random = randomStream(4, "stalta");
  const x = Float64Array.from({ length: 4000 }, (_, i) => random.normal() * (i >= 2500 && i < 2700 ? 10 : 1));
  const triggers = findTriggers(staLta(x, 20, windows), 4, 2);
  assert.equal(triggers.length, 1);
  assert.ok(Math.abs(triggers[0]!.start - 2490) < 12, String(triggers[0]!.start));
});

test("a dead trace has no ratio", () => {
  assert.ok(staLta(new Float64Array(1000), 20, windows).every((v) => v === 0));
});
