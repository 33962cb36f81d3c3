/** A plane wave of closed form across two rings of elements, in noise like a seismometer's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, RADIANS_PER_DEGREE, type WaveformSegment } from "@harken/core";
import { slownessPicture } from "./slownessPicture.ts";
import { ARRAY_PLACES, addWave, noiseSegments, START, testStation, WHITE } from "./testStation.ts";

const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: 20 });
const wave = { atSec: 100, frequencyHz: 2, amplitude: 8 * WHITE, azimuthDeg: 230, slownessSecPerKm: 0.09 };

function recording(scale = 1): WaveformSegment[] {
  const segments = noiseSegments(station, 200, 3);
  addWave(station, segments, { ...wave, amplitude: scale * wave.amplitude });
  return segments;
}
const seenIn = (segments: readonly WaveformSegment[], more = {}) =>
  slownessPicture({
    ...{ station, segments, time: START + wave.atSec, leadSec: 0.5, windowSec: 4, lowHz: 1, highHz: 4 },
    ...more,
  });
function pictureOf(segments: readonly WaveformSegment[], more = {}) {
  const seen = seenIn(segments, more);
  assert.ok(seen.ok, seen.ok ? "" : seen.reason);
  return seen.picture;
}
const azimuth = wave.azimuthDeg * RADIANS_PER_DEGREE;
const truth = {
  northSecPerKm: wave.slownessSecPerKm * Math.cos(azimuth),
  eastSecPerKm: wave.slownessSecPerKm * Math.sin(azimuth),
};

test("the peak is the wave's slowness, within its stated error, and the brightest point of the picture stands there", () => {
  const { peak, direction, semblance, gridCount, maxSlownessSecPerKm, elements } = pictureOf(recording());
  assert.equal(elements.length, ARRAY_PLACES.length);
  assert.ok(Math.hypot(peak.northSecPerKm - truth.northSecPerKm, peak.eastSecPerKm - truth.eastSecPerKm) < 0.005);
  assert.ok(Math.abs(azimuthDifference(direction.azimuthDeg!, wave.azimuthDeg)) < 3 * direction.azimuthErrorDeg!);
  assert.ok(peak.fStatistic > 20 && semblance.length === gridCount ** 2);
  const brightest = semblance.indexOf(Math.max(...semblance));
  const step = (2 * maxSlownessSecPerKm) / (gridCount - 1);
  const [north, east] = [Math.floor(brightest / gridCount), brightest % gridCount].map(
    (i) => i * step - maxSlownessSecPerKm,
  );
  assert.ok(Math.abs(north! - peak.northSecPerKm) <= step && Math.abs(east! - peak.eastSecPerKm) <= step);
});

test("the beam carries the wave and less noise than an element does; steered elsewhere it carries less of the wave", () => {
  const rms = (x: Float64Array, from: number, to: number) =>
    Math.sqrt(x.subarray(from, to).reduce((s, v) => s + v * v, 0) / (to - from));
  const ratioOf = ({ samples, sampleRateHz, startTime }: ReturnType<typeof pictureOf>["beam"]) => {
    const onset = Math.round((START + wave.atSec - startTime) * sampleRateHz);
    return rms(samples, onset, onset + 2 * sampleRateHz) / rms(samples, 0, onset - sampleRateHz);
  };
  const on = ratioOf(pictureOf(recording(0.5)).beam);
  const off = ratioOf(pictureOf(recording(0.5), { steer: { northSecPerKm: 0.25, eastSecPerKm: 0.1 } }).beam);
  assert.ok(on > 2 * off, `${on} ${off}`);
});

test("the track knows the wave while it lasts and wanders before it comes", () => {
  const { track } = pictureOf(recording());
  const near = (from: number, to: number) =>
    track.filter(({ time }) => time >= START + wave.atSec + from && time < START + wave.atSec + to);
  const off = (peak: { readonly northSecPerKm: number; readonly eastSecPerKm: number } | null) =>
    Math.hypot(peak!.northSecPerKm - truth.northSecPerKm, peak!.eastSecPerKm - truth.eastSecPerKm);
  const [before, during] = [near(-25, -6), near(0, 4)];
  assert.ok(before.length > 10 && during.length > 2);
  assert.ok(during.every(({ peak }) => off(peak) < 0.02 && peak!.fStatistic > 10));
  assert.ok(before.filter(({ peak }) => peak!.fStatistic < 6).length > 0.8 * before.length);
});

test("what cannot be shown is refused with the reason: no array, no data then, a band beyond the rate, gaps in the window", () => {
  const segments = recording();
  const reasonOf = (seen: ReturnType<typeof seenIn>) => (seen.ok ? "" : seen.reason);
  assert.match(reasonOf(seenIn(segments.slice(0, 2))), /needs an array/);
  assert.match(reasonOf(seenIn(segments, { time: START + 5000 })), /too few sound elements/);
  assert.match(reasonOf(seenIn(segments, { highHz: 9.9 })), /20 samples\/s/);
  const torn = segments.flatMap((s, i) =>
    i < 7
      ? [
          { ...s, samples: s.samples.slice(0, 20 * 99) },
          { ...s, startTime: START + 104, samples: s.samples.slice(20 * 104) },
        ]
      : [s],
  );
  assert.match(reasonOf(seenIn(torn)), /whole data in the window/);
  assert.match(reasonOf(seenIn([])), /needs an array/);
});
