import assert from "node:assert/strict";
import { test } from "node:test";
import type { InstrumentResponse } from "@harken/core";
import { modulus, woodAndersonResponse } from "@harken/signal";
import type { AmplitudeTrace } from "./amplitude.ts";
import { planLocalAmplitude } from "./localAmplitude.ts";
import { seismicRecipe } from "./recipes.ts";

const RATE = 40;
const displacement: InstrumentResponse = { stages: [], sensitivity: 2, sensitivityFrequencyHz: 1, inputUnit: "nm" };
const measure = planLocalAmplitude(seismicRecipe.amplitude);

/** Two counts per nm, flat to displacement. */
const traceOf = (
  samples: Float64Array,
  channel = "BHN",
  response: InstrumentResponse | null = displacement,
): AmplitudeTrace => ({
  id: { network: "XX", station: "TST", location: "", channel },
  instrument: { response, calibNmPerCount: null, calperSec: null },
  samples,
  bad: new Uint8Array(samples.length),
  clipped: new Uint8Array(samples.length),
  startTime: 1000,
  rate: RATE,
});
/** A packet of `f` Hz and `nm` ground motion around 90 s. */
const packet = (nm: number, f: number) =>
  Float64Array.from({ length: 320 * RATE }, (_, i) => {
    const t = i / RATE - 90;
    return 2 * nm * Math.exp(-((t / 12) ** 2)) * Math.sin(2 * Math.PI * f * t);
  });

test("a packet's amplitude is the ground motion times the Wood-Anderson seismograph's gain, within 3 %", () => {
  for (const f of [0.8, 1.25, 2, 5]) {
    const found = measure([traceOf(packet(1000, f))], 40 * RATE)!;
    const expected = 1000 * modulus(woodAndersonResponse(f));
    assert.equal(found.type, "ML");
    assert.ok(Math.abs(found.amplitude / expected - 1) < 0.03, `${f} Hz: ${found.amplitude} ${expected}`);
    assert.ok(Math.abs(found.periodSec * f - 1) < 0.05 && Math.abs(found.time - 1090) < 2);
  }
});

test("of several traces the largest counts; what comes before the onset does not", () => {
  const found = measure([traceOf(packet(100, 2), "BHN"), traceOf(packet(300, 2), "BHE")], 40 * RATE)!;
  assert.equal(found.channel.channel, "BHE");
  assert.ok(measure([traceOf(packet(1000, 2))], 150 * RATE)!.amplitude < 20);
});

test("without a response, too near to the end, or with many masked samples there is none", () => {
  const trace = traceOf(packet(100, 2));
  assert.equal(measure([traceOf(trace.samples, "BHN", null)], 40 * RATE), null);
  assert.equal(measure([trace], 310 * RATE), null);
  assert.equal(measure([{ ...trace, bad: trace.bad.map((_, i) => (i % 20 === 0 ? 1 : 0)) }], 40 * RATE), null);
  assert.notEqual(measure([trace], 40 * RATE), null);
});

test("a long-period instrument's strong microseism does not count", () => {
  const samples = packet(1000, 2).map((v, i) => v + 1e6 * Math.sin((2 * Math.PI * 0.1 * i) / RATE));
  const found = measure([traceOf(samples)], 40 * RATE)!;
  const expected = 1000 * modulus(woodAndersonResponse(2));
  assert.ok(Math.abs(found.amplitude / expected - 1) < 0.06, `${found.amplitude} ${expected}`);
});
