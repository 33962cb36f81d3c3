import assert from "node:assert/strict";
import { test } from "node:test";
import { median, randomStream } from "@harken/core";
import { autoregressiveOnset, fitAutoregression } from "./autoregression.ts";

const RATE = 40;
/** Fifteen seconds of noise, then a criterion over 5 s before a trigger and 3 s after it. */
const search = {
  noiseFrom: 0,
  from: 15 * RATE,
  to: 23 * RATE,
  earliest: 19 * RATE,
  latest: 22 * RATE,
  order: 8,
};

function colouredNoise(seed: number): Float64Array {
  const random = randomStream(seed, "onset");
  const x = new Float64Array(30 * RATE);
  for (let i = 2; i < x.length; i++) x[i] = 1.6 * x[i - 1]! - 0.7 * x[i - 2]! + random.normal();
  return x;
}

/** A decaying 3 Hz wave added from `onset` on; the noise has a standard deviation of 5.3. */
function addWave(x: Float64Array, onset: number, amplitude: number): Float64Array {
  for (let i = onset; i < x.length; i++) {
    const t = (i - onset) / RATE;
    x[i]! += amplitude * Math.exp(-t / 4) * Math.sin(2 * Math.PI * 3 * t);
  }
  return x;
}

test("the coefficients of a known autoregressive process come back", () => {
  const random = randomStream(7, "ar");
  const truth = [1.2, -0.7, 0.1];
  const x = new Float64Array(50_000);
  for (let i = 3; i < x.length; i++)
    x[i] = truth[0]! * x[i - 1]! + truth[1]! * x[i - 2]! + truth[2]! * x[i - 3]! + random.normal();
  const c = fitAutoregression(x, 3)!;
  for (const [k, value] of truth.entries()) assert.ok(Math.abs(c[k]! - value) < 0.02, `${c[k]} ${value}`);
});

test("onsets of waves in coloured noise: median error within 0.03 s at six times its standard deviation, 0.1 s at three times", () => {
  for (const [amplitude, bound] of [
    [32, 0.03],
    [16, 0.1],
  ] as const) {
    const errors: number[] = [];
    for (let trial = 0; trial < 80; trial++) {
      const onset = 20 * RATE + (trial % 40);
      const found = autoregressiveOnset(addWave(colouredNoise(trial), onset, amplitude), search)!;
      errors.push(Math.abs(found.index - onset) / RATE);
    }
    assert.ok(median(errors) <= bound, `${amplitude}: ${median(errors)}`);
  }
});

test("the criterion falls far for a clear onset, little for none, and is the sharper the clearer the onset", () => {
  const at = (amplitude: number) =>
    Array.from({ length: 30 }, (_, k) => autoregressiveOnset(addWave(colouredNoise(k), 20 * RATE, amplitude), search)!);
  const [none, weak, strong] = [at(0), at(12), at(100)].map((found) => ({
    quality: median(found.map(({ quality }) => quality)),
    spread: median(found.map(({ spread }) => spread)),
  }));
  assert.ok(none!.quality < 0.02 && weak!.quality > 2 * none!.quality && strong!.quality > 1);
  assert.ok(none!.spread > weak!.spread && weak!.spread > strong!.spread && strong!.spread < 1);
});

test("a wave that comes 1.5 s after a weaker one does not take its onset", () => {
  const onset = 20 * RATE + 10;
  const x = addWave(addWave(colouredNoise(3), onset, 30), onset + 1.5 * RATE, 120);
  const found = autoregressiveOnset(x, { ...search, latest: 21 * RATE, to: 21.5 * RATE })!;
  assert.ok(Math.abs(found.index - onset) <= 3, String(found.index - onset));
});

test("silence and short windows have no onset", () => {
  assert.equal(autoregressiveOnset(new Float64Array(1200), search), null);
  assert.equal(autoregressiveOnset(colouredNoise(1), { ...search, to: 9999 }), null);
  assert.equal(autoregressiveOnset(colouredNoise(1), { ...search, noiseFrom: 15 * RATE - 10 }), null);
  assert.equal(autoregressiveOnset(colouredNoise(1), { ...search, latest: search.earliest - 1 }), null);
});
