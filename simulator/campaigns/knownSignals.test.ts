import assert from "node:assert/strict";
import { test } from "node:test";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { noiseLevelDb } from "../noise/petersonModels.ts";
import { knownSignal, ringPlaces, signalShapes } from "./knownSignals.ts";

const bands = [{ lowHz: 1, highHz: 3, staSec: 1 }];
const spec = { seed: 5, number: 1, snr: 300, shape: "smooth", noiseLevel: 0.3, kind: "3c", bands } as const;
const energy = (x: ArrayLike<number>, from: number, to: number) => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += x[i]! ** 2;
  return sum / (to - from);
};

test("a signal is nothing before its onset: without the noise of the same seed no sample differs", () => {
  for (const shape of signalShapes) {
    const [with_, without] = [1, 1e-9].map((snr) => knownSignal({ ...spec, shape, snr }));
    const { startTime, sampleRateHz, samples } = with_!.segments[0]!;
    const onset = (with_!.truth.time - startTime) * sampleRateHz;
    const differs = samples.findIndex((v, i) => v !== without!.segments[0]!.samples[i]);
    assert.ok(differs >= onset && differs < onset + 2 * sampleRateHz, `${shape}: ${differs} ${onset}`);
  }
});

test("the SNR is the short-term average over the noise's in the band", () => {
  const { segments, truth } = knownSignal({ ...spec, snr: 100 });
  const { startTime, sampleRateHz: rate, samples } = segments[0]!;
  const x = filterForward(butterworthBandPass(3, 1, 3, rate), Float64Array.from(samples));
  const onset = Math.round((truth.time - startTime) * rate);
  let most = 0;
  for (let i = onset - rate; i < onset + 6 * rate; i++)
    most = Math.max(most, x.subarray(i, i + rate).reduce((sum, v) => sum + Math.abs(v), 0) / rate);
  const noise = x.subarray(20 * rate, onset - rate).reduce((sum, v) => sum + Math.abs(v), 0) / (onset - 21 * rate);
  assert.ok(Math.abs(most / noise / 100 - 1) < 0.1, String(most / noise));
});

test("noise of a higher level is stronger as Peterson's models are", () => {
  const power = (noiseLevel: number) => {
    const { segments } = knownSignal({ ...spec, snr: 1e-9, noiseLevel });
    const { sampleRateHz: rate, samples } = segments[0]!;
    return energy(
      filterForward(butterworthBandPass(3, 1.5, 2.5, rate), Float64Array.from(samples)),
      10 * rate,
      100 * rate,
    );
  };
  const measured = 10 * Math.log10(power(0.9) / power(0.1));
  const expected = noiseLevelDb(0.9, 0.5) - noiseLevelDb(0.1, 0.5);
  assert.ok(Math.abs(measured - expected) < 2, `${measured} ${expected}`);
});

test("an element nearer to the source sees the wave first, by slowness times distance", () => {
  const { station, segments, truth } = knownSignal({ ...spec, kind: "array", snr: 5000, shape: "ringing" });
  assert.equal(segments.length, ringPlaces.length);
  const azimuth = (truth.azimuthDeg * Math.PI) / 180;
  const onsets = segments.map(({ samples, sampleRateHz: rate }) => {
    const quiet = Math.sqrt(energy(samples, 0, 70 * rate));
    return samples.findIndex((v) => Math.abs(v) > 8 * quiet) / rate;
  });
  station.sites.forEach(({ northKm, eastKm }, j) => {
    const toward = northKm * Math.cos(azimuth) + eastKm * Math.sin(azimuth);
    const expected = (-toward * truth.slownessSecPerDeg) / 111.19;
    assert.ok(Math.abs(onsets[j]! - onsets[0]! - expected) < 0.06, `${j}: ${onsets[j]! - onsets[0]!} ${expected}`);
  });
});
