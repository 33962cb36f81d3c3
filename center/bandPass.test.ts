import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream, type WaveformSegment } from "@harken/core";
import { bandMarginSec, bandPass } from "./bandPass.ts";

const RATE_HZ = 20;
const segment = (length: number, value: (sec: number) => number): WaveformSegment => ({
  channel: { network: "XX", station: "AAA", location: "", channel: "BHZ" },
  startTime: 1000,
  sampleRateHz: RATE_HZ,
  samples: Float64Array.from({ length }, (_, i) => value(i / RATE_HZ)),
});

test("the gain is Butterworth's closed form squared, and nothing is shifted in time", () => {
  const band = { lowHz: 0.8, highHz: 3 };
  for (const frequencyHz of [0.2, 0.8, 1.5, 3, 6]) {
    const wave = (sec: number) => 100 * Math.sin(2 * Math.PI * frequencyHz * sec);
    const { samples, startTime } = bandPass(segment(4000, wave), band);
    const warp = (f: number) => Math.tan((Math.PI * f) / RATE_HZ);
    const [low, high, at] = [warp(band.lowHz), warp(band.highHz), warp(frequencyHz)];
    const gain = 1 / (1 + ((at * at - low * high) / (at * (high - low))) ** 6);
    assert.equal(startTime, 1000);
    for (let i = 1500; i < 2500; i++) {
      const expected = gain * wave(i / RATE_HZ);
      assert.ok(Math.abs(samples[i]! - expected) < 0.1, `${frequencyHz} Hz, sample ${i}: ${samples[i]} ${expected}`);
    }
  }
});

test("with the margin on both sides a window comes out as from the whole record, for wide, narrow and low bands", () => {
  const random = randomStream(3, "margin");
  let level = 0;
  const whole = segment(60_000, () => (level = 0.97 * level + random.normal()) + 1e4);
  for (const band of [
    { lowHz: 0.8, highHz: 3 },
    { lowHz: 1, highHz: 1.2 },
    { lowHz: 0.02, highHz: 0.05 },
    { lowHz: 0.5, highHz: 9 },
  ]) {
    const margin = Math.ceil(bandMarginSec(band) * RATE_HZ);
    const [from, to] = [30_000, 31_000];
    const part = { ...whole, samples: whole.samples.subarray(from - margin, to + margin) };
    const [expected, found] = [bandPass(whole, band).samples, bandPass(part, band).samples];
    let [worst, largest] = [0, 0];
    for (let i = from; i < to; i++) {
      worst = Math.max(worst, Math.abs(expected[i]! - found[i - from + margin]!));
      largest = Math.max(largest, Math.abs(expected[i]!));
    }
    assert.ok(worst < 0.005 * largest, `${band.lowHz} to ${band.highHz} Hz: ${worst} of ${largest}`);
  }
});
