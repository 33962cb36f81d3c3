import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nonNegativeLeastSquares, randomStream } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { evaluate } from "../evaluation/scores.ts";
import { cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { knownBackground, screenSamples } from "./background.ts";
import type { CellSeries } from "./cellSeries.ts";
import { sourceTerm } from "./sourceTerm.ts";

const grid = globalGrid(1);
const cell = cellIndex(grid, 10.5, 20.5);
const elsewhere = cellIndex(grid, -30.5, 5.5);

/** Sensitivities of samples to two cells over six slots of three hours, those of one cell as given. */
function series(rows: readonly (readonly number[])[], other = 2e-15): CellSeries {
  const entries = rows.flatMap((row, sample) => [
    ...row.flatMap((value, slot) => (value > 0 ? [{ sample, slot, value, cell }] : [])),
    { sample, slot: 0, value: other, cell: elsewhere },
  ]);
  return {
    grid,
    startTime: 1e9,
    slotSec: 10_800,
    slots: 6,
    samples: rows.length,
    sample: Int32Array.from(entries, (e) => e.sample),
    cell: Int32Array.from(entries, (e) => e.cell),
    slot: Int32Array.from(entries, (e) => e.slot),
    sensitivity: Float64Array.from(entries, (e) => e.value),
  };
}

const random = randomStream(3, "sensitivities");
const rows = Array.from({ length: 14 }, () =>
  Array.from({ length: 6 }, () => (random.uniform() < 0.5 ? 0 : 1e-15 * random.exponential())),
);
const truth = [0, 3e14, 1e14, 0, 0, 5e13];
const exact = rows.map((row) => row.reduce((sum, s, slot) => sum + s * truth[slot]!, 0));
const measure = (values: readonly number[], share = 0.05) =>
  values.map((bqPerM3) => ({ bqPerM3, uncertaintyBqPerM3: share * bqPerM3, mdcBqPerM3: 1e-4 }));

test("samples of a known release give its amounts back, slot by slot, and another cell does not explain them", () => {
  const found = sourceTerm(series(rows), cell, measure(exact));
  truth.forEach((bq, slot) => {
    assert.ok(Math.abs(found.releaseBq[slot]! - bq) < 1e-6 * 3e14, `${slot}: ${found.releaseBq[slot]}`);
  });
  assert.ok(found.misfit < 1e-9 && found.correlation! > 0.999_999);
  assert.ok(found.lowBq < 4.5e14 && found.highBq > 4.5e14);
  const wrong = sourceTerm(series(rows), elsewhere, measure(exact));
  assert.ok(wrong.misfit > 0.5 && wrong.correlation === null);
});

test("the stated range holds the truth in nine of ten repeated measurements", () => {
  const noise = randomStream(8, "noise");
  const modelError = 0.3;
  const trials = 200;
  let inside = 0;
  for (let trial = 0; trial < trials; trial++) {
    const noisy = exact.map((value) => Math.max(0, value * (1 + modelError * noise.normal())));
    const { lowBq, highBq } = sourceTerm(series(rows), cell, measure(noisy, 0), {
      modelError,
      repetitions: 100,
      seed: trial,
    });
    if (lowBq <= 4.5e14 && highBq >= 4.5e14) inside++;
  }
  assert.ok(inside / trials > 0.8 && inside / trials < 0.98, `${inside / trials}`);
});

test("a window leaves out what was before and after; cells that no air came from release nothing", () => {
  const found = sourceTerm(series(rows), cell, measure(exact), { from: 1e9 + 10_800, to: 1e9 + 2 * 10_800 });
  assert.deepEqual(
    found.releaseBq.map((bq) => (bq > 0 ? 1 : 0)),
    Float64Array.from([0, 1, 0, 0, 0, 0]),
  );
  const nowhere = sourceTerm(series(rows), 0, measure(exact));
  assert.deepEqual([nowhere.totalBq, nowhere.lowBq, nowhere.highBq], [0, 0, 0]);
  assert.throws(() => sourceTerm(series(rows), cell, []), RangeError);
});

referenceTest(
  "Fukushima: non-negative releases of the first 120 columns as another program's solver found them, to 1e-3",
  ["atmosphere/fukushima_xe133"],
  (_t, [folder]) => {
    const measured = readFileSync(join(folder!, "meas_xe133.csv"), "utf8").trim().split(/\s+/).map(Number);
    const bytes = readFileSync(join(folder!, "matrix_858x972_f32le_rowmajor.bin"));
    const matrix = Float64Array.from({ length: 858 * 120 }, (_, i) =>
      bytes.readFloatLE(4 * (Math.floor(i / 120) * 972 + (i % 120))),
    );
    const x = nonNegativeLeastSquares(matrix, 120, measured);
    const computed = measured.map((_, r) => x.reduce((sum, bq, i) => sum + bq * matrix[r * 120 + i]!, 0));
    const residual = Math.hypot(...measured.map((y, r) => y - computed[r]!));
    assert.ok(Math.abs(x.reduce((sum, bq) => sum + bq, 0) / 1.052e19 - 1) < 1e-3);
    assert.ok(Math.abs(residual / 576.5 - 1) < 1e-3);
    assert.equal(x.filter((bq) => bq > 0).length, 11);
    assert.ok(Math.abs(evaluate(measured, computed).correlation! - 0.792) < 1e-3);
  },
);

const plant = { name: "plant", latitudeDeg: 10.5, longitudeDeg: 20.5, bqPerSec: 1e9, uncertaintyShare: 0.2 };
const always = { from: null, to: null };

test("the background is rate times time times sensitivity, summed over emitters; each knows its share", () => {
  const two = [
    { ...plant, ...always },
    { ...plant, ...always, name: "other", latitudeDeg: -30.5, longitudeDeg: 5.5, bqPerSec: 2e9, uncertaintyShare: 0.5 },
  ];
  const background = knownBackground(series(rows), two);
  rows.forEach((row, k) => {
    const first = 1e9 * 10_800 * row.reduce((sum, s) => sum + s, 0);
    const second = 2e9 * 10_800 * 2e-15;
    assert.ok(Math.abs(background.bqPerM3[k]! / (first + second) - 1) < 1e-12);
    assert.ok(Math.abs(background.uncertaintyBqPerM3[k]! / Math.hypot(0.2 * first, 0.5 * second) - 1) < 1e-12);
    assert.ok(Math.abs(background.byEmitter.get("plant")![k]! - first) < 1e-12 * (first + 1e-30));
  });
});

test("an emitter counts while it emits, lines of one name err together, and one off the grid is named", () => {
  const row = [[1e-15, 1e-15, 0, 0, 0, 0]];
  const half = knownBackground(series(row, 0), [{ ...plant, from: 1e9 + 5400, to: 1e9 + 10_800 }]);
  assert.ok(Math.abs(half.bqPerM3[0]! / (1e9 * 5400 * 1e-15) - 1) < 1e-12);
  const split = knownBackground(series(row, 0), [
    { ...plant, from: null, to: 1e9 + 10_800 },
    { ...plant, from: 1e9 + 10_800, to: null },
  ]);
  assert.ok(Math.abs(split.uncertaintyBqPerM3[0]! / (0.2 * split.bqPerM3[0]!) - 1) < 1e-12);
  const region = { ...series(row, 0), grid: { ...grid, southDeg: 40, rows: 20 } };
  assert.deepEqual(knownBackground(region, [{ ...plant, ...always }]).outside, ["plant"]);
});

test("samples that the plants explain pass, a hundredfold excess does not, below the MDC there is nothing to explain", () => {
  const row = Array.from({ length: 4 }, () => [1e-15, 0, 0, 0, 0, 0]);
  const background = knownBackground(series(row, 0), [{ ...plant, ...always }]);
  const expected = background.bqPerM3[0]!;
  const sample = (bqPerM3: number) => ({ bqPerM3, uncertaintyBqPerM3: 0.1 * bqPerM3, mdcBqPerM3: expected / 20 });
  const scores = screenSamples(
    [1.2, 100, 0.01, 2.2].map((times) => sample(times * expected)),
    background,
  );
  assert.deepEqual(
    scores.map(({ verdict }) => verdict),
    ["explained", "unexplained", "nothing", "doubtful"],
  );
  assert.ok(Math.abs(scores[1]!.excess / (99 * expected) - 1) < 1e-12);
  assert.throws(() => screenSamples([], background), RangeError);
});
