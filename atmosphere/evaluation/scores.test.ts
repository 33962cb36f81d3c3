import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { median } from "@harken/core";
import { decodeTracerSamples } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { evaluate } from "./scores.ts";

const near = (found: number | null, expected: number, tolerance: number) =>
  assert.ok(found !== null && Math.abs(found - expected) <= tolerance, `${found} ${expected}`);

test("every score of ten pairs as NumPy and SciPy compute it", () => {
  const scores = evaluate([0, 0, 1, 2.5, 0, 10, 4, 7, 0.3, 0], [0, 0.2, 0.8, 6, 0, 3, 4.5, 40, 0, 0]);
  near(scores.correlation, 0.5356369114376478, 1e-14);
  near(scores.logCorrelation, 0.6142417203125211, 1e-14);
  near(scores.fractionalBias, 0.7490542244640606, 1e-14);
  near(scores.nmse, 8.513391535957382, 1e-13);
  near(scores.fms, 500 / 7, 1e-12);
  near(scores.ksp, 10, 1e-12);
  // Ratios of the five pairs: 0.8, 2.4, 0.3, 1.125, 5.71.
  near(scores.factor2, 0.4, 1e-15);
  near(scores.factor5, 0.8, 1e-15);
  near(scores.rank, 0.5356369114376478 ** 2 + (1 - 0.3745271) + 5 / 7 + 0.9, 1e-6);
});

test("a perfect model ranks 4; nothing measured and nothing computed ranks not at all; a threshold leaves noise out", () => {
  const values = [0, 1, 4, 2];
  const perfect = evaluate(values, values);
  assert.deepEqual([perfect.rank, perfect.fms, perfect.factor2, perfect.nmse], [4, 100, 1, 0]);
  const nothing = evaluate([0, 0], [0, 0]);
  assert.deepEqual(
    [nothing.correlation, nothing.fms, nothing.fractionalBias, nothing.nmse, nothing.rank, nothing.ksp],
    [null, null, null, null, null, 0],
  );
  assert.equal(evaluate([0.01, 5], [3, 5], 0.05).fms, 50);
  assert.throws(() => evaluate([1], [1, 2]), RangeError);
  assert.throws(() => evaluate([], []), RangeError);
});

referenceTest(
  "858 measurements after Fukushima against the a-priori source: the stored figures to 1e-3",
  ["atmosphere/fukushima_xe133"],
  (_t, [folder]) => {
    const numbers = (name: string) => readFileSync(join(folder!, name), "utf8").trim().split(/\s+/).map(Number);
    const measured = numbers("meas_xe133.csv");
    const source = numbers("apriori_GBq_per_s.csv").map((rate) => rate * 1e9 * 10_800);
    const bytes = readFileSync(join(folder!, "matrix_858x972_f32le_rowmajor.bin"));
    const computed = measured.map((_, row) =>
      source.reduce((sum, bq, column) => sum + bq * bytes.readFloatLE(4 * (row * source.length + column)), 0),
    );
    near(source.reduce((sum, bq) => sum + bq, 0) / 1.2554e19, 1, 1e-3);
    const scores = evaluate(measured, computed);
    near(scores.meanComputed / 20.95, 1, 1e-3);
    near(scores.meanMeasured / 16.62, 1, 1e-3);
    near(Math.max(...computed) / 591.5, 1, 1e-3);
    near(scores.correlation, 0.679, 1e-3);
    near(scores.logCorrelation, 0.888, 1e-3);
    assert.equal(scores.bothAbove, 625);
    near(scores.factor2, 0.56, 1e-3);
    near(scores.factor5, 0.829, 1e-3);
    const ratios = computed.flatMap((c, i) => (c > 0 && measured[i]! > 0 ? [c / measured[i]!] : []));
    near(median(ratios), 0.828, 1e-3);
  },
);

referenceTest(
  "ETEX-1: within 30 % of every measurement ranks above 3.5, the measurements of the next stations at least 0.5 below",
  ["atmosphere/etex1/meas-t1.txt"],
  (_t, [path]) => {
    const measured = decodeTracerSamples(readFileSync(path!)).items.map(({ concentration }) => concentration!);
    const close = evaluate(
      measured,
      measured.map((m, i) => m * (i % 2 ? 1.3 : 0.7)),
    );
    const shifted = evaluate(measured, [...measured.slice(100), ...measured.slice(0, 100)]);
    assert.ok(close.rank! > 3.5 && shifted.rank! < close.rank! - 0.5, `${close.rank} ${shifted.rank}`);
  },
);
