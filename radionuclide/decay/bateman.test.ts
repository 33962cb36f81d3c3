import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chainActivities, exponentialDifference } from "./bateman.ts";

const halfLife = (seconds: number) => Math.LN2 / seconds;

test("one member: the exponential law, a half after each half-life", () => {
  const [a] = chainActivities([{ lambdaPerSec: halfLife(100), branching: 0 }], [8], 300);
  assert.ok(Math.abs(a! - 1) < 1e-12);
});

test("two members: the closed form of parent and daughter", () => {
  const l1 = halfLife(2.19 * 86400);
  const l2 = halfLife(5.243 * 86400);
  for (const t of [0, 1, 3600, 86400, 30 * 86400]) {
    const [a1, a2] = chainActivities(
      [
        { lambdaPerSec: l1, branching: 0.7 },
        { lambdaPerSec: l2, branching: 0 },
      ],
      [100, 5],
      t,
    );
    const expected = 5 * Math.exp(-l2 * t) + (0.7 * 100 * l2 * (Math.exp(-l1 * t) - Math.exp(-l2 * t))) / (l2 - l1);
    assert.ok(Math.abs(a1! - 100 * Math.exp(-l1 * t)) < 1e-10);
    assert.ok(Math.abs(a2! - expected) < 1e-10 * (1 + expected), `${t} s: ${a2} ${expected}`);
  }
});

test("equal half-lives: the limit l^2 t exp(-l t) N, where the usual sum divides by zero", () => {
  const l = 1e-3;
  const [, daughter] = chainActivities(
    [
      { lambdaPerSec: l, branching: 1 },
      { lambdaPerSec: l, branching: 0 },
    ],
    [10, 0],
    700,
  );
  assert.ok(Math.abs(daughter! - 10 * l * 700 * Math.exp(-l * 700)) < 1e-11);
});

test("divided difference of distinct points equals its defining sum", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 20, noNaN: true }), (t) => {
      const points = [0.3, 1.1, 2.9, 4.2];
      const sum = points.reduce(
        (total, x, i) => total + Math.exp(-x * t) / points.reduce((p, y, j) => (i === j ? p : p * (x - y)), 1),
        0,
      );
      const ours = exponentialDifference(points, t);
      assert.ok(Math.abs(ours - sum) < 1e-12 + 1e-9 * Math.abs(sum), `${t}: ${ours} ${sum}`);
    }),
  );
});

test("atoms are neither made nor lost: parent, daughter and what has left the chain add up", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-7, max: 1e-2, noNaN: true }),
      fc.double({ min: 1e-7, max: 1e-2, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (l1, l2, t) => {
        const activities = chainActivities(
          [
            { lambdaPerSec: l1, branching: 1 },
            { lambdaPerSec: l2, branching: 1 },
          ],
          [1, 0],
          t,
        );
        const atoms = activities[0]! / l1 + activities[1]! / l2;
        assert.ok(atoms <= (1 / l1) * (1 + 1e-9) && atoms >= 0 && activities[1]! >= -1e-12);
      },
    ),
  );
});
