import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, RADIANS_PER_DEGREE, randomStream, standardDeviation } from "@harken/core";
import { directionOf, planFinder } from "./arrayDirection.ts";
import type { Element } from "./elements.ts";
import { seismicRecipe } from "./recipes.ts";
import { ARRAY_PLACES } from "./testStation.ts";

const RATE = 40;
const ONSET = 20 * RATE;
const band = { lowHz: 2, highHz: 4 };
const still = { northSecPerKm: 0, eastSecPerKm: 0 };

/** A plane wave of noise-like signal from the onset on, in noise of unit deviation. */
function elementsOf(azimuthDeg: number, slowness: number, amplitude: number, seed: number, scale = 1): Element[] {
  const random = randomStream(seed, "array direction");
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  const lines = Array.from({ length: 30 }, () => ({ f: 1.5 + 3 * random.uniform(), phase: 6.28 * random.uniform() }));
  return ARRAY_PLACES.map(([north, east], j) => {
    const [northKm, eastKm] = [north * scale, east * scale];
    const advance = slowness * (Math.cos(a) * northKm + Math.sin(a) * eastKm);
    const samples = Float64Array.from({ length: 40 * RATE }, (_, i) => {
      const t = (i - ONSET) / RATE + advance;
      const wave = t < 0 ? 0 : lines.reduce((s, { f, phase }) => s + Math.sin(2 * Math.PI * f * t + phase), 0);
      return random.normal() + (amplitude * wave) / Math.sqrt(15);
    });
    const channel = { network: "XX", station: `TS${j}`, location: "", channel: "SHZ" };
    const rest = { badFraction: 0, clipped: new Uint8Array(samples.length), calibNmPerCount: null, calperSec: null };
    return { northKm, eastKm, trace: { channel, samples, bad: new Uint8Array(samples.length), ...rest } };
  });
}

test("azimuth and slowness of a plane wave, at an array of 2 km and, with windows that follow the wave, at one of 20 km", () => {
  for (const [azimuth, slowness, scale] of [
    [70, 0.13, 1],
    [250, 0.22, 1],
    [310, 0.06, 10],
    [160, 0.25, 10],
  ] as const) {
    const find = planFinder(seismicRecipe.array);
    const elements = elementsOf(azimuth, slowness, 5, 3, scale);
    const a = azimuth * RADIANS_PER_DEGREE;
    // The detecting beam is steered nearly right.
    const steer = { northSecPerKm: 0.95 * slowness * Math.cos(a), eastSecPerKm: 0.95 * slowness * Math.sin(a) };
    const found = directionOf(find(elements, RATE, band, ONSET, steer), seismicRecipe.array);
    assert.ok(Math.abs(azimuthDifference(found.azimuthDeg!, azimuth)) < 3, `${azimuth}: ${found.azimuthDeg}`);
    assert.ok(Math.abs(found.slownessSecPerDeg! / KM_PER_DEGREE - slowness) < 0.006);
    assert.ok(found.fkQuality! > 30);
  }
});

test("stated errors are honest: the scatter over noise is what is stated without the Earth's part", () => {
  const recipe = { ...seismicRecipe.array, modelSlowness: 0 };
  const find = planFinder(recipe);
  const found = Array.from({ length: 80 }, (_, seed) =>
    directionOf(find(elementsOf(120, 0.14, 1.5, seed), RATE, band, ONSET + RATE, still), recipe),
  ).filter(({ azimuthDeg }) => azimuthDeg !== null);
  assert.ok(found.length > 70);
  const mean = (pick: (d: (typeof found)[number]) => number | null) =>
    found.reduce((s, d) => s + pick(d)!, 0) / found.length;
  const azimuths = found.map(({ azimuthDeg }) => azimuthDifference(azimuthDeg!, 120));
  const slownesses = found.map(({ slownessSecPerDeg }) => slownessSecPerDeg!);
  const azimuthRatio = standardDeviation(azimuths) / mean(({ azimuthErrorDeg }) => azimuthErrorDeg);
  const slownessRatio = standardDeviation(slownesses) / mean(({ slownessErrorSecPerDeg }) => slownessErrorSecPerDeg);
  assert.ok(azimuthRatio > 0.6 && azimuthRatio < 1.5, `azimuth ${azimuthRatio}`);
  assert.ok(slownessRatio > 0.6 && slownessRatio < 1.5, `slowness ${slownessRatio}`);
});

test("noise has no direction, and masked elements are left out until too few are left", () => {
  const find = planFinder(seismicRecipe.array);
  const noise = directionOf(find(elementsOf(0, 0.1, 0, 5), RATE, band, ONSET, still), seismicRecipe.array);
  assert.deepEqual([noise.azimuthDeg, noise.slownessSecPerDeg], [null, null]);
  assert.ok(noise.fkQuality! > 0 && noise.fkQuality! < 4.5);
  const elements = elementsOf(70, 0.13, 5, 6);
  for (const { trace } of elements.slice(0, 4)) trace.bad[ONSET + 5] = 1;
  const partly = directionOf(find(elements, RATE, band, ONSET, still), seismicRecipe.array);
  assert.ok(Math.abs(azimuthDifference(partly.azimuthDeg!, 70)) < 6);
  for (const { trace } of elements.slice(0, 7)) trace.bad[ONSET + 5] = 1;
  assert.equal(find(elements, RATE, band, ONSET, still), null);
  assert.equal(find(elementsOf(70, 0.13, 5, 6), RATE, band, 10, still), null, "too near to the begin");
});
