import assert from "node:assert/strict";
import { test } from "node:test";
import {
  azimuthDifference,
  type InstrumentResponse,
  KM_PER_DEGREE,
  RADIANS_PER_DEGREE,
  randomStream,
} from "@harken/core";
import { testScale } from "@harken/testing";
import { processStation } from "../processStation.ts";
import type { StationRecipe } from "../recipe.ts";
import { infrasoundRecipe } from "../recipes.ts";
import { rankSensors } from "../sensors.ts";
import { addWave, noiseSegments, START, testStation, WHITE } from "../testStation.ts";
import { StationRecording } from "../windows.ts";
import { processInfrasound } from "./processInfrasound.ts";

const barometer: InstrumentResponse = { stages: [], sensitivity: 2000, sensitivityFrequencyHz: 1, inputUnit: "Pa" };
const RATE = 20;
const array = (places: readonly (readonly [number, number])[]) =>
  testStation({ technology: "infrasound", places, channels: ["BDF"], rate: RATE, response: barometer });
const four = array([
  [0, 0],
  [0.5, 0.1],
  [-0.3, 0.4],
  [-0.2, -0.45],
]);
const six = array([
  [0, 0],
  ...[0, 1, 2, 3, 4].map((k) => [0.5 * Math.cos(1.257 * k), 0.5 * Math.sin(1.257 * k)] as const),
]);

test("a sound train: begin, azimuth, velocity, SNR, pressure and features", () => {
  const segments = noiseSegments(four, 400, 1);
  addWave(four, segments, {
    atSec: 200,
    frequencyHz: 1.7,
    amplitude: 8 * WHITE,
    azimuthDeg: 247,
    slownessSecPerKm: 1 / 0.345,
    decaySec: 20,
  });
  const recording = new StationRecording(segments, rankSensors(four, segments), infrasoundRecipe);
  const found = [...recording.windows()].flatMap(
    (window) => processInfrasound(window, four, infrasoundRecipe, infrasoundRecipe.infrasound!).measurements,
  );
  assert.equal(found.length, 1);
  const [{ time, timeErrorSec, direction, snr, amplitudes, durationSec, features }] = found as [(typeof found)[number]];
  assert.ok(Math.abs(time - START - 200) < 2 * timeErrorSec, String(time - START));
  assert.ok(Math.abs(azimuthDifference(direction.azimuthDeg!, 247)) < 2 * direction.azimuthErrorDeg!);
  assert.ok(Math.abs(KM_PER_DEGREE / direction.slownessSecPerDeg! / 0.345 - 1) < 0.03);
  assert.ok(snr > 4 && durationSec > 10 && durationSec < 120);
  // A wave of the power of a sine of 800 counts, 2000 counts a Pa, part of it outside the band.
  assert.equal(amplitudes[0]!.type, "pressure");
  assert.ok(amplitudes[0]!.amplitude > 0.2 && amplitudes[0]!.amplitude < 0.8, String(amplitudes[0]!.amplitude));
  assert.equal(features!.kind, "infrasound");
  if (features?.kind !== "infrasound") return;
  assert.ok(features.lowHz < 1.7 && features.highHz > 1.7 && features.elementCount === 4);
  assert.ok(features.correlation > 0.8 && features.consistencySec < 0.02 && features.pixelCount > 20);
});

interface Sound {
  readonly azimuthDeg: number;
  readonly metresPerSec: number;
  readonly fromSec: number;
  readonly amplitude: number;
}

/** Five minutes of the wider array: noise, and trains of sound of half a minute that swell and sink. */
function recordingOf(sounds: readonly Sound[], seed: number) {
  return six.sites.map(({ code, northKm, eastKm }, j) => {
    const random = randomStream(seed, "noise", j);
    const samples = Float64Array.from({ length: 300 * RATE }, () => WHITE * random.normal());
    sounds.forEach(({ azimuthDeg, metresPerSec, fromSec, amplitude }, k) => {
      const lines = randomStream(seed, "lines", k);
      const a = azimuthDeg * RADIANS_PER_DEGREE;
      const advance = (1000 / metresPerSec) * (Math.cos(a) * northKm + Math.sin(a) * eastKm);
      const parts = Array.from({ length: 60 }, () => ({ f: 0.5 + 3 * lines.uniform(), phase: 6.28 * lines.uniform() }));
      for (let i = 0; i < samples.length; i++) {
        const t = i / RATE - fromSec + advance;
        if (t <= 0 || t >= 30) continue;
        const wave = parts.reduce((s, { f, phase }) => s + Math.sin(2 * Math.PI * f * t + phase), 0);
        samples[i]! += (WHITE * amplitude * Math.sin((Math.PI * t) / 30) * wave) / Math.sqrt(30);
      }
    });
    return {
      channel: { network: "XX", station: code, location: "", channel: "BDF" },
      startTime: START,
      sampleRateHz: RATE,
      samples,
    };
  });
}
const heard = (sounds: readonly Sound[], seed: number) =>
  processStation({ station: six, segments: recordingOf(sounds, seed), keyPrefix: "" }).arrivals;

