import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, type InstrumentResponse, KM_PER_DEGREE } from "@harken/core";
import { processInfrasound } from "./infrasoundStation.ts";
import { infrasoundRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import { addWave, noiseSegments, START, testStation, WHITE } from "./testStation.ts";
import { StationRecording } from "./windows.ts";

const barometer: InstrumentResponse = { stages: [], sensitivity: 2000, sensitivityFrequencyHz: 1, inputUnit: "Pa" };
const station = testStation({
  technology: "infrasound",
  places: [
    [0, 0],
    [0.5, 0.1],
    [-0.3, 0.4],
    [-0.2, -0.45],
  ],
  channels: ["BDF"],
  rate: 20,
  response: barometer,
});

test("a sound train: begin, azimuth, velocity, SNR and pressure", () => {
  const segments = noiseSegments(station, 400, 1);
  addWave(station, segments, {
    atSec: 200,
    frequencyHz: 1.7,
    amplitude: 8 * WHITE,
    azimuthDeg: 247,
    slownessSecPerKm: 1 / 0.345,
    decaySec: 20,
  });
  const recording = new StationRecording(segments, rankSensors(station, segments), infrasoundRecipe);
  const found = [...recording.windows()].flatMap((window) =>
    processInfrasound(window, station, infrasoundRecipe, infrasoundRecipe.coherence!),
  );
  assert.equal(found.length, 1);
  const [{ time, timeErrorSec, direction, snr, amplitudes, durationSec }] = found as [(typeof found)[number]];
  assert.ok(Math.abs(time - START - 200) < 2 * timeErrorSec, String(time - START));
  assert.ok(Math.abs(azimuthDifference(direction.azimuthDeg!, 247)) < 2 * direction.azimuthErrorDeg!);
  assert.ok(Math.abs(KM_PER_DEGREE / direction.slownessSecPerDeg! / 0.345 - 1) < 0.03);
  assert.ok(snr > 4 && durationSec > 10 && durationSec < 120);
  // A wave of the power of a sine of 800 counts, 2000 counts a Pa, part of it outside the band.
  assert.equal(amplitudes[0]!.type, "pressure");
  assert.ok(amplitudes[0]!.amplitude > 0.2 && amplitudes[0]!.amplitude < 0.8, String(amplitudes[0]!.amplitude));
});
