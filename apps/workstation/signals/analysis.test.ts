/** Analyses of traces whose answers are known in closed form: a line of one frequency, an echo, a motion along one direction. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { analyse, cut, type Trace } from "./analysis.ts";

const RATE = 40;
const START = 1_000_000;
const random = randomStream(3, "signal panel");
const trace = (seconds: number, value: (t: number) => number): Trace => ({
  startTime: START,
  sampleRateHz: RATE,
  samples: Float32Array.from({ length: seconds * RATE }, (_, i) => value(i / RATE)),
});
const noise = Array.from({ length: 200 * RATE }, () => random.normal());

test("a sine of 5 Hz after 64 s of noise: the peak, its power by Parseval, and the noise beside it", () => {
  const amplitude = 20;
  const seen = analyse({
    trace: trace(
      120,
      (t) => noise[Math.round(t * RATE)]! + (t >= 64.1 ? amplitude * Math.sin(2 * Math.PI * 5 * t) : 0),
    ),
    window: { from: START + 65, to: START + 95 },
    components: null,
  });
  const { peakHz, signal, noise: before, frequenciesHz } = seen.spectrum!;
  assert.ok(Math.abs(peakHz - 5) < 0.1, `${peakHz}`);
  const step = frequenciesHz[1]!;
  const power = (density: Float64Array) => density.reduce((sum, v) => sum + v * step, 0);
  assert.ok(Math.abs(power(signal) / (amplitude ** 2 / 2 + 1) - 1) < 0.05, `${power(signal)}`);
  // White noise of unit variance: the same density at every frequency, 1 / (rate / 2).
  const flat = before!.subarray(5, -5).reduce((sum, v) => sum + v, 0) / (before!.length - 10);
  assert.ok(Math.abs(flat * (RATE / 2) - 1) < 0.15, `${flat}`);
  const { columns, bins, decibels, firstTime, stepSec, maxHz } = seen.spectrogram!;
  const strongest = (at: number) => {
    const column = decibels.subarray(at * bins, (at + 1) * bins);
    return (column.indexOf(Math.max(...column)) / (bins - 1)) * maxHz;
  };
  for (let at = 0; at < columns; at++) {
    const time = firstTime + at * stepSec - START;
    if (time > 67 && time < 117) assert.ok(Math.abs(strongest(at) - 5) < 0.4, `${time}: ${strongest(at)}`);
  }
});

test("motion of a P wave from 40 deg at an incidence of 30 deg", () => {
  const [azimuth, incidence] = [(40 * Math.PI) / 180, (30 * Math.PI) / 180];
  const pulse = (t: number) => Math.sin(2 * Math.PI * 2 * t) * Math.exp(-((t - 60) ** 2));
  const along = (share: number) => trace(120, (t) => share * pulse(t));
  const vertical = along(Math.cos(incidence));
  const { motion } = analyse({
    trace: vertical,
    window: { from: START + 57, to: START + 63 },
    components: [
      vertical,
      along(-Math.sin(incidence) * Math.cos(azimuth)),
      along(-Math.sin(incidence) * Math.sin(azimuth)),
    ],
  });
  const { backAzimuthDeg, incidenceDeg, rectilinearity } = motion!.polarization;
  assert.ok(Math.abs(backAzimuthDeg - 40) < 0.01 && Math.abs(incidenceDeg - 30) < 0.01 && rectilinearity > 0.999);
});

test("an echo of 0.6 after 1.5 s makes a peak there in the cepstrum", () => {
  const echoed = trace(
    120,
    (t) => noise[Math.round(t * RATE)]! + (t >= 1.5 ? 0.6 * noise[Math.round((t - 1.5) * RATE)]! : 0),
  );
  const { values, stepSec } = analyse({
    trace: echoed,
    window: { from: START + 10, to: START + 110 },
    components: null,
  }).cepstrum!;
  const from = Math.round(0.2 / stepSec);
  const best = from + values.subarray(from).indexOf(values.subarray(from).reduce((a, b) => Math.max(a, b)));
  assert.ok(Math.abs(best * stepSec - 1.5) < 0.03, `${best * stepSec}`);
});

test("a window that the data do not hold gives what there is, and says what there is not", () => {
  const short = trace(3, (t) => Math.sin(t));
  const { spectrum, cepstrum, spectrogram, motion } = analyse({
    trace: short,
    window: { from: START + 100, to: START + 130 },
    components: null,
  });
  assert.deepEqual([spectrum, cepstrum, spectrogram, motion], [null, null, null, null]);
  assert.equal(cut(short, { from: START - 5, to: START + 1 }).length, RATE + 1);
  const still = analyse({ trace: trace(60, () => 7), window: { from: START + 20, to: START + 40 }, components: null });
  assert.ok(still.spectrum!.signal.every((v) => v < 1e-12));
});
