import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { azimuthSpread, type LineTilt, lineTilt, spreadOf } from "./lineTilt.ts";

const LENGTH = 60;
const NOISE = 600;
const prior = { scatteredTilt: 0.1, scatteredMotions: 6 };
const none = { scatteredTilt: 0, scatteredMotions: 6 };
const noiseOf = (seed: number, length: number) => {
  const random = randomStream(seed, "line tilt");
  return Float64Array.from({ length }, () => random.normal());
};
/** Two periods of a sine of amplitude 20. */
const along = Float64Array.from({ length: LENGTH }, (_, i) => 20 * Math.sin((4 * Math.PI * i) / LENGTH));
const energy = along.reduce((sum, v) => sum + v * v, 0);

test("white noise turns a line by its deviation over the root of the signal's energy, as least squares say", () => {
  const found = lineTilt(
    along,
    noiseOf(1, LENGTH).map((v) => v / 100),
    noiseOf(2, NOISE),
    none,
  );
  assert.ok(Math.abs(found.scaleRad * Math.sqrt(energy) - 1) < 0.15, String(found.scaleRad * Math.sqrt(energy)));
  // A normal, as far as a noise of a tenth of it can tell.
  assert.ok(spreadOf(found) >= found.scaleRad && spreadOf(found) < 1.2 * found.scaleRad);
});

test("lines read in noise lie within 1.645 stated deviations in 90 % of cases and a few more: chance in the window counts as scattered, but never for less", () => {
  let held = 0;
  const count = 600;
  for (let seed = 0; seed < count; seed++) {
    const across = noiseOf(3 + 2 * seed, LENGTH).map((v) => 3 * v);
    const read = along.reduce((sum, v, i) => sum + v * across[i]!, 0) / energy;
    const rest = across.map((v, i) => v - read * along[i]!);
    const stated = spreadOf(
      lineTilt(
        along,
        rest,
        noiseOf(4 + 2 * seed, NOISE).map((v) => 3 * v),
        none,
      ),
    );
    if (Math.abs(read) <= 1.645 * stated) held++;
  }
  assert.ok(held / count > 0.87 && held / count < 0.97, String(held / count));
});

test("what is scattered in general counts where the window says little, and less where it says much", () => {
  const silent = new Float64Array(NOISE);
  const clean = lineTilt(along, new Float64Array(LENGTH), silent, prior);
  // Two periods hold three independent motions and a half, one of which is the line's.
  assert.ok(Math.abs(clean.scaleRad - 0.1 * Math.sqrt(6 / 8.5)) < 0.01, String(clean.scaleRad));
  const scattered = lineTilt(along, along.map((v) => 0.8 * v).reverse(), silent, prior);
  assert.ok(scattered.scaleRad > 1.5 * clean.scaleRad);
  // Scattered motion is told from noise by the noise before: none is left of what is no stronger.
  const noisy = lineTilt(along, noiseOf(5, LENGTH), noiseOf(6, NOISE), none);
  const bare = lineTilt(along, new Float64Array(LENGTH), noiseOf(6, NOISE), none);
  assert.ok(noisy.scaleRad < 1.3 * bare.scaleRad);
});

test("without noise to compare with, or with less than a window of it, what is seen across is all scattered", () => {
  const across = noiseOf(7, LENGTH);
  const found = lineTilt(along, across, new Float64Array(10), none);
  assert.ok(found.scaleRad > 0 && Number.isFinite(spreadOf(found)));
});

test("the azimuth of a level line is off by the tilt over its sine; of one as steep as its tilt by anything", () => {
  const tilt: LineTilt = { scaleRad: 0.02, freedom: 1000 };
  assert.ok(Math.abs(azimuthSpread(0.5, tilt, 0.75) / (0.02 / 0.5) - 1) < 0.1);
  assert.ok(Math.abs(azimuthSpread(0.25, tilt, 0.75) / (0.02 / 0.25) - 1) < 0.1);
  const lost = azimuthSpread(0.05, { scaleRad: 1, freedom: 1000 }, 0.75);
  // Nine tenths of all directions.
  assert.ok(Math.abs(lost * 1.645 - 0.9 * Math.PI) < 0.15, String(lost));
  const few = azimuthSpread(0.3, { scaleRad: 0.05, freedom: 4 }, 0.75);
  assert.ok(few > 1.1 * azimuthSpread(0.3, { scaleRad: 0.05, freedom: 1000 }, 0.75));
});
