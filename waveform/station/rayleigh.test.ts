import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream, type WaveformSegment } from "@harken/core";
import { displacementResponse, modulus } from "@harken/signal";
import { longPeriods } from "./rayleigh.ts";
import { seismicRecipe } from "./recipes.ts";
import { broadband, START, testStation } from "./testStation.ts";

const station = testStation({ channels: ["BHZ", "SHZ"], rate: 20, response: broadband });
const instrument = { response: broadband, calibNmPerCount: null, calperSec: null };

/** Two hours of noise and, from the first hour on, a dispersed wave of `nm` about 20 s long. */
function recording(nm: number, channel: string, rate = 20): WaveformSegment {
  const random = randomStream(4, "rayleigh");
  const counts = nm * modulus(displacementResponse(instrument, 1 / 20)!);
  let slow = 0;
  const samples = Float64Array.from({ length: 7200 * rate }, (_, i) => {
    const t = i / rate - 3600;
    slow = 0.999 * slow + random.normal();
    const envelope = t > 0 && t < 500 ? Math.sin((Math.PI * t) / 500) ** 2 : 0;
    return 5 * slow + 20 * random.normal() + counts * envelope * Math.sin(2 * Math.PI * (t / 21 + (t * t) / 2e6));
  });
  return {
    channel: { network: "XX", station: "TST", location: "", channel },
    startTime: START,
    sampleRateHz: rate,
    samples,
  };
}
const find = (segments: readonly WaveformSegment[]) => longPeriods(station, segments, seismicRecipe).arrivals;

test("a dispersed wave around 20 s is one LR, its ALR/2 the ground motion within 10 %, at broadband and long-period rates", () => {
  for (const segment of [recording(2000, "BHZ"), recording(2000, "LHZ", 1)]) {
    const used = { ...station, channels: station.channels.map((c) => ({ ...c, id: segment.channel })) };
    const found = longPeriods(used, [segment], seismicRecipe).arrivals;
    assert.equal(found.length, 1);
    const [{ phase, time, amplitudes }] = found as [(typeof found)[number]];
    assert.equal(phase, "LR");
    assert.ok(time > START + 3500 && time < START + 4100);
    const [amplitude] = amplitudes;
    assert.equal(amplitude!.type, "ALR/2");
    assert.ok(Math.abs(amplitude!.amplitude / 2000 - 1) < 0.1, String(amplitude!.amplitude));
    assert.ok(amplitude!.periodSec > 18 && amplitude!.periodSec < 22.5, String(amplitude!.periodSec));
  }
});

test("noise has none, a short-period channel is not looked at, and half an hour of gap makes none", () => {
  assert.deepEqual(find([recording(0, "BHZ")]), []);
  assert.deepEqual(find([recording(2000, "SHZ")]), []);
  const noise = recording(0, "BHZ");
  const part = (from: number, to: number): WaveformSegment => ({
    ...noise,
    startTime: START + from,
    samples: noise.samples.subarray(from * 20, to * 20),
  });
  assert.deepEqual(find([part(0, 3000), part(4800, 7200)]), []);
});

test("the line that is drawn over samples that are no numbers, from one level to another, is no wave", () => {
  const { samples, ...noise } = recording(0, "BHZ");
  const moved = Float64Array.from(samples, (v, i) => (i < 60_000 ? v : i < 60_600 ? Number.NaN : v + 1e5));
  assert.deepEqual(find([{ ...noise, samples: moved }]), []);
});

test("a file that begins five minutes before the wave shows it too", () => {
  const segment = recording(2000, "BHZ");
  const late = { ...segment, startTime: START + 3300, samples: segment.samples.subarray(3300 * 20) };
  assert.equal(find([late]).length, 1);
});
