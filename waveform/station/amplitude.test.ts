import assert from "node:assert/strict";
import { test } from "node:test";
import type { InstrumentResponse } from "@harken/core";
import { displacementResponse, modulus } from "@harken/signal";
import {
  type AmplitudeTrace,
  amplitudeTrace,
  largestSwing,
  pressureAmplitude,
  shortPeriodAmplitude,
} from "./amplitude.ts";
import { seismicRecipe } from "./recipes.ts";
import { broadband, testStation } from "./testStation.ts";

const barometer: InstrumentResponse = { stages: [], sensitivity: 500, sensitivityFrequencyHz: 1, inputUnit: "Pa" };

const RATE = 40;
const id = { network: "XX", station: "TST", location: "", channel: "BHZ" };
const traceOf = (samples: Float64Array, response: InstrumentResponse | null): AmplitudeTrace => ({
  id,
  instrument: { response, calibNmPerCount: null, calperSec: null },
  samples,
  bad: new Uint8Array(samples.length),
  clipped: new Uint8Array(samples.length),
  startTime: 1000,
  rate: RATE,
});
const sine = (amplitude: number, periodSec: number, phase = 0) =>
  Float64Array.from(
    { length: 100 * RATE },
    (_, i) => amplitude * Math.sin((2 * Math.PI * i) / RATE / periodSec + phase),
  );

test("ground motion of a known amplitude and period through a known response comes back within 5 %", () => {
  for (const periodSec of [0.3, 0.5, 0.8, 1, 1.2]) {
    for (const phase of [0, 1, 2]) {
      const counts =
        25 *
        modulus(displacementResponse({ response: broadband, calibNmPerCount: null, calperSec: null }, 1 / periodSec)!);
      const found = shortPeriodAmplitude(traceOf(sine(counts, periodSec, phase), broadband), 60 * RATE, seismicRecipe)!;
      assert.equal(found.type, "A5/2");
      assert.ok(Math.abs(found.amplitude / 25 - 1) < 0.05, `${periodSec} s: ${found.amplitude}`);
      assert.ok(Math.abs(found.periodSec / periodSec - 1) < 0.05, `${periodSec} s: ${found.periodSec}`);
      assert.ok(found.time >= 1059.5 && found.time <= 1065);
    }
  }
});

test("only a calibration: the ground motion at its period", () => {
  const trace = {
    ...traceOf(sine(1000, 1), null),
    instrument: { response: null, calibNmPerCount: 0.02, calperSec: 1 },
  };
  const found = shortPeriodAmplitude(trace, 60 * RATE, seismicRecipe)!;
  assert.ok(Math.abs(found.amplitude / 20 - 1) < 0.05);
});

test("the largest trough to peak within five seconds and a half of the onset, half of it", () => {
  // A burst twice as large comes 7 s after the onset, and another ended a second before.
  const large = sine(2000, 0.8);
  const samples = sine(1000, 0.8).map((v, i) => {
    const t = i / RATE - 60;
    return t > 7 || t < -4 ? large[i]! : v;
  });
  const gain = modulus(displacementResponse({ response: broadband, calibNmPerCount: null, calperSec: null }, 1.25)!);
  const found = shortPeriodAmplitude(traceOf(samples, broadband), 60 * RATE, seismicRecipe)!;
  assert.ok(Math.abs((found.amplitude * gain) / 1000 - 1) < 0.06, String(found.amplitude * gain));
});

test("no response, no swing or a masked sample: no amplitude; a clipped one is marked", () => {
  const good = traceOf(sine(1000, 1), broadband);
  assert.equal(shortPeriodAmplitude(traceOf(good.samples, null), 60 * RATE, seismicRecipe), null);
  assert.equal(shortPeriodAmplitude(traceOf(good.samples, barometer), 60 * RATE, seismicRecipe), null);
  assert.equal(shortPeriodAmplitude(traceOf(new Float64Array(100 * RATE), broadband), 60 * RATE, seismicRecipe), null);
  const flags = (at: number) => Uint8Array.from(good.samples, (_, i) => (i === at ? 1 : 0));
  assert.equal(shortPeriodAmplitude({ ...good, bad: flags(61 * RATE) }, 60 * RATE, seismicRecipe), null);
  assert.equal(shortPeriodAmplitude({ ...good, clipped: flags(61 * RATE) }, 60 * RATE, seismicRecipe)!.clipped, true);
  assert.equal(shortPeriodAmplitude({ ...good, clipped: flags(80 * RATE) }, 60 * RATE, seismicRecipe)!.clipped, false);
});

test("pressure: a sound of 0.4 Pa through a flat microbarometer", () => {
  const found = pressureAmplitude(traceOf(sine(200, 2), barometer), 60 * RATE, { lowHz: 0.3, highHz: 1.2 }, 10, 3)!;
  assert.ok(Math.abs(found.amplitude / 0.4 - 1) < 0.05 && Math.abs(found.periodSec / 2 - 1) < 0.05);
  assert.equal(
    pressureAmplitude(traceOf(sine(200, 2), broadband), 60 * RATE, { lowHz: 0.3, highHz: 1.2 }, 10, 3),
    null,
  );
});

test("swings are read between the samples", () => {
  const x = Float64Array.from({ length: 200 }, (_, i) => 100 * Math.sin((2 * Math.PI * i) / 4.7));
  const swing = largestSwing(x, 1, 0, 200)!;
  assert.ok(Math.abs(swing.half / 100 - 1) < 0.03 && Math.abs(swing.periodSec / 4.7 - 1) < 0.03);
  assert.equal(largestSwing(new Float64Array(50), 1, 0, 50), null);
  assert.equal(largestSwing(x, 1, 10, 12), null);
});

test("the response of the time is used, and a calibration that came with the waveform when there is none", () => {
  const station = testStation({ channels: ["BHZ"], response: broadband });
  const clock = { startTime: 0, sampleRateHz: RATE, length: 10 };
  const [channel] = station.channels;
  const trace = {
    channel: channel!.id,
    samples: new Float64Array(10),
    bad: new Uint8Array(10),
    badFraction: 0,
    clipped: new Uint8Array(10),
    calibNmPerCount: 0.5,
    calperSec: 2,
  };
  assert.equal(amplitudeTrace(station, trace, clock).instrument.response, broadband);
  const { instrument } = amplitudeTrace({ ...station, channels: [] }, trace, clock);
  assert.deepEqual(instrument, { response: null, calibNmPerCount: 0.5, calperSec: 2 });
});
