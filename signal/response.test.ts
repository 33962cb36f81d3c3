import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, InstrumentResponse } from "@harken/core";
import { randomStream } from "@harken/core";
import { displacementResponse, instrumentResponse, modulus, woodAndersonResponse } from "./response.ts";
import { applyResponse, removeTrend } from "./spectrum.ts";

/** STS-2 of the SEED manual's kind: poles of 120 s and 0.7 damping, flat to velocity. */
const sts2: InstrumentResponse = {
  stages: [
    {
      kind: "paz",
      domain: "laplace",
      inputUnit: "m/s",
      outputUnit: "V",
      poles: [
        { re: -0.037, im: 0.037 },
        { re: -0.037, im: -0.037 },
      ],
      zeros: [
        { re: 0, im: 0 },
        { re: 0, im: 0 },
      ],
      normalization: 1,
      gain: 1500,
      gainFrequencyHz: 1,
    },
    { kind: "gain", inputUnit: "V", outputUnit: "counts", gain: 4e5 },
  ],
  sensitivity: 6e8,
  sensitivityFrequencyHz: 1,
  inputUnit: "m/s",
};

const channel = (response: InstrumentResponse | null, calib: number | null = null): Channel => ({
  id: { network: "", station: "X", location: "", channel: "BHZ" },
  startTime: null,
  endTime: null,
  latitudeDeg: 0,
  longitudeDeg: 0,
  elevationKm: 0,
  depthKm: 0,
  hangDeg: -1,
  vangDeg: 0,
  sampleRateHz: 40,
  instrument: "",
  calibNmPerCount: calib,
  calperSec: calib === null ? null : 1,
  response,
});

test("a velocity sensor: gain in its flat band, and two orders down below its corner", () => {
  assert.ok(Math.abs(modulus(instrumentResponse(sts2, 1)!) / 6e8 - 1) < 1e-4);
  const corner = 0.037 * Math.SQRT2;
  const low = modulus(instrumentResponse(sts2, corner / (2 * Math.PI) / 10)!);
  assert.ok(Math.abs(low / 6e8 / 0.01 - 1) < 0.02);
});

test("displacement: 2 pi f times velocity; calibration alone stands for a velocity sensor", () => {
  const at = modulus(displacementResponse(channel(sts2), 2)!);
  assert.ok(Math.abs(at - 6e8 * 2 * Math.PI * 2 * 1e-9) / at < 1e-3);
  assert.ok(Math.abs(modulus(displacementResponse(channel(null, 0.02), 1)!) - 50) < 1e-9);
  assert.equal(displacementResponse(channel(null), 1), null);
});

test("Wood-Anderson: magnification 1 far above its natural frequency, 1 / (2 damping) at it", () => {
  assert.ok(Math.abs(modulus(woodAndersonResponse(50)) - 1) < 0.01);
  assert.ok(Math.abs(modulus(woodAndersonResponse(1.25)) - 1 / 1.4) < 1e-9);
});

test("applying a response and its inverse gives the trace back; a delay moves it", () => {
  const random = randomStream(2, "response");
  const x = removeTrend(Float64Array.from({ length: 700 }, () => random.normal()));
  const there = applyResponse(x, 20, (f) => ({ re: 2, im: f > 0 && f < 10 ? 1 : 0 }));
  const back = applyResponse(there, 20, (f) => {
    const im = f > 0 && f < 10 ? 1 : 0;
    return { re: 2 / (4 + im), im: -im / (4 + im) };
  });
  // The first pass is cut at the ends of the window, so the middle is compared.
  for (let i = 100; i < 600; i++) assert.ok(Math.abs(back[i]! - x[i]!) < 0.15);
  const delayed = applyResponse(x, 20, (f) => ({
    re: Math.cos(2 * Math.PI * f * 0.5),
    im: -Math.sin(2 * Math.PI * f * 0.5),
  }));
  for (let i = 20; i < 690; i++) assert.ok(Math.abs(delayed[i]! - x[i - 10]!) < 0.1 || i > 690);
});
