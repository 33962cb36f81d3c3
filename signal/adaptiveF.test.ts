import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { adaptiveF, fisherRatio, noiseScale } from "./adaptiveF.ts";
import { fExceedance } from "./fDistribution.ts";

const ELEMENTS = 4;
const LENGTH = 20;
const settings = { freedom1: LENGTH, freedom2: LENGTH * (ELEMENTS - 1), probability: 0.01, history: 400 };

/** Windows of white noise; `common` is the standard deviation of what all elements share beside 1 of their own. */
function noiseRatios(count: number, common: number, seed: number): number[] {
  const random = randomStream(seed, "adaptive F");
  return Array.from({ length: count }, () => {
    const traces = Array.from({ length: ELEMENTS }, () => Float64Array.from({ length: LENGTH }, () => random.normal()));
    for (let i = 0; i < LENGTH; i++) {
      const shared = common * random.normal();
      for (const trace of traces) trace[i]! += shared;
    }
    return fisherRatio(traces, 0, LENGTH);
  });
}

test("a signal of known power: F by its definition from beam and residual", () => {
  // Two elements that agree in 3 and differ by 1 to both sides: beam 2 * 9, residual 2 * 1 in each sample.
  assert.equal(
    fisherRatio(
      [
        [4, 2],
        [2, 4],
      ],
      0,
      2,
    ),
    9,
  );
  assert.equal(
    fisherRatio(
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      0,
      2,
    ),
    0,
  );
  assert.ok(
    Number.isFinite(
      fisherRatio(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        0,
        2,
      ),
    ),
  );
});

test("independent noise has Fisher's distribution with the stated freedoms", () => {
  const ratios = noiseRatios(4000, 0, 1);
  for (const f of [0.6, 1, 1.5, 2]) {
    const expected = fExceedance(f, settings.freedom1, settings.freedom2);
    const seen = ratios.filter((ratio) => ratio > f).length / ratios.length;
    assert.ok(Math.abs(seen - expected) < 4 * Math.sqrt((expected * (1 - expected)) / ratios.length), `${f} ${seen}`);
  }
});

test("coherent noise stretches the distribution by 1 + elements times its power, and the detector finds the factor", () => {
  for (const common of [0, 0.5, 1, 2]) {
    const expected = 1 + ELEMENTS * common ** 2;
    assert.ok(Math.abs(noiseScale(noiseRatios(3000, common, 2)) / expected - 1) < 0.12, String(common));
  }
});

test("false detections come as often as asked, in noise of whatever coherence, also when it changes", () => {
  const ratios = [...noiseRatios(6000, 0, 3), ...noiseRatios(6000, 1, 4)];
  const { thresholds } = adaptiveF(ratios, settings);
  const rate = (from: number, to: number) => {
    let over = 0;
    for (let i = from; i < to; i++) if (ratios[i]! > thresholds[i]!) over++;
    return over / (to - from);
  };
  assert.ok(rate(0, 6000) < 0.016, String(rate(0, 6000)));
  assert.ok(rate(8000, 12000) < 0.02, String(rate(8000, 12000)));
});

test("a signal is found where it stands, and bad numbers do no harm", () => {
  const ratios = noiseRatios(500, 0.5, 5);
  for (let i = 300; i < 306; i++) ratios[i] = 60;
  ratios[100] = 0;
  ratios[101] = Number.NaN;
  const { detections } = adaptiveF(ratios, { ...settings, probability: 1e-6 });
  assert.deepEqual(detections, [{ first: 300, end: 306 }]);
  assert.deepEqual(adaptiveF([], settings).detections, []);
});

test("the factor of the noise follows the ratios' unit", () => {
  const ratios = noiseRatios(200, 1, 6);
  fc.assert(
    fc.property(fc.double({ min: 1, max: 50, noNaN: true }), (factor) => {
      const scaled = noiseScale(ratios.map((f) => f * factor));
      assert.ok(Math.abs(scaled / (factor * noiseScale(ratios)) - 1) < 1e-9);
    }),
    { numRuns: 20 },
  );
});