test("a train of sound is one signal, in whatever bands it is seen: azimuth within 3 deg, velocity within 4 %", () => {
  for (const [azimuthDeg, metresPerSec] of [
    [40, 340],
    [205, 410],
  ] as const) {
    const arrivals = heard([{ azimuthDeg, metresPerSec, fromSec: 120, amplitude: 1 }], 7);
    assert.equal(arrivals.length, 1);
    const [{ time, azimuthDeg: azimuth, slownessSecPerDeg, phase }] = arrivals as [(typeof arrivals)[number]];
    assert.ok(time - START > 118 && time - START < 140, String(time - START));
    assert.ok(Math.abs(azimuthDifference(azimuth!, azimuthDeg)) < 3);
    assert.ok(Math.abs((1000 * KM_PER_DEGREE) / slownessSecPerDeg! / metresPerSec - 1) < 0.04);
    assert.equal(phase, "I");
  }
});

test("trains that follow each other from one direction are signals of their own, and so are trains at once from two", () => {
  const one = { azimuthDeg: 100, metresPerSec: 345, fromSec: 60, amplitude: 1.5 };
  const times = heard([one, { ...one, fromSec: 150 }], 11).map(({ time }) => time - START);
  assert.equal(times.length, 2);
  assert.ok(Math.abs(times[0]! - 66) < 10 && Math.abs(times[1]! - 156) < 10, String(times));
  const azimuths = heard([one, { ...one, azimuthDeg: 250, fromSec: 80, amplitude: 2 }], 12).map((a) => a.azimuthDeg!);
  for (const azimuth of [100, 250])
    assert.ok(
      azimuths.some((found) => Math.abs(found - azimuth) < 4),
      String(azimuths),
    );
});

test("noise has no signal, seismic waves are too fast, masked data are not looked at", () => {
  for (let seed = 0; seed < testScale(40, 4); seed++) assert.deepEqual(heard([], seed), []);
  assert.deepEqual(heard([{ azimuthDeg: 40, metresPerSec: 6000, fromSec: 120, amplitude: 2 }], 9), []);
  const spoilt = recordingOf([{ azimuthDeg: 40, metresPerSec: 340, fromSec: 120, amplitude: 1 }], 7);
  for (const { samples } of spoilt) samples.fill(Number.NaN, 105 * RATE, 160 * RATE);
  assert.deepEqual(processStation({ station: six, segments: spoilt, keyPrefix: "" }).arrivals, []);
});

test("without what the wind does, stated errors are those of the noise: 9 in 10 within 1.64 standard deviations", () => {
  const still: StationRecipe = {
    ...infrasoundRecipe,
    infrasound: { ...infrasoundRecipe.infrasound!, modelAzimuthDeg: 0, modelSlowness: 0 },
  };
  const count = testScale(300, 30);
  let [azimuths, slownesses] = [0, 0];
  for (let k = 0; k < count; k++) {
    const random = randomStream(k, "truth");
    const truth = { azimuthDeg: 360 * random.uniform(), metresPerSec: 320 + 120 * random.uniform() };
    const segments = recordingOf([{ ...truth, fromSec: 120, amplitude: 0.8 + random.uniform() }], 100 + k);
    const { arrivals } = processStation({ station: six, segments, keyPrefix: "" }, still);
    const [found] = [...arrivals].sort((a, b) => b.fkQuality! - a.fkQuality!);
    assert.ok(found, `${k} not heard`);
    const slow = (1000 * KM_PER_DEGREE) / truth.metresPerSec;
    if (Math.abs(azimuthDifference(found.azimuthDeg!, truth.azimuthDeg)) < 1.64 * found.azimuthErrorDeg!) azimuths++;
    if (Math.abs(found.slownessSecPerDeg! - slow) < 1.64 * found.slownessErrorSecPerDeg!) slownesses++;
  }
  const [least, most] = [testScale(0.87, 0.8), testScale(0.97, 1)];
  for (const share of [azimuths / count, slownesses / count]) assert.ok(share >= least && share <= most, String(share));
});
