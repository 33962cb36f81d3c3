/**
 * An onset read by somebody else gets what station processing gives its own: compared with `processStation` on the same waves, and with the waves
 * as they were made.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, azimuthDifference, KM_PER_DEGREE, type Station, type WaveformSegment } from "@harken/core";
import { measureOnset } from "./measureOnset.ts";
import { processStation } from "./processStation.ts";
import { ARRAY_PLACES, addWave, broadband, noiseSegments, START, testStation, WHITE } from "./testStation.ts";

const p = { atSec: 120, frequencyHz: 2, amplitude: 20 * WHITE, azimuthDeg: 75, slownessSecPerKm: 0.07 };

function waves(station: Station, more: object = {}): WaveformSegment[] {
  const segments = noiseSegments(station, 420, 5);
  addWave(station, segments, { ...p, ...more });
  return segments;
}

/** The automatic arrival of the wave and what is measured at its onset. */
function both(station: Station, segments: readonly WaveformSegment[], phase: string) {
  const { arrivals } = processStation({ station, segments, keyPrefix: "" });
  const automatic = arrivals.find(({ time }) => Math.abs(time - START - p.atSec) < 1);
  assert.ok(automatic, "detected");
  const measured = measureOnset({ station, segments, time: automatic.time, phase });
  assert.ok(measured, "measured");
  return { automatic, measured };
}
const amplitude = ({ amplitudes }: Pick<Arrival, "amplitudes">, type: string) =>
  amplitudes.find((one) => one.type === type)!.amplitude;

test("an array: direction and amplitudes are those of the automatic arrival, and of the wave", () => {
  const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: 20, response: broadband });
  const { automatic, measured } = both(station, waves(station), "P");
  assert.ok(Math.abs(azimuthDifference(measured.azimuthDeg!, p.azimuthDeg)) < 3);
  assert.ok(Math.abs(measured.slownessSecPerDeg! - p.slownessSecPerKm * KM_PER_DEGREE) < 0.7);
  assert.ok(Math.abs(azimuthDifference(measured.azimuthDeg!, automatic.azimuthDeg!)) < automatic.azimuthErrorDeg!);
  for (const type of ["A5/2", "ML"])
    assert.ok(Math.abs(amplitude(measured, type) / amplitude(automatic, type) - 1) < 0.05, type);
  assert.ok(measured.snr! > 8 && measured.fkQuality! > 10);
});

test("three components: a P has a direction and a first motion, an S has neither", () => {
  const station = testStation({ response: broadband });
  const { automatic, measured } = both(station, waves(station, { incidenceDeg: 20, pure: true }), "P");
  assert.ok(Math.abs(azimuthDifference(measured.azimuthDeg!, p.azimuthDeg)) < 2 * measured.azimuthErrorDeg!);
  // An onset read between samples may begin a sample beside the automatic one's.
  assert.ok(Math.abs(azimuthDifference(measured.azimuthDeg!, automatic.azimuthDeg!)) < 0.2 * measured.azimuthErrorDeg!);
  // The wave begins upwards. A reader is taken to be sure of the onset; the automatic one is not sure enough of all to tell.
  assert.equal(measured.firstMotion, "c");
  assert.notEqual(automatic.firstMotion, "d");
  assert.ok(Math.abs(amplitude(measured, "A5/2") / amplitude(automatic, "A5/2") - 1) < 0.05);
  const asS = measureOnset({
    station,
    segments: waves(station, { incidenceDeg: 85 }),
    time: START + p.atSec,
    phase: "S",
  })!;
  assert.equal(asS.azimuthDeg, null);
  assert.equal(asS.firstMotion, null);
  assert.ok(asS.snr! > 8, "heard on the horizontals");
});

test("noise has an SNR of about one; where there are no data, or only masked ones, nothing is measured", () => {
  const station = testStation({ response: broadband });
  const segments = waves(station);
  assert.ok(measureOnset({ station, segments, time: START + 80, phase: "P" })!.snr! < 3);
  assert.equal(measureOnset({ station, segments, time: START + 9000, phase: "P" }), null);
  assert.equal(measureOnset({ station, segments: [], time: START, phase: "P" }), null);
  const dead = segments.map((s) => ({ ...s, samples: s.samples.map((v, i) => (i > 2000 && i < 6000 ? 7 : v)) }));
  assert.equal(measureOnset({ station, segments: dead as WaveformSegment[], time: START + 100, phase: "P" }), null);
});
