import assert from "node:assert/strict";
import { test } from "node:test";
import { median, randomStream } from "@harken/core";
import { filterForward } from "@harken/signal";
import { onsetFilter, readingError, timeOnset } from "./onset.ts";
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
    { start, ratio: 10, band },
    seismicRecipe,
  );

test("a trigger up to a short window early is brought to the onset", () => {
  for (const early of [0.2, 0.6, 1]) {
    const errors = Array.from({ length: 40 }, (_, k) => (read(60, k, ONSET - early * RATE).index - ONSET) / RATE);
    assert.ok(Math.abs(median(errors)) < 0.1, `${early}: ${median(errors)}`);
    assert.ok(median(errors.map(Math.abs)) < 0.1);
  }
});

test("where there is no onset the trigger's own time stands, with the error of the weakest signal", () => {
  const found = read(0, 3);
  const start = ONSET - 0.8 * RATE;
  assert.ok(!found.clear && found.index > start && found.index <= start + band.staSec * RATE);
  assert.equal(found.errorSec, readingError(3, Math.sqrt(1.2 * 3), seismicRecipe.timeError));
});

test("a trigger at the begin of the data is not read beyond it", () => {
  const x = signal(60, 1).subarray(ONSET - 2 * RATE);
  const found = timeOnset(x, RATE, { start: 1.5 * RATE, ratio: 10, band }, seismicRecipe);
  assert.ok(found.index >= 0 && found.index < x.length);
});

test("the reading error is so many periods, falls with the SNR and keeps its bounds", () => {
  const { periods, power, minSec, maxSec } = seismicRecipe.timeError;
  const at = (snr: number, f: number) => readingError(snr, f, seismicRecipe.timeError);
  assert.ok(Math.abs(at(3, 2) - Math.hypot(minSec, periods / 2)) < 1e-12);
  assert.ok(Math.abs(at(30, 2) - Math.hypot(minSec, (periods / 2) * 10 ** -power)) < 1e-12);
  assert.equal(at(1, 2), at(3, 2));
  assert.equal(at(3, 0.1), maxSec);
  assert.ok(at(1e9, 20) >= minSec);
});
