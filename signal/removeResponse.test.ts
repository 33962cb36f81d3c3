import assert from "node:assert/strict";
import { test } from "node:test";
import type { Complex, InstrumentResponse, ResponseStage } from "@harken/core";
import { applyPolynomial, removeResponse } from "./removeResponse.ts";
import { instrumentResponse } from "./response.ts";
import { applyResponse } from "./spectrum.ts";

const RATE = 20;
const band = { bandHz: [0.02, 0.05, 6, 8] as const };
const of = (...stages: ResponseStage[]): InstrumentResponse => ({
  stages,
  sensitivity: null,
  sensitivityFrequencyHz: null,
  inputUnit: "m/s",
});
const units = { inputUnit: "m/s", outputUnit: "counts" } as const;

/** A seismometer of 10 s and 0.7 of critical damping: two zeros at the origin, poles in closed form. */
const omega = (2 * Math.PI) / 10;
const pole = { re: -0.7 * omega, im: Math.sqrt(1 - 0.49) * omega };
const paz: ResponseStage = {
  kind: "paz",
  domain: "laplace",
  ...units,
  poles: [pole, { re: pole.re, im: -pole.im }],
  zeros: [
    { re: 0, im: 0 },
    { re: 0, im: 0 },
  ],
  normalization: 1,
  gain: 4e8,
  gainFrequencyHz: 1,
};
const fap: ResponseStage = {
  kind: "fap",
  ...units,
  frequenciesHz: [0.01, 0.1, 1, 10],
  amplitudes: [0.1, 0.5, 1, 0.8],
  phasesDeg: [170, 90, 0, -60],
  gain: 2e6,
  gainFrequencyHz: 1,
};
const fir: ResponseStage = {
  kind: "fir",
  ...units,
  coefficients: [0.1, 0.25, 0.3, 0.25, 0.1],
  inputRateHz: RATE,
  decimation: 1,
  correctionSec: 2 / RATE,
  gain: 1,
};

test("poles and zeros by the closed form of a damped pendulum, tables between their points, symmetric coefficients by their cosines", () => {
  for (const hz of [0.01, 0.1, 0.7, 5]) {
    const w = 2 * Math.PI * hz;
    const h = instrumentResponse(of(paz), hz)!;
    // -w^2 / (w0^2 - w^2 + 2 j h w0 w)
    const [a, b] = [omega * omega - w * w, 2 * 0.7 * omega * w];
    const expected = { re: (-w * w * a) / (a * a + b * b), im: (w * w * b) / (a * a + b * b) };
    assert.ok(Math.hypot(h.re / 4e8 - expected.re, h.im / 4e8 - expected.im) < 1e-12);
    const f = instrumentResponse(of(fir), hz)!;
    const c = 2 * 0.1 * Math.cos((4 * Math.PI * hz) / RATE) + 2 * 0.25 * Math.cos((2 * Math.PI * hz) / RATE) + 0.3;
    assert.ok(Math.hypot(f.re - c, f.im) < 1e-12);
  }
  const mid = instrumentResponse(of(fap), 0.55)!;
  assert.ok(
    Math.abs(Math.hypot(mid.re, mid.im) / 2e6 - 0.75) < 1e-12 &&
      Math.abs(Math.atan2(mid.im, mid.re) - Math.PI / 4) < 1e-12,
  );
  // From 170 to -170 deg a table passes 180, not 0.
  const turn = instrumentResponse(of({ ...fap, phasesDeg: [90, 170, -170, -60] }), 0.55)!;
  assert.ok(Math.hypot(turn.re / 2e6 + 0.75, turn.im / 2e6) < 1e-12);
});

test("what an instrument did is undone within the band, for every kind of stage and their product", () => {
  const motion = Float64Array.from({ length: 6000 }, (_, i) => {
    const t = i / RATE - 150;
    return Math.exp(-((t / 25) ** 2)) * (Math.sin(2 * Math.PI * 0.21 * t) + 0.4 * Math.sin(2 * Math.PI * 3 * t));
  });
  for (const stages of [[paz], [fap], [fir], [paz, fir], [paz, fap, fir]]) {
    const response = (hz: number): Complex | null =>
      hz === 0 ? { re: 0, im: 0 } : instrumentResponse(of(...stages), hz);
    const counts = applyResponse(motion, RATE, response);
    const back = removeResponse(counts, RATE, response, band)!;
    for (let i = 1000; i < 5000; i++)
      assert.ok(Math.abs(back[i]! - motion[i]!) < 2e-3, `${stages.map((s) => s.kind)} ${i}: ${back[i]} ${motion[i]}`);
  }
});

test("removal is linear, moves with the trace, and stops what the band leaves out", () => {
  const response = (hz: number) => instrumentResponse(of(paz), hz);
  const x = Float64Array.from({ length: 2000 }, (_, i) => 1e6 * Math.exp(-(((i - 900) / 100) ** 2)) * Math.sin(i));
  const plain = removeResponse(x, RATE, response, band)!;
  const twice = removeResponse(
    x.map((v) => -2 * v),
    RATE,
    response,
    band,
  )!;
  const most = plain.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  twice.forEach((v, i) => {
    assert.ok(Math.abs(v + 2 * plain[i]!) < 1e-9 * most);
  });
  const moved = removeResponse(
    Float64Array.from(x, (_, i) => x[i - 300] ?? 0),
    RATE,
    response,
    band,
  )!;
  for (let i = 300; i < 2000; i++) assert.ok(Math.abs(moved[i]! - plain[i - 300]!) < 1e-3 * most, String(i));
  const fast = Float64Array.from({ length: 2000 }, (_, i) => Math.exp(-(((i - 900) / 200) ** 2)) * Math.sin(2.9 * i));
  const passed = removeResponse(fast, RATE, () => ({ re: 1, im: 0 }), band)!;
  assert.ok(passed.every((v) => Math.abs(v) < 1e-6));
});

test("a gain that vanishes does not blow up; an unknown response gives none; corners must be in order", () => {
  const notch = (hz: number) => ({ re: Math.abs(hz - 1) < 0.05 ? 1e-12 : 1, im: 0 });
  const x = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i * i));
  const found = removeResponse(x, RATE, notch, band)!;
  assert.ok(found.every((v) => Math.abs(v) < 2000));
  assert.equal(
    removeResponse(x, RATE, () => null, band),
    null,
  );
  assert.equal(
    removeResponse(x, RATE, () => ({ re: 0, im: 0 }), band),
    null,
  );
  assert.equal(removeResponse([], RATE, notch, band)!.length, 0);
  assert.throws(() => removeResponse(x, RATE, notch, { bandHz: [1, 0.5, 6, 8] }), RangeError);
  assert.throws(() => removeResponse(x, RATE, notch, { bandHz: [0, Number.NaN, 6, 8] }), RangeError);
});

test("a polynomial is the sum of its powers", () => {
  assert.deepEqual([...applyPolynomial([1, 2, 0.5], [0, 2, -4])], [1, 7, 1]);
  assert.deepEqual([...applyPolynomial([], [3])], [0]);
});
