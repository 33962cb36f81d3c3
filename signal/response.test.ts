import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, InstrumentResponse } from "@harken/core";
import {
  displacementResponse,
  instrumentResponse,
  modulus,
  pressureResponse,
  woodAndersonResponse,
} from "./response.ts";

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

test("a FIR stage is the sum of its definition, brought to its gain at zero frequency", () => {
  const coefficients = [0.1, 0.4, -0.2, 0.5, 0.3];
  const fir: InstrumentResponse = {
    ...sts2,
    stages: [
      {
        kind: "fir",
        inputUnit: "counts",
        outputUnit: "counts",
        coefficients,
        inputRateHz: 80,
        decimation: 2,
        correctionSec: 0.03,
        gain: 3,
      },
    ],
  };
  for (const f of [0.01, 1, 7, 19]) {
    const found = instrumentResponse(fir, f)!;
    const omega = 2 * Math.PI * f;
    const sum = (part: (angle: number) => number) =>
      coefficients.reduce((s, c, k) => s + c * part(omega * (0.03 - k / 80)), 0);
    assert.ok(Math.abs(found.re - (3 * sum(Math.cos)) / 1.1) < 1e-12);
    assert.ok(Math.abs(found.im - (3 * sum(Math.sin)) / 1.1) < 1e-12);
  }
});

test("pressure: only a response to Pa answers", () => {
  const barometer: InstrumentResponse = { ...sts2, stages: [], sensitivity: 400, inputUnit: "Pa" };
  assert.equal(modulus(pressureResponse(channel(barometer), 1)!), 400);
  assert.equal(pressureResponse(channel(sts2), 1), null);
  assert.equal(pressureResponse(channel(null, 0.02), 1), null);
  assert.equal(displacementResponse(channel(barometer), 1), null);
});

test("Wood-Anderson: magnification 1 far above its natural frequency, 1 / (2 damping) at it", () => {
  assert.ok(Math.abs(modulus(woodAndersonResponse(50)) - 1) < 0.01);
  assert.ok(Math.abs(modulus(woodAndersonResponse(1.25)) - 1 / 1.4) < 1e-9);
});
