import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { gs13, sts2 } from "../instruments.ts";
import type { TrueArrival } from "./arrivals.ts";
import { phasesSeenAt } from "./phases.ts";
import { addTrace, commonCoda, phaseSignal } from "./wavelet.ts";

const rate = 20;
const row = phasesSeenAt(50, 30).find(({ phase }) => phase === "P")!;
const arrival: TrueArrival = {
  ...{ eventKey: "e", phase: "P", time: 1_000_000_000.013, slownessSecPerDeg: 7.6, backAzimuthDeg: 30 },
  ...{ polarity: 1, velocityNmPerSec: 300, cornerHz: 1.3, row },
};

const traceOf = (seismometer: typeof sts2, more: Partial<TrueArrival> = {}, delaySec = 0) => {
  const signal = phaseSignal({ ...arrival, ...more }, rate);
  const out = new Float64Array(200 * rate);
  addTrace(out, 999_999_980 * rate, signal, {
    ...{ seismometer, delaySec, coherentGain: 1, scatteredGain: 1 },
    common: commonCoda(signal, randomStream(1, "common")),
    own: randomStream(1, "own"),
  });
  return out;
};

for (const seismometer of [sts2, gs13]) {
  test(`a compression begins upwards at its onset, and nothing comes before it (${seismometer.name})`, () => {
    const out = traceOf(seismometer, { row: { ...row, codaShare: 0 } });
    const peak = out.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const first = out.findIndex((value) => Math.abs(value) > 0.05 * peak);
    const onset = first / rate - 20.013;
    assert.ok(out[first]! > 0);
    assert.ok(onset > -0.1 && onset < 0.25, `5 % of the peak at ${onset} s`);
    const before = out.slice(0, 19.5 * rate).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(before < 0.01 * peak, `before: ${before / peak}`);
  });
}

test("the pulse has the wanted ground velocity", () => {
  const out = traceOf(sts2, { row: { ...row, codaShare: 0, bandHz: [0.01, 9] } });
  const swing = (Math.max(...out) - Math.min(...out)) / 2;
  const nmPerSec = swing / (sts2.response.sensitivity! * 1e-9);
  assert.ok(Math.abs(nmPerSec / 300 - 1) < 0.03, `${nmPerSec} nm/s`);
});

test("a delay of a fraction of a sample moves the trace by that much", () => {
  const a = traceOf(sts2, { row: { ...row, codaShare: 0 } });
  const b = traceOf(sts2, { row: { ...row, codaShare: 0 } }, 0.025);
  const c = traceOf(sts2, { row: { ...row, codaShare: 0 }, time: arrival.time + 0.025 });
  const largest = (x: Float64Array, y: Float64Array) => x.reduce((m, v, i) => Math.max(m, Math.abs(v - y[i]!)), 0);
  assert.ok(largest(b, c) < 1e-6 * largest(a, new Float64Array(a.length)));
  assert.ok(largest(a, b) > 0);
});

test("the coda dies away", () => {
  const out = traceOf(sts2);
  const rms = (from: number, to: number) =>
    Math.sqrt(
      out.subarray((20 + from) * rate, (20 + to) * rate).reduce((sum, v) => sum + v * v, 0) / ((to - from) * rate),
    );
  assert.ok(rms(5, 10) > 3 * rms(25, 35) && rms(25, 35) > 0);
  assert.equal(out.at(-1), 0);
});
