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

test("masked samples count in neither window: agrees with the sums over the good ones", () => {
  const random = randomStream(5, "stalta");
  const rate = 10;
  const x = Float64Array.from({ length: 900 }, () => random.normal());
  const bad = Uint8Array.from(x, (_, i) => ((i >= 300 && i < 500) || i === 700 ? 1 : 0));
  const dirty = x.map((v, i) => (bad[i] ? 1e6 : v));
  const ratio = staLta(dirty, rate, windows, bad);
  for (let i = 0; i < 900; i++) {
    const good = (from: number, to: number) =>
      Array.from(x.subarray(Math.max(0, from), Math.max(0, to))).filter((_, k) => !bad[Math.max(0, from) + k]);
    const mean = (v: readonly number[]) => v.reduce((s, y) => s + Math.abs(y), 0) / v.length;
    const [short, long] = [good(i, i + 10), good(i - 205, i - 5)];
    const expected = i + 10 > 900 || short.length < 10 || long.length < 50 || i < 55 ? 0 : mean(short) / mean(long);
    assert.ok(Math.abs(ratio[i]! - expected) < 1e-9, `${i}: ${ratio[i]} ${expected}`);
  }
  assert.equal(findTriggers(ratio, 3, 2).length, 0);
});

test("in a coda the recent average is the background when its share is larger", () => {
  const rate = 10;
  const x = Float64Array.from({ length: 800 }, (_, i) => (i < 400 ? 1 : i < 500 ? 20 : i < 510 ? 60 : 20));
  const plain = staLta(x, rate, windows);
  const wary = staLta(x, rate, { ...windows, recent: { sec: 5, share: 0.6 } });
  // Before the signal and at its onset the past is the background, later 0.6 times the level of the last 5 s.
  for (const i of [300, 395, 400]) assert.equal(wary[i], plain[i]);
  assert.ok(Math.abs(wary[500]! - 60 / (0.6 * 20)) < 1e-9 && plain[500]! > wary[500]!);
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

test("a signal in the coda of another is a trigger of its own when the ratio has risen again", () => {
  const ratio = [1, 5, 9, 6, 3, 2.5, 4.5, 6, 8, 3, 1, 5, 1];
  assert.deepEqual(findTriggers(ratio, 4, 2, 2), [
    { start: 1, end: 7, peak: 2, half: 1, peakValue: 9 },
    { start: 7, end: 10, peak: 8, half: 7, peakValue: 8 },
    { start: 11, end: 12, peak: 11, half: 11, peakValue: 5 },
  ]);
  assert.equal(findTriggers(ratio, 4, 2).length, 2);
  assert.equal(findTriggers([1, 4, 5, 7, 11, 20, 3], 4, 2)[0]!.half, 4);
});
