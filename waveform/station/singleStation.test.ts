import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference } from "@harken/core";
import { planLocalAmplitude } from "./localAmplitude.ts";
import { seismicRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import { processSingle } from "./singleStation.ts";
import { addWave, broadband, noiseSegments, START, type TestWave, testStation, WHITE } from "./testStation.ts";
import { StationRecording } from "./windows.ts";

const station = testStation({ response: broadband });
const localAmplitude = planLocalAmplitude(seismicRecipe.amplitude);

function signalsOf(waves: readonly TestWave[], seconds = 200, seed = 1) {
  const segments = noiseSegments(station, seconds, seed);
  for (const wave of waves) addWave(station, segments, wave);
  const recording = new StationRecording(segments, rankSensors(station, segments), seismicRecipe);
  return [...recording.windows()].flatMap((window) => processSingle(window, station, seismicRecipe, localAmplitude));
}
const p = { atSec: 80, frequencyHz: 2, amplitude: 15 * WHITE, azimuthDeg: 70, slownessSecPerKm: 0.1, incidenceDeg: 30 };
const s = { ...p, atSec: 110, amplitude: 30 * WHITE, incidenceDeg: 88, frequencyHz: 1.5 };

test("P and S of one event: two signals with their times, streams, directions and amplitudes", () => {
  const found = signalsOf([p, s]);
  assert.deepEqual(
    found.map(({ stream }) => stream),
    ["vertical", "horizontal"],
  );
  const [first, second] = found;
  assert.ok(Math.abs(first!.time - START - 80) < 0.15 && Math.abs(second!.time - START - 110) < 0.3);
  assert.ok(Math.abs(azimuthDifference(first!.direction.azimuthDeg!, 70)) < 8);
  assert.equal(first!.channel, "BHZ");
  assert.match(second!.channel, /BH[NE]/);
  assert.deepEqual(
    first!.amplitudes.map(({ type }) => type),
    ["A5/2", "ML"],
  );
  assert.ok(second!.direction.horizontalToVertical! > 3 && second!.direction.azimuthDeg === null);
});

test("S a second and a half after P is a signal of its own; P seen on the horizontals is not", () => {
  const streams = signalsOf([p, { ...s, atSec: 81.6, amplitude: 60 * WHITE }]).map(({ stream }) => stream);
  assert.deepEqual(streams, ["vertical", "horizontal"]);
  assert.equal(signalsOf([{ ...p, incidenceDeg: 42 }]).length, 1);
});

test("a record that begins half a minute before P shows it no later", () => {
  const [found] = signalsOf([{ ...p, atSec: 30 }], 90);
  assert.ok(Math.abs(found!.time - START - 30) < 0.15);
});

test("a clear sine upwards is a compression", () => {
  const up = { ...p, amplitude: 500 * WHITE, pure: true };
  assert.equal(signalsOf([up])[0]!.firstMotion, "c");
  assert.equal(signalsOf([{ ...up, amplitude: -500 * WHITE }])[0]!.firstMotion, "d");
});

test("a vertical alone: signals without direction", () => {
  const alone = testStation({ channels: ["SHZ"], response: broadband });
  const segments = noiseSegments(alone, 200, 1);
  addWave(alone, segments, p);
  const recording = new StationRecording(segments, rankSensors(alone, segments), seismicRecipe);
  const found = [...recording.windows()].flatMap((w) => processSingle(w, alone, seismicRecipe, localAmplitude));
  assert.equal(found.length, 1);
  assert.deepEqual([found[0]!.direction.azimuthDeg, found[0]!.direction.horizontalToVertical], [null, null]);
});
