import assert from "node:assert/strict";
import { test } from "node:test";
import { median, randomStream } from "@harken/core";
import { aicOnset } from "./aic.ts";

test("onsets of waves five times the noise are found within a tenth of a second in the median, at any offset and scale", () => {
  const errors: number[] = [];
  for (let seed = 0; seed < 60; seed++) {
    const random = randomStream(seed, "aic");
    const at = 200 + Math.floor(300 * random.uniform());
    const x = Float64Array.from(
      { length: 800 },
      (_, i) => 1e4 + random.normal() + (i >= at ? 5 * Math.sin((i - at) * 0.8 + 1) : 0),
    );
    const found = aicOnset(x)!;
    errors.push(Math.abs(found.index - at) / 40);
    assert.equal(aicOnset(x.map((v) => 1e6 * v))!.index, found.index);
    const shifted = new Float64Array(900).fill(1e4);
    shifted.set(x, 50);
    assert.equal(aicOnset(shifted, 50, 850)!.index, found.index + 50);
  }
  assert.ok(median(errors) <= 0.1, String(median(errors)));
});

test("a clear onset is deep, noise alone is not", () => {
  const random = randomStream(1, "aic");
  const noise = Float64Array.from({ length: 600 }, () => random.normal());
  const clear = noise.map((v, i) => (i >= 300 ? 10 * v : v));
  assert.ok(aicOnset(clear)!.depth > 500 && aicOnset(noise)!.depth < 30);
  // Two stretches of variances 1 and 100: N log of the mean variance less the halves' own.
  assert.ok(Math.abs(aicOnset(clear)!.depth - (600 * Math.log(50.5) - 300 * Math.log(100))) < 100);
});

test("few samples, silence, NaN and stretches that are not there", () => {
  assert.equal(aicOnset([1, 2, 3]), null);
  assert.equal(aicOnset([]), null);
  assert.equal(aicOnset(new Float64Array(100)), null);
  assert.equal(aicOnset(new Float64Array(100).fill(Number.NaN)), null);
  assert.throws(() => aicOnset([1, 2, 3], -1), RangeError);
  assert.throws(() => aicOnset(new Float64Array(20), 0, 21), RangeError);
});
