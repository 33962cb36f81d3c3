import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { powerSpectralDensity } from "./psd.ts";
import { cepstrum, spectrogram } from "./spectrogram.ts";

const RATE = 40;
const random = randomStream(1, "psd");
const noise = Float64Array.from({ length: 80_000 }, () => 3 * random.normal());
const options = { segment: 1024, overlap: 0.5 };

test("white noise of variance 9 has 2 x 9 / rate at every frequency, and the sum of all is its power", () => {
  const { density, frequenciesHz } = powerSpectralDensity(noise, RATE, options)!;
  const middle = density.subarray(20, 500);
  const mean = middle.reduce((sum, v) => sum + v, 0) / middle.length;
  assert.ok(Math.abs(mean / ((2 * 9) / RATE) - 1) < 0.03, String(mean));
  assert.ok(middle.every((v) => v > 0.5 * mean && v < 1.7 * mean));
  assert.ok(Math.abs((density.reduce((sum, v) => sum + v, 0) * frequenciesHz[1]!) / 9 - 1) < 0.03);
  assert.equal(frequenciesHz.at(-1), RATE / 2);
});

test("a sine of amplitude 5 holds 12.5 around its line, whatever its offset; the square of a scale shows", () => {
  const sine = (scale: number) =>
    Float64Array.from({ length: 20_000 }, (_, i) => scale * (5 * Math.sin((2 * Math.PI * 7.3 * i) / RATE) + 1e4));
  const power = (x: Float64Array) => {
    const { density, frequenciesHz } = powerSpectralDensity(x, RATE, options)!;
    return (
      density.reduce((sum, v, k) => sum + (Math.abs(frequenciesHz[k]! - 7.3) < 0.3 ? v : 0), 0) * frequenciesHz[1]!
    );
  };
  assert.ok(Math.abs(power(sine(1)) / 12.5 - 1) < 1e-3, String(power(sine(1))));
  assert.ok(Math.abs(power(sine(1e-12)) / 12.5e-24 - 1) < 1e-3);
  assert.ok(Math.abs(power(sine(1e25)) / 12.5e50 - 1) < 1e-3);
});

test("short traces have no spectrum, silence has none to speak of, what cannot be is refused", () => {
  assert.equal(powerSpectralDensity(noise.subarray(0, 1023), RATE, options), null);
  assert.equal(powerSpectralDensity([], RATE, options), null);
  assert.ok(powerSpectralDensity(new Int32Array(2000), RATE, options)!.density.every((v) => v === 0));
  for (const segment of [0, 1, 7, Number.NaN, 1e9, 2.5])
    assert.throws(() => powerSpectralDensity(noise, RATE, { segment, overlap: 0 }), RangeError);
  assert.throws(() => powerSpectralDensity(noise, RATE, { segment: 64, overlap: 1 }), RangeError);
});

test("a chirp climbs through its spectrogram at its own rate", () => {
  const chirp = Float64Array.from({ length: 8000 }, (_, i) =>
    Math.sin(2 * Math.PI * (1 + (0.05 * i) / RATE / 2) * (i / RATE)),
  );
  const { density, frequenciesHz, timesSec } = spectrogram(chirp, RATE, 512, 200);
  assert.equal(density.length, Math.floor((8000 - 512) / 200) + 1);
  density.forEach((row, w) => {
    const peak = row.reduce((k, v, i) => (v > row[k]! ? i : k), 0);
    assert.ok(Math.abs(frequenciesHz[peak]! - (1 + 0.05 * timesSec[w]!)) < 0.2);
  });
  assert.equal(spectrogram([], RATE, 512, 200).density.length, 0);
  assert.throws(() => spectrogram(chirp, RATE, 512, 0), RangeError);
});

test("the cepstrum of a trace with an echo peaks at the echo's time, as high as the echo; silence and one sample have none", () => {
  const echo = noise.slice(0, 4000).map((v, i) => v + (i >= 160 ? 0.6 * noise[i - 160]! : 0));
  const found = cepstrum(echo);
  const peak = found.subarray(20, 2000).reduce((at, v, i) => (v > found[at]! ? i + 20 : at), 20);
  assert.equal(peak, 160);
  assert.ok(Math.abs(found[160]! - 0.6) < 0.15, String(found[160]));
  assert.ok(cepstrum(new Float64Array(100)).every((v) => v === 0));
  assert.equal(cepstrum([1]).length, 0);
});
