import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fExceedance, fQuantile } from "./fDistribution.ts";

test("upper 5 and 1 per cent points as printed in tables of the F distribution", () => {
  for (const [freedom1, freedom2, p, f] of [
    [1, 1, 0.05, 161.45],
    [2, 10, 0.05, 4.103],
    [4, 20, 0.01, 4.431],
    [5, 5, 0.05, 5.05],
    [10, 10, 0.01, 4.849],
    [20, 60, 0.05, 1.748],
    [120, 120, 0.05, 1.352],
  ] as const)
    assert.ok(Math.abs(fQuantile(p, freedom1, freedom2) / f - 1) < 4e-4, `${freedom1} ${freedom2}`);
});

test("two freedoms have closed forms: (1 + f)^-1 for F(2, 2), (1 + 2 f / n)^(-n / 2) for F(2, n)", () => {
  for (const f of [0.001, 0.5, 1, 3, 40, 1e5]) {
    assert.ok(Math.abs(fExceedance(f, 2, 2) * (1 + f) - 1) < 1e-12);
    assert.ok(Math.abs(fExceedance(f, 2, 30) / (1 + (2 * f) / 30) ** -15 - 1) < 1e-11);
  }
});

test("the reciprocal of an F has the freedoms exchanged, and a quantile is exceeded as often as asked", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 500, noNaN: true }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      fc.double({ min: 1e-6, max: 0.999, noNaN: true }),
      (a, b, p) => {
        const f = fQuantile(p, a, b);
        assert.ok(Math.abs(fExceedance(f, a, b) - p) < 1e-9);
        assert.ok(Math.abs(fExceedance(1 / f, b, a) - (1 - p)) < 1e-9);
      },
    ),
  );
  assert.throws(() => fQuantile(0, 2, 2), RangeError);
});
