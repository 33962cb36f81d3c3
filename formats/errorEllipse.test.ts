import assert from "node:assert/strict";
import { test } from "node:test";
import { originErrorOf } from "./errorEllipse.ts";

test("the covariance has the ellipse's axes, scaled by the tables' 90 % quantiles", () => {
  const ellipse = { semiMajorKm: 20, semiMinorKm: 10, strikeDeg: 30, sdobs: 1, confidence: 0.9 };
  const error = originErrorOf({ ...ellipse, timeErrorSec: 1.6448536, depthErrorKm: 3.2897073 });
  // 4.60517 is the 90 % quantile of chi-squared with two degrees of freedom, 1.6448536 that of the normal distribution (two sides).
  const strike = Math.PI / 6;
  const along = [Math.sin(strike), Math.cos(strike)] as const;
  const variance = ([x, y]: readonly [number, number]) =>
    error.sxxKm2 * x * x + 2 * error.sxyKm2 * x * y + error.syyKm2 * y * y;
  assert.ok(Math.abs(variance(along) - 400 / 4.60517) < 1e-3);
  assert.ok(Math.abs(variance([along[1], -along[0]]) - 100 / 4.60517) < 1e-3);
  assert.ok(Math.abs(error.sttSec2 - 1) < 1e-6);
  assert.ok(Math.abs(error.szzKm2 - 4) < 1e-6);
});
