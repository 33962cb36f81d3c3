import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import { butterworthPass, filterForward, type SlownessPeak } from "@harken/signal";
import { directionOf, planFinder, type SlownessFinder, sharpestBand, wanderOf } from "./arrayDirection.ts";
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

const recipe = seismicRecipe.array;
/** A direction as the station states it. */
function read(find: SlownessFinder, elements: readonly Element[], onset: number, steer = still) {
  const peak = find(elements, RATE, band, onset, steer);
  return directionOf(peak && wanderOf(find, elements, RATE, { peak, band, elsewhere: [] }, onset, recipe), recipe);
}

test("azimuth and slowness of a plane wave, at an array of 2 km and, with windows that follow the wave, at one of 20 km", () => {
  for (const [azimuth, slowness, scale] of [
    [70, 0.13, 1],
    [250, 0.22, 1],
    [310, 0.06, 10],
    [160, 0.25, 10],
  ] as const) {
    const find = planFinder(recipe);
    const elements = elementsOf(azimuth, slowness, 5, 3, scale);
    const a = azimuth * RADIANS_PER_DEGREE;
    // The detecting beam is steered nearly right.
    const steer = { northSecPerKm: 0.95 * slowness * Math.cos(a), eastSecPerKm: 0.95 * slowness * Math.sin(a) };
    const found = read(find, elements, ONSET, steer);
    assert.ok(Math.abs(azimuthDifference(found.azimuthDeg!, azimuth)) < 3, `${azimuth}: ${found.azimuthDeg}`);
    assert.ok(Math.abs(found.slownessSecPerDeg! / KM_PER_DEGREE - slowness) < 0.006);
    assert.ok(found.fkQuality! > 30);
  }
});

test("stated errors are honest: 1.645 of them hold about 90 % of the true ones, in strong noise and in weak", () => {
  const find = planFinder(recipe);
  for (const amplitude of [1.2, 3, 30]) {
    const found = Array.from({ length: 60 }, (_, seed) =>
      read(find, elementsOf(120, 0.14, amplitude, seed), ONSET + RATE),
    ).filter(({ azimuthDeg }) => azimuthDeg !== null);
    assert.ok(found.length > 50);
    const held = (inside: (d: (typeof found)[number]) => boolean) => found.filter(inside).length / found.length;
    const azimuths = held((d) => Math.abs(azimuthDifference(d.azimuthDeg!, 120)) <= 1.645 * d.azimuthErrorDeg!);
    const slownesses = held(
      (d) => Math.abs(d.slownessSecPerDeg! - 0.14 * KM_PER_DEGREE) <= 1.645 * d.slownessErrorSecPerDeg!,
    );
    assert.ok(azimuths > 0.8 && slownesses > 0.8, `${amplitude}: ${azimuths} ${slownesses}`);
  }
  const stated = (amplitude: number) => read(find, elementsOf(120, 0.14, amplitude, 1), ONSET + RATE).azimuthErrorDeg!;
  assert.ok(stated(30) < stated(3) && stated(3) < stated(1.2));
});

test("a wave that the ground bends differently in two bands has a wider error than a plane one", () => {
  const find = planFinder(recipe);
  const plane = elementsOf(120, 0.14, 20, 2);
  const low = butterworthPass("low", 4, Math.sqrt(band.lowHz * band.highHz), RATE);
  const bent = elementsOf(132, 0.14, 20, 2).map((element, j) => {
    const [own, other] = [element, plane[j]!].map(({ trace }) => filterForward(low, trace.samples));
    const samples = plane[j]!.trace.samples.map((v, i) => v - other![i]! + own![i]!);
    return { ...element, trace: { ...element.trace, samples } };
  });
  const [one, two] = [plane, bent].map((elements) => read(find, elements, ONSET + RATE));
  assert.ok(two!.azimuthErrorDeg! > 1.5 * one!.azimuthErrorDeg!, `${one!.azimuthErrorDeg} ${two!.azimuthErrorDeg}`);
});

