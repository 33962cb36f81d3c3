import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import type { SlownessPeak } from "@harken/signal";
import { type CoherentWindow, familiesOf, findFamilies } from "./coherence.ts";
import type { Element } from "./elements.ts";
import { infrasoundRecipe } from "./recipes.ts";

const RATE = 20;
const recipe = infrasoundRecipe.coherence!;
const band = { lowHz: 1, highHz: 4, windowSec: 10 };
const hop = 5 * RATE;

const windowAt = (k: number, fStatistic: number, backAzimuthDeg = 100, slownessSecPerKm = 2.9): CoherentWindow => ({
  from: k * hop,
  peak: { fStatistic, backAzimuthDeg, slownessSecPerKm } as SlownessPeak,
});
const spans = (windows: readonly CoherentWindow[]) =>
  familiesOf(windows, band, RATE, recipe).map(({ windows: own }) => [own[0]!.from / hop, own.at(-1)!.from / hop]);

test("windows that follow each other and agree are a family; one may be missing", () => {
  assert.deepEqual(spans([windowAt(1, 10), windowAt(2, 12), windowAt(4, 11)]), [[1, 4]]);
  assert.deepEqual(spans([windowAt(1, 10), windowAt(2, 12), windowAt(5, 11), windowAt(6, 11)]), [
    [1, 2],
    [5, 6],
  ]);
});

test("two waves at once are two families; a lone window and a weak family are none", () => {
  const mixed = [1, 2, 3, 4, 5, 6].map((k) => windowAt(k, 20, k % 2 === 0 ? 100 : 250));
  assert.deepEqual(spans(mixed), [
    [1, 5],
    [2, 6],
  ]);
  assert.deepEqual(spans([windowAt(1, 50)]), []);
  assert.deepEqual(spans([windowAt(1, 6), windowAt(2, 7)]), []);
  assert.deepEqual(spans([windowAt(1, 20), windowAt(2, 20, 100, 3.8)]), []);
});

test("a family is cut at a valley between two peaks", () => {
  assert.deepEqual(spans([10, 60, 100, 40, 12, 15, 50, 45].map((f, k) => windowAt(k, f))), [
    [0, 3],
    [4, 7],
  ]);
  assert.deepEqual(spans([10, 60, 100, 60, 45, 50, 60].map((f, k) => windowAt(k, f))), [[0, 6]]);
});

test("a family begins in the middle of its first half-coherent window", () => {
  const [family] = familiesOf([windowAt(3, 6), windowAt(4, 30), windowAt(5, 50)], band, RATE, recipe);
  assert.equal(family!.begin, 4 * hop + 5 * RATE);
  assert.equal(family!.best.from, 5 * hop);
});

/** An array of 1 km and a train of sound of 30 s from 120 s on. */
function elementsOf(azimuthDeg: number, metresPerSec: number, amplitude: number, seed: number): Element[] {
  const random = randomStream(seed, "coherence");
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  const lines = Array.from({ length: 60 }, () => ({ f: 0.5 + 3 * random.uniform(), phase: 6.28 * random.uniform() }));
  const places = [[0, 0], ...[0, 1, 2, 3, 4].map((k) => [0.5 * Math.cos(1.257 * k), 0.5 * Math.sin(1.257 * k)])];
  return places.map(([north, east], j) => {
    const [northKm, eastKm] = [north!, east!];
    const advance = (1000 / metresPerSec) * (Math.cos(a) * northKm + Math.sin(a) * eastKm);
    const samples = Float64Array.from({ length: 300 * RATE }, (_, i) => {
      const t = i / RATE - 120 + advance;
      const envelope = t > 0 && t < 30 ? Math.sin((Math.PI * t) / 30) : 0;
      const wave = envelope && lines.reduce((s, { f, phase }) => s + Math.sin(2 * Math.PI * f * t + phase), 0);
      return random.normal() + (amplitude * envelope * wave) / Math.sqrt(30);
    });
    const rest = { badFraction: 0, clipped: new Uint8Array(samples.length), calibNmPerCount: null, calperSec: null };
    const channel = { network: "XX", station: `I${j}`, location: "", channel: "BDF" };
    return { northKm, eastKm, trace: { channel, samples, bad: new Uint8Array(samples.length), ...rest } };
  });
}

test("a train of sound is one signal, in whatever bands it is seen: azimuth within 3 deg, velocity within 4 %", () => {
  for (const [azimuth, velocity] of [
    [40, 340],
    [205, 410],
  ] as const) {
    const families = findFamilies(elementsOf(azimuth, velocity, 1, 7), RATE, recipe);
    assert.equal(families.length, 1);
    const { begin, best } = families[0]!;
    assert.ok(begin / RATE > 118 && begin / RATE < 140, String(begin / RATE));
    assert.ok(Math.abs(azimuthDifference(best.peak.backAzimuthDeg, azimuth)) < 3);
    assert.ok(Math.abs(1000 / best.peak.slownessSecPerKm / velocity - 1) < 0.04);
  }
});

test("noise has none, seismic waves are too fast, masked data are not looked at", () => {
  assert.deepEqual(findFamilies(elementsOf(0, 340, 0, 8), RATE, recipe), []);
  assert.deepEqual(findFamilies(elementsOf(40, 6000, 2, 9), RATE, recipe), []);
  const masked = elementsOf(40, 340, 1, 7);
  for (const { trace } of masked) trace.bad.fill(1, 110 * RATE, 170 * RATE);
  assert.deepEqual(findFamilies(masked, RATE, recipe), []);
});
