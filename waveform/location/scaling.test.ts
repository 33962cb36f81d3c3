import assert from "node:assert/strict";
import { test } from "node:test";
import { errorScale, fisherTwoQuantile, studentQuantile } from "./scaling.ts";

test("Student's t and F with 2 degrees of freedom: the printed tables of Abramowitz and Stegun (26.10, 26.9)", () => {
  for (const [probability, n, t] of [
    [0.9, 1, 6.314],
    [0.9, 5, 2.015],
    [0.9, 8, 1.86],
    [0.95, 10, 2.228],
    [0.99, 30, 2.75],
    [0.95, 120, 1.98],
  ] as const) {
    assert.ok(Math.abs(studentQuantile(probability, n) - t) < 6e-4, `t(${probability}, ${n})`);
  }
  for (const [probability, n, f] of [
    [0.95, 1, 199.5],
    [0.95, 5, 5.79],
    [0.9, 8, 3.11],
    [0.9, 60, 2.39],
    [0.99, 20, 5.85],
  ] as const) {
    assert.ok(Math.abs(fisherTwoQuantile(probability, n) / f - 1) < 3e-3, `F(${probability}, 2, ${n})`);
  }
});

test("coverage at 90 and 95 %: the factors of LocSAT (1.645, sqrt 4.605) and of LocOO3D's log (1.9600, 2.4477)", () => {
  const at90 = errorScale(0.9, Number.POSITIVE_INFINITY, 99, 10, 4)!;
  assert.ok(Math.abs(at90.interval - 1.645) < 2e-4 && Math.abs(at90.ellipse - Math.sqrt(4.605)) < 1e-4);
  const at95 = errorScale(0.95, Number.POSITIVE_INFINITY, 99, 10, 4)!;
  assert.ok(Math.abs(at95.interval - 1.96) < 5e-5 && Math.abs(at95.ellipse - 2.4477) < 5e-5);
});

test("a large K comes to coverage, K = 0 follows the residuals alone and needs more data than unknowns", () => {
  const coverage = errorScale(0.9, Number.POSITIVE_INFINITY, 6, 10, 4)!;
  const large = errorScale(0.9, 1e6, 6, 10, 4)!;
  assert.ok(Math.abs(large.ellipse / coverage.ellipse - 1) < 1e-4);
  assert.ok(Math.abs(large.interval / coverage.interval - 1) < 1e-4);
  const [one, four] = [errorScale(0.9, 0, 6, 10, 4)!, errorScale(0.9, 0, 24, 10, 4)!];
  assert.ok(Math.abs(four.ellipse / one.ellipse - 2) < 1e-12, "four times the squares, twice the ellipse");
  assert.ok(
    Math.abs(one.ellipse - Math.sqrt(2 * fisherTwoQuantile(0.9, 6))) < 1e-12,
    "unit variance, 6 degrees of freedom",
  );
  const between = errorScale(0.9, 8, 6, 10, 4)!;
  assert.ok(between.ellipse > coverage.ellipse && between.ellipse < one.ellipse);
  assert.equal(errorScale(0.9, 0, 0, 4, 4), null);
});
