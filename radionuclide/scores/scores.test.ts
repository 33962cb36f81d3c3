import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { laboratoryHistory, scoreProficiency } from "./proficiency.ts";
import { enScore, stationLaboratoryComparison, verdictOf, zetaScore } from "./scores.ts";

test("zeta and En by their definitions (ISO 13528): difference over standard and over expanded uncertainty", () => {
  const [result, reference] = [
    { value: 11, error: 0.3 },
    { value: 10, error: 0.4 },
  ];
  assert.ok(Math.abs(zetaScore(result, reference)! - 2) < 1e-12);
  assert.ok(Math.abs(enScore(result, reference)! - 1) < 1e-12);
  assert.equal(zetaScore({ value: 1, error: 0 }, { value: 1, error: 0 }), null);
  assert.deepEqual([0, 2, -2.5, 3].map(verdictOf), ["satisfactory", "satisfactory", "questionable", "unsatisfactory"]);
});

test("station against laboratory: zeta where both have a result", () => {
  const rows = stationLaboratoryComparison(
    [
      { nuclide: "Cs-137", value: 0.281, error: 0.006, mdc: 0.01 },
      { nuclide: "I-131", value: 0.1, error: 0.01, mdc: 0.02 },
    ],
    new Map([["Cs-137", { value: 0.29, error: 0.02 }]]),
  );
  assert.ok(Math.abs(rows[0]!.zeta! - 0.009 / Math.hypot(0.006, 0.02)) < 1e-12);
  assert.deepEqual([rows[1]!.stationBq, rows[1]!.zeta], [null, null]);
});

const certain = (value: number) => ({ value, error: 0.02 * value });
const reference = new Map(
  ["Cs-137", "Ba-140", "Ce-144", "I-131"].map((nuclide, i) => [nuclide, certain(10 * (i + 1))]),
);

test("a proficiency test: completeness, false claims, verdicts", () => {
  const score = scoreProficiency(
    reference,
    new Map([
      ["Cs-137", certain(10.2)],
      ["Ba-140", certain(22)],
      ["I-131", { value: 60, error: 30 }],
      ["Co-60", certain(3)],
    ]),
  );
  assert.deepEqual([score.missed, score.false, score.completeness], [["Ce-144"], ["Co-60"], 0.75]);
  assert.deepEqual(
    score.nuclides.map(({ nuclide, verdict }) => [nuclide, verdict]),
    [
      ["Cs-137", "satisfactory"],
      ["Ba-140", "unsatisfactory"],
      ["I-131", "unsatisfactory"],
    ],
  );
  assert.ok(Math.abs(score.nuclides[1]!.bias - 0.1) < 1e-12);
  assert.equal(score.satisfactory, 0.25);
});

test("the history of a laboratory that states its uncertainties rightly: spread of zeta 1, no bias, 95 % satisfactory", () => {
  const random = randomStream(1, "laboratory");
  const scores = Array.from({ length: 400 }, () =>
    scoreProficiency(
      reference,
      new Map(
        [...reference].map(([nuclide, { value }]) => {
          const error = 0.03 * value;
          return [nuclide, { value: value + Math.hypot(error, 0.02 * value) * random.normal(), error }];
        }),
      ),
    ),
  );
  const history = laboratoryHistory(scores);
  assert.equal(history.exercises, 400);
  assert.ok(Math.abs(history.zetaSpread! - 1) < 0.06);
  assert.ok(Math.abs(history.meanBias!) < 0.004);
  assert.ok(Math.abs(history.meanSatisfactory - 0.954) < 0.02);
  assert.equal(laboratoryHistory([]).meanBias, null);
});
