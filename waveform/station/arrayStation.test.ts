import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, type WaveformSegment } from "@harken/core";
import { planFinder } from "./arrayDirection.ts";
import { processArray } from "./arrayStation.ts";
import { planLocalAmplitude } from "./localAmplitude.ts";
import { seismicRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import {
  ARRAY_PLACES,
  addWave,
  broadband,
  noiseSegments,
  START,
  type TestWave,
  testStation,
  WHITE,
} from "./testStation.ts";
import { StationRecording } from "./windows.ts";

const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: 20, response: broadband });

function signalsOf(segments: readonly WaveformSegment[]) {
  const recording = new StationRecording(segments, rankSensors(station, segments), seismicRecipe);
  const finder = planFinder(seismicRecipe.array);
  const localAmplitude = planLocalAmplitude(seismicRecipe.amplitude);
  return [...recording.windows()].flatMap((w) => processArray(w, station, seismicRecipe, finder, localAmplitude));
}
function recordingOf(waves: readonly TestWave[], seconds = 200, seed = 1): WaveformSegment[] {
  const segments = noiseSegments(station, seconds, seed);
  for (const wave of waves) addWave(station, segments, wave);
  return segments;
}
const p = { atSec: 80, frequencyHz: 2.5, amplitude: 3 * WHITE, azimuthDeg: 120, slownessSecPerKm: 0.07 };

test("a wave that hardly shows on one element is found on the beam, with time, azimuth and slowness", () => {
  const found = signalsOf(recordingOf([p]));
  assert.equal(found.length, 1);
  const [{ time, direction, doubtful, stream }] = found as [(typeof found)[number]];
  assert.ok(Math.abs(time - START - 80) < 0.3, String(time - START));
  assert.ok(Math.abs(azimuthDifference(direction.azimuthDeg!, 120)) < 3 * direction.azimuthErrorDeg!);
  assert.ok(Math.abs(direction.slownessSecPerDeg! / KM_PER_DEGREE - 0.07) < 0.02);
  assert.deepEqual([doubtful, stream], [false, "beam"]);
});

test("P, and S from the same direction half a minute later, each with its slowness", () => {
  const found = signalsOf(
    recordingOf([p, { ...p, atSec: 115, slownessSecPerKm: 0.24, amplitude: 6 * WHITE, frequencyHz: 1.8 }]),
  );
  assert.equal(found.length, 2);
  assert.ok(Math.abs(found[1]!.direction.slownessSecPerDeg! / KM_PER_DEGREE - 0.24) < 0.03);
  assert.ok(Math.abs(found[1]!.time - START - 115) < 0.4);
});

test("a burst at one element, and bursts at all that are no wave, are not detected", () => {
  const segments = recordingOf([]);
  const one = segments.map((segment, j) => {
    const samples = segment.samples.slice() as Int32Array;
    if (j === 2) for (let i = 1600; i < 1700; i++) samples[i]! += 15 * WHITE * Math.sin(i);
    return { ...segment, samples };
  });
  assert.deepEqual(signalsOf(one), []);
  // Each element's own noise, four times as strong for three seconds.
  const all = recordingOf([], 200, 2).map((segment) => ({
    ...segment,
    samples: segment.samples.map((v, i) => (i >= 1600 && i < 1660 ? 4 * v : v)) as Int32Array,
  }));
  assert.deepEqual(signalsOf(all), []);
});

test("a strong wave is timed at its onset although beams steered elsewhere begin early", () => {
  const [found] = signalsOf(recordingOf([{ ...p, amplitude: 400 * WHITE, slownessSecPerKm: 0.2 }]));
  assert.ok(Math.abs(found!.time - START - 80) < 0.12, String(found!.time - START));
});

test("the amplitude is the wave's own, measured on its beam", () => {
  const [strong] = signalsOf(recordingOf([{ ...p, amplitude: 100 * WHITE, decaySec: 30, pure: true }]));
  const a5 = strong!.amplitudes.find(({ type }) => type === "A5/2")!;
  // Flat to velocity: counts / (6e8 counts per m/s) / (2 pi f), in nm.
  const expected = ((100 * WHITE) / 6e8 / (2 * Math.PI * 2.5)) * 1e9;
  assert.ok(Math.abs(a5.amplitude / expected - 1) < 0.1, `${a5.amplitude} ${expected}`);
  assert.ok(Math.abs(a5.periodSec * 2.5 - 1) < 0.05);
});

test("a fault of the first element near a signal costs neither its detection nor its amplitude", () => {
  const segments = recordingOf([{ ...p, amplitude: 100 * WHITE, decaySec: 30, pure: true }]).map((segment, j) => ({
    ...segment,
    samples: (segment.samples as Int32Array).map((v, i) => (j === 0 && i > 1580 && i < 1660 ? 0 : v)),
  }));
  const [found] = signalsOf(segments);
  assert.ok(Math.abs(found!.time - START - 80) < 0.15);
  const a5 = found!.amplitudes.find(({ type }) => type === "A5/2")!;
  assert.ok(Math.abs(a5.amplitude / ((1e11 * WHITE) / 6e8 / (2 * Math.PI * 2.5)) - 1) < 0.1);
  assert.notEqual(a5.channel.station, "TS00");
});

test("with a third of the elements dead the rest do", () => {
  const segments = recordingOf([{ ...p, amplitude: 5 * WHITE }]).map((segment, j) =>
    j % 3 === 0 ? { ...segment, samples: new Int32Array(segment.samples.length) } : segment,
  );
  assert.equal(signalsOf(segments).length, 1);
});
