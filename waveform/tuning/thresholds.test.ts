import assert from "node:assert/strict";
import { test } from "node:test";
import { processStation } from "../station/processStation.ts";
import { hydroacousticRecipe, infrasoundRecipe, seismicRecipe, tPhaseRecipe } from "../station/recipes.ts";
import { addWave, noiseSegments, START, testStation, WHITE } from "../station/testStation.ts";
import { thresholdBounds, withThresholds } from "./thresholds.ts";

test("ratios go by the factor, F statistics by its square, and the recipe's name says so; 1 changes nothing", () => {
  for (const recipe of [seismicRecipe, hydroacousticRecipe, tPhaseRecipe, infrasoundRecipe]) {
    assert.equal(withThresholds(recipe, 1), recipe);
    const { bands, array, name, off, longPeriod } = withThresholds(recipe, 1.5);
    assert.equal(name, `${recipe.name} x1.5`);
    assert.deepEqual(
      bands.map(({ on }) => on),
      recipe.bands.map(({ on }) => 1.5 * on),
    );
    assert.deepEqual([array.candidateOn, array.minF], [1.5 * recipe.array.candidateOn, 2.25 * recipe.array.minF]);
    assert.equal(off, recipe.off);
    assert.equal(longPeriod?.on, recipe.longPeriod ? 1.5 * recipe.longPeriod.on : undefined);
  }
  const { off, bands } = withThresholds(seismicRecipe, thresholdBounds.least);
  assert.ok(bands.every(({ on }) => on > off));
  for (const factor of [0, 0.59, 4.1, -1, Number.NaN, Infinity])
    assert.throws(() => withThresholds(seismicRecipe, factor), RangeError);
});

test("a wave between two thresholds is seen with the lower and not with the higher", () => {
  const station = testStation();
  const segments = noiseSegments(station, 200, 5);
  addWave(station, segments, {
    ...{ atSec: 120, frequencyHz: 2, amplitude: 2.5 * WHITE, azimuthDeg: 40, slownessSecPerKm: 0.1 },
  });
  const seen = (thresholds: number) =>
    processStation({ station, segments, keyPrefix: "", thresholds }).arrivals.some(
      ({ time }) => Math.abs(time - START - 120) < 2,
    );
  assert.deepEqual([0.7, 1, 4].map(seen), [true, true, false]);
});
