/** Sounds of the ocean made by their descriptions, and what they are taken for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { testScale } from "@harken/testing";
import { hydroacousticRecipe } from "../recipes.ts";
import { classify } from "./classify.ts";
import { hydroacousticFeatures } from "./features.ts";

const RATE = 250;
const ONSET = 100 * RATE;
const LENGTH = 400 * RATE;
const recipe = hydroacousticRecipe.hydroacoustic!;

function noise(seed: number): Float64Array {
  const random = randomStream(seed, "sea");
  return Float64Array.from({ length: LENGTH }, () => random.normal());
}

/** Noise in a band under an envelope of time since the onset. */
function sound(
  seed: number,
  lowHz: number,
  highHz: number,
  amplitude: number,
  envelope: (t: number) => number,
): Float64Array {
  const random = randomStream(seed, "sound");
  const white = Float64Array.from({ length: LENGTH }, () => random.normal());
  const shaped = filterForward(butterworthBandPass(3, lowHz, highHz, RATE), white);
  const scale = (amplitude * Math.sqrt(RATE / 2)) / Math.sqrt(highHz - lowHz);
  return shaped.map((v, i) => (i < ONSET ? 0 : scale * v * envelope((i - ONSET) / RATE)));
}

const add = (...parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: LENGTH }, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));

/** A shock, and bubble pulses that follow each other at its period, each weaker. */
function explosion(seed: number, amplitude: number, bubbleSec: number): Float64Array {
  const shock = sound(seed, 4, 90, amplitude, (t) => Math.exp(-t / 1.5));
  const delay = Math.round(bubbleSec * RATE);
  return shock.map((v, i) => v + 0.6 * (shock[i - delay] ?? 0) + 0.3 * (shock[i - 2 * delay] ?? 0));
}

/** Swells for a third of its time and dies away. */
const spindle = (seconds: number) => (t: number) =>
  t < seconds / 3 ? (3 * t) / seconds : Math.exp((-3 * (t - seconds / 3)) / seconds);

const phaseOf = (x: Float64Array) => {
  const features = hydroacousticFeatures(x, RATE, ONSET);
  return features && classify(features, recipe).phase;
};

test("explosions are H, earthquakes' spindles T, calls and clicks and endless rumbling N: nine of ten and more of each", () => {
  const count = testScale(60, 6);
  const kinds = {
    H: (k: number, random: ReturnType<typeof randomStream>) =>
      explosion(k, 4 + 8 * random.uniform(), 0.15 + 0.5 * random.uniform()),
    T: (k: number, random: ReturnType<typeof randomStream>) =>
      sound(k, 3, 9 + 8 * random.uniform(), 4 + 6 * random.uniform(), spindle(25 + 60 * random.uniform())),
  } as const;
  for (const [phase, make] of Object.entries(kinds)) {
    let right = 0;
    for (let k = 0; k < count; k++) {
      const random = randomStream(k, phase);
      if (phaseOf(add(noise(k), make(1000 + k, random))) === phase) right++;
    }
    assert.ok(right >= 0.9 * count, `${phase}: ${right} of ${count}`);
  }
  // A fin whale: a second of a tone that falls from 22 to 18 Hz.
  const call = noise(1).map((v, i) => {
    const t = (i - ONSET) / RATE;
    return v + (t > 0 && t < 1 ? 12 * Math.sin(Math.PI * t) * Math.sin(2 * Math.PI * (22 * t - 2 * t * t)) : 0);
  });
  const ship = noise(2).map((v, i) => v + (i > ONSET ? 3 * Math.sin(2 * Math.PI * 9.3 * (i / RATE)) : 0));
  const rumble = add(
    noise(3),
    sound(3, 3, 12, 5, () => 1),
  );
  assert.deepEqual([call, ship, rumble].map(phaseOf), ["N", "N", "N"]);
});

test("the bubble's period is read from the cepstrum within 5 ms; a sound without bubble has none", () => {
  for (const period of [0.12, 0.25, 0.4]) {
    const features = hydroacousticFeatures(add(noise(4), explosion(5, 20, period)), RATE, ONSET)!;
    assert.ok(Math.abs(features.bubblePeriodSec! - period) < 0.005, `${period}: ${features.bubblePeriodSec}`);
    assert.ok(features.bubbleStrength > 6);
  }
  const plain = hydroacousticFeatures(add(noise(6), sound(6, 3, 12, 8, spindle(60))), RATE, ONSET)!;
  assert.equal(plain.bubblePeriodSec, null);
});

test("duration, rise, centre and shares of the octaves as they were made", () => {
  const { durationSec, riseSec, centreHz, bandShares } = hydroacousticFeatures(
    add(
      noise(7),
      sound(7, 8, 16, 10, (t) => (t < 40 ? Math.sin((Math.PI * t) / 40) : 0)),
    ),
    RATE,
    ONSET,
  )!;
  assert.ok(durationSec >= 34 && durationSec <= 44, String(durationSec));
  assert.ok(riseSec > 8 && riseSec < 32, String(riseSec));
  assert.ok(centreHz > 9 && centreHz < 14.5, String(centreHz));
  assert.ok(Math.abs(bandShares.reduce((sum, s) => sum + s, 0) - 1) < 1e-9 && bandShares[2]! > 0.75);
});

test("noise alone, silence, too little data and what is not a number have no features", () => {
  assert.equal(hydroacousticFeatures(new Float64Array(LENGTH), RATE, ONSET), null);
  assert.equal(hydroacousticFeatures(noise(8), RATE, 10), null);
  assert.equal(hydroacousticFeatures(noise(8), RATE, LENGTH - 10), null);
  assert.equal(hydroacousticFeatures(new Float64Array(LENGTH).fill(Number.NaN), RATE, ONSET), null);
});
