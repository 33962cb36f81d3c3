import assert from "node:assert/strict";
import { test } from "node:test";
import { type Amplitude, type NoiseLevel, randomStream, type Station, type WaveformSegment } from "@harken/core";
import { displacementResponse, modulus } from "@harken/signal";
import { processStation } from "./processStation.ts";
import { seismicRecipe } from "./recipes.ts";
import { ARRAY_PLACES, addWave, broadband, noiseSegments, START, testStation, WHITE } from "./testStation.ts";

const RATE = 20;
const instrument = { response: broadband, calibNmPerCount: null, calperSec: null };
const countsPerNm = (hz: number) => modulus(displacementResponse(instrument, hz)!);
const vertical = testStation({ channels: ["BHZ"], rate: RATE, response: broadband });

/** A ground that swings by `nm` at a frequency, on every channel, with noise a hundredth as large. */
function swinging(station: Station, seconds: number, hz: number, nm: number): WaveformSegment[] {
  const random = randomStream(3, "swing");
  return station.channels.map(({ id }) => ({
    channel: id,
    startTime: START,
    sampleRateHz: RATE,
    samples: Float64Array.from(
      { length: seconds * RATE },
      (_, i) => nm * countsPerNm(hz) * (Math.sin((2 * Math.PI * hz * i) / RATE) + 0.01 * random.normal()),
    ),
  }));
}

const noiseOf = (station: Station, segments: readonly WaveformSegment[], recipe = seismicRecipe) =>
  processStation({ station, segments, keyPrefix: "" }, recipe).noise;
const speed = ({ amplitude, periodSec }: Amplitude) => amplitude / periodSec;
const only = (noise: readonly NoiseLevel[], type: string) => noise.filter(({ amplitude }) => amplitude.type === type);

test("a ground that swings by 30 nm at 1 Hz has that noise, stretch by stretch, and one of 500 nm at 20 s that of long periods: within 3 %", () => {
  const short = only(noiseOf(vertical, swinging(vertical, 1000, 1, 30)), "ANP/2");
  assert.equal(short.length, 9);
  for (const { startTime, endTime, amplitude, station } of short) {
    assert.ok(startTime % 120 === 0 && endTime === startTime + 120 && station === "TST");
    assert.ok(amplitude.time >= startTime && amplitude.time < endTime);
    assert.ok(Math.abs(amplitude.amplitude / 30 - 1) < 0.03, String(amplitude.amplitude));
    assert.ok(Math.abs(amplitude.periodSec - 1) < 0.03, String(amplitude.periodSec));
  }
  const long = only(noiseOf(vertical, swinging(vertical, 3600, 0.05, 500)), "ANL/2");
  assert.ok(long.length >= 5);
  for (const { amplitude } of long.slice(1)) {
    assert.ok(Math.abs(amplitude.amplitude / 500 - 1) < 0.03, String(amplitude.amplitude));
    assert.ok(Math.abs(amplitude.periodSec - 20) < 0.5, String(amplitude.periodSec));
  }
});

test("a short signal does not raise it, masked data and an unknown response have none, and blocks do not change it", () => {
  const quiet = noiseSegments(vertical, 1200, 7);
  const before = noiseOf(vertical, quiet);
  addWave(vertical, quiet, {
    ...{ atSec: 600, frequencyHz: 2, amplitude: 50 * WHITE, azimuthDeg: 0, slownessSecPerKm: 0, decaySec: 0.5 },
  });
  const after = noiseOf(vertical, quiet);
  assert.equal(after.length, before.length);
  after.forEach(({ amplitude }, i) => {
    const ratio = speed(amplitude) / speed(before[i]!.amplitude);
    assert.ok(Math.abs(ratio - 1) < 0.1, `${i}: ${ratio}`);
  });
  const blocks = { ...seismicRecipe, window: { ...seismicRecipe.window, coreSec: 170 } };
  const again = only(noiseOf(vertical, quiet, blocks), "ANP/2");
  assert.deepEqual(
    again.map(({ startTime, amplitude }) => [startTime, amplitude.time, amplitude.amplitude.toPrecision(4)]),
    only(after, "ANP/2").map(({ startTime, amplitude }) => [
      startTime,
      amplitude.time,
      amplitude.amplitude.toPrecision(4),
    ]),
  );
  const spoilt = quiet.map((segment) => ({ ...segment, samples: Float64Array.from(segment.samples) }));
  spoilt[0]!.samples.fill(Number.NaN, 300 * RATE, 700 * RATE);
  const left = only(noiseOf(vertical, spoilt), "ANP/2").map(({ startTime }) => startTime - START);
  assert.ok(left.length >= 4 && left.every((at) => at < 300 || at + 120 > 700), String(left));
  assert.deepEqual(noiseOf(testStation({ channels: ["BHZ"], rate: RATE }), quiet), []);
});

test("the noise of an array is that of its beam: what elements do not share sinks with the root of their number", () => {
  const array = testStation({ places: ARRAY_PLACES, channels: ["BHZ"], rate: RATE, response: broadband });
  const white = array.channels.map(({ id }, j) => {
    const random = randomStream(11, "white", j);
    const samples = Float64Array.from({ length: 1200 * RATE }, () => WHITE * random.normal());
    return { channel: id, startTime: START, sampleRateHz: RATE, samples };
  });
  const one = { ...white[0]!, channel: vertical.channels[0]!.id };
  const mean = (noise: readonly NoiseLevel[]) =>
    noise.reduce((sum, { amplitude }) => sum + speed(amplitude), 0) / noise.length;
  const ratio = mean(only(noiseOf(vertical, [one]), "ANP/2")) / mean(only(noiseOf(array, white), "ANP/2"));
  assert.ok(Math.abs(ratio / Math.sqrt(ARRAY_PLACES.length) - 1) < 0.2, String(ratio));
});