test("a wave that is scattered in the band in which it stands out is read in the one below, in which it is plane; the way between them widens the error", () => {
  const find = planFinder(recipe);
  const below = { lowHz: 0.8, highHz: 2 };
  const scale = 5;
  // A plane wave at 1 to 2 Hz; above, twice as strong, energy that each element sees with delays of its own.
  const elements = elementsOf(300, 0.07, 0, 11, scale).map((element, j) => {
    const random = randomStream(12, "scatter", j);
    const waves = randomStream(12, "wave");
    const lines = Array.from({ length: 40 }, (_, k) => ({
      ...{ f: k < 20 ? 1 + waves.uniform() : 2.2 + 1.5 * waves.uniform(), phase: 6.28 * waves.uniform() },
      ...{ size: k < 20 ? 1 : 2, late: k < 20 ? 0 : 0.04 * random.normal() },
    }));
    const a = 300 * RADIANS_PER_DEGREE;
    const advance = 0.07 * (Math.cos(a) * element.northKm + Math.sin(a) * element.eastKm);
    const samples = element.trace.samples.map((v, i) => {
      const t = (i - ONSET) / RATE + advance;
      return t < 0
        ? v
        : 20 * lines.reduce((s, { f, phase, size, late }) => s + size * Math.sin(6.283 * f * (t - late) + phase), 0) +
            v;
    });
    return { ...element, trace: { ...element.trace, samples } };
  });
  const peak = find(elements, RATE, band, ONSET + RATE, still)!;
  const chosen = sharpestBand(find, elements, RATE, seismicRecipe.bands, band, ONSET + RATE, peak);
  assert.deepEqual([chosen.band.lowHz, chosen.band.highHz], [below.lowHz, below.highHz]);
  assert.ok(chosen.elsewhere.includes(peak) && !chosen.elsewhere.includes(chosen.peak));
  const off = ({ northSecPerKm, eastSecPerKm }: SlownessPeak) =>
    Math.hypot(
      northSecPerKm - 0.07 * Math.cos(300 * RADIANS_PER_DEGREE),
      eastSecPerKm - 0.07 * Math.sin(300 * RADIANS_PER_DEGREE),
    );
  assert.ok(off(chosen.peak) < off(peak) / 3, `${off(chosen.peak)} ${off(peak)}`);
  const wander = (elsewhere: readonly SlownessPeak[]) => {
    const found = wanderOf(find, elements, RATE, { ...chosen, elsewhere }, ONSET + RATE, recipe);
    return Math.hypot(found.radialWanderSecPerKm, found.transverseWanderSecPerKm);
  };
  // The way from the one to the other, less the other's own noise.
  const way = Math.hypot(peak.northSecPerKm - chosen.peak.northSecPerKm, peak.eastSecPerKm - chosen.peak.eastSecPerKm);
  const added = wander([peak]) ** 2 - wander([]) ** 2;
  assert.ok(added > 0.5 * way ** 2 && added <= way ** 2, `${added / way ** 2}`);
  // A band in which there is noise alone is not preferred.
  const plane = elementsOf(300, 0.07, 20, 11, scale);
  const own = find(plane, RATE, band, ONSET + RATE, still)!;
  const kept = sharpestBand(find, plane, RATE, [{ lowHz: 5, highHz: 9 }], band, ONSET + RATE, own);
  assert.equal(kept.peak, own);
});

test("noise has no direction, and masked elements are left out until too few are left", () => {
  const find = planFinder(recipe);
  const noise = read(find, elementsOf(0, 0.1, 0, 5), ONSET);
  assert.deepEqual([noise.azimuthDeg, noise.slownessSecPerDeg], [null, null]);
  assert.ok(noise.fkQuality! > 0 && noise.fkQuality! < 4.5);
  const elements = elementsOf(70, 0.13, 5, 6);
  for (const { trace } of elements.slice(0, 4)) trace.bad[ONSET + 5] = 1;
  const partly = read(find, elements, ONSET);
  assert.ok(Math.abs(azimuthDifference(partly.azimuthDeg!, 70)) < 6);
  for (const { trace } of elements.slice(0, 7)) trace.bad[ONSET + 5] = 1;
  assert.equal(find(elements, RATE, band, ONSET, still), null);
  assert.equal(find(elementsOf(70, 0.13, 5, 6), RATE, band, 10, still), null, "too near to the begin");
});
