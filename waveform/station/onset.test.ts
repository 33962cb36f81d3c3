import assert from "node:assert/strict";
import { test } from "node:test";
import { median, randomStream } from "@harken/core";
import { filterForward } from "@harken/signal";
import { onsetFilter, timeOnset } from "./onset.ts";
import { seismicRecipe } from "./recipes.ts";

const RATE = 40;
const ONSET = 40 * RATE;
const band = seismicRecipe.bands.find(({ name }) => name === "1.2-3")!;

function signal(amplitude: number, seed: number): Float64Array {
  const random = randomStream(seed, "timing");
  let slow = 0;
  return Float64Array.from({ length: 60 * RATE }, (_, i) => {
    const t = (i - ONSET) / RATE;
    slow = 0.95 * slow + random.normal();
    return slow + random.normal() + (t < 0 ? 0 : amplitude * Math.exp(-t / 3) * Math.sin(4 * Math.PI * t));
  });
}
const read = (amplitude: number, seed: number, start = ONSET - 0.8 * RATE) =>
  timeOnset(
    filterForward(onsetFilter(band, RATE), signal(amplitude, seed)),
    RATE,
    { start, quiet: Number.POSITIVE_INFINITY, ratio: 10, band },
    seismicRecipe,
  );

test("a trigger up to a short window early is brought to the onset", () => {
  for (const early of [0.2, 0.6, 1]) {
    const errors = Array.from({ length: 40 }, (_, k) => (read(60, k, ONSET - early * RATE).at - ONSET) / RATE);
    assert.ok(Math.abs(median(errors)) < 0.1, `${early}: ${median(errors)}`);
    assert.ok(median(errors.map(Math.abs)) < 0.1);
  }
});

test("where there is no onset the trigger's own time stands, with so many periods of the band as its error", () => {
  const found = read(0, 3);
  const start = ONSET - 0.8 * RATE;
  assert.ok(!found.clear && found.index > start && found.index <= start + band.staSec * RATE);
  assert.equal(found.errorSec, seismicRecipe.timeError.unclearPeriods / Math.sqrt(1.2 * 3));
});

test("a weak signal whose trigger is late is found before it, unless another signal came before", () => {
  const errors = (quiet: number) =>
    Array.from({ length: 30 }, (_, seed) => {
      const x = filterForward(onsetFilter(band, RATE), signal(25, seed));
      return (timeOnset(x, RATE, { start: ONSET + RATE, quiet, ratio: 5, band }, seismicRecipe).at - ONSET) / RATE;
    });
  assert.ok(Math.abs(median(errors(Number.POSITIVE_INFINITY))) < 0.15);
  assert.ok(median(errors(RATE)) > 0.5);
});

test("a trigger at the begin of the data is not read beyond it", () => {
  const x = signal(60, 1).subarray(ONSET - 2 * RATE);
  const found = timeOnset(
    x,
    RATE,
    { start: 1.5 * RATE, quiet: Number.POSITIVE_INFINITY, ratio: 10, band },
    seismicRecipe,
  );
  assert.ok(found.index >= 0 && found.index < x.length);
});

test("the stated error falls with the signal, down to the distance of samples and never beyond its bounds", () => {
  const stated = (amplitude: number) => median(Array.from({ length: 20 }, (_, seed) => read(amplitude, seed).errorSec));
  assert.ok(stated(15) > stated(60) && stated(60) > stated(600));
  assert.ok(stated(1e6) < 0.35 / RATE);
  const least = { ...seismicRecipe, timeError: { ...seismicRecipe.timeError, minSec: 0.3, maxSec: 0.4 } };
  const x = filterForward(onsetFilter(band, RATE), signal(60, 1));
  const found = timeOnset(x, RATE, { start: ONSET - 30, quiet: 1e9, ratio: 10, band }, least);
  assert.equal(found.errorSec, 0.3);
});
