import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { centreHz, pmccBands } from "./bands.ts";
import { findFamilies } from "./families.ts";
import type { PmccPixel } from "./pixels.ts";
import { familySettings, settings } from "./testArray.ts";

const { bands } = settings;

function pixel(band: number, fromSec: number, backAzimuthDeg = 100, speedKmPerSec = 0.34): PmccPixel {
  const slownessSecPerKm = 1 / speedKmPerSec;
  return {
    ...{ band, fromSec, toSec: fromSec + bands[band]!.windowSec, backAzimuthDeg, slownessSecPerKm },
    ...{ northSecPerKm: 0, eastSecPerKm: 0, correlation: 0.8, consistencySec: 0.01, elements: [0, 1, 2], rms: 1 },
  };
}
const train = (band: number, from: number, count: number, azimuth = 100, speed = 0.34) =>
  Array.from({ length: count }, (_, k) => pixel(band, from + (k * bands[band]!.windowSec) / 5, azimuth, speed));
const sizes = (pixels: readonly PmccPixel[]) => findFamilies(pixels, bands, familySettings).map(({ length }) => length);

test("bands touch each other at equal ratios; windows have so many periods within their bounds", () => {
  const made = pmccBands({ lowHz: 0.02, highHz: 5, count: 12, windowPeriods: 10, minWindowSec: 8, maxWindowSec: 200 });
  assert.ok(Math.abs(made[0]!.lowHz - 0.02) < 1e-12 && Math.abs(made.at(-1)!.highHz - 5) < 1e-9);
  for (const [i, band] of made.entries()) {
    if (i > 0) assert.ok(Math.abs(band.lowHz - made[i - 1]!.highHz) < 1e-9);
    assert.equal(band.windowSec, Math.min(200, Math.max(8, 10 / centreHz(band))));
  }
  assert.throws(
    () =>
      pmccBands({
        ...familySettings,
        lowHz: 1,
        highHz: 1,
        count: 3,
        windowPeriods: 1,
        minWindowSec: 1,
        maxWindowSec: 1,
      }),
    RangeError,
  );
});

test("pixels that follow each other are one family; azimuth, speed, time or frequency apart they are two", () => {
  assert.deepEqual(sizes([...train(5, 0, 20), ...train(6, 10, 20)]), [40]);
  assert.deepEqual(sizes([...train(5, 0, 20), ...train(5, 0, 20, 130)]), [20, 20]);
  assert.deepEqual(sizes([...train(5, 0, 20), ...train(5, 0, 20, 100, 0.45)]), [20, 20]);
  assert.deepEqual(sizes([...train(5, 0, 20), ...train(5, 200, 20)]), [20, 20]);
  assert.deepEqual(sizes([...train(2, 0, 20), ...train(7, 0, 20)]), [20, 20]);
});

test("azimuths on both sides of north are neighbours; few pixels are none; a slow turn is followed", () => {
  assert.deepEqual(sizes([...train(5, 0, 10, 358), ...train(5, 1, 10, 2)]), [20]);
  assert.deepEqual(sizes(train(5, 0, familySettings.minPixels - 1)), []);
  assert.deepEqual(sizes(Array.from({ length: 40 }, (_, k) => pixel(5, 2 * k, 100 + k))), [40]);
});

test("the order in which pixels come does not matter", () => {
  const pixels = [...train(5, 0, 20), ...train(6, 10, 20), ...train(4, 60, 15, 200), ...train(3, 90, 12, 204)];
  const random = randomStream(1, "shuffle");
  const shuffled = pixels
    .map((p) => ({ p, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .map(({ p }) => p);
  assert.deepEqual(findFamilies(shuffled, bands, familySettings), findFamilies(pixels, bands, familySettings));
});
