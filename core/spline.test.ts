import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splineAt, splineCurvature } from "./spline.ts";

const rising = fc
  .array(fc.tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((steps) => {
    let at = 0;
    return { x: steps.map(([step]) => (at += step)), y: steps.map(([, value]) => value) };
  });

test("it goes through every point, with slopes that agree from both sides", () => {
  fc.assert(
    fc.property(rising, ({ x, y }) => {
      const curvature = splineCurvature(x, y);
      x.forEach((at, i) => {
        assert.ok(Math.abs(splineAt(x, y, curvature, at) - y[i]!) < 1e-9);
      });
      // What is left of the difference of the slopes is the curvature at the point itself.
      const h = 1e-5;
      x.slice(1, -1).forEach((at, i) => {
        const [before, here, after] = [at - h, at, at + h].map((place) => splineAt(x, y, curvature, place));
        const bend = (after! - here!) / h - (here! - before!) / h;
        assert.ok(Math.abs(bend - curvature[i + 1]! * h) < 1e-4, `${bend} ${curvature[i + 1]! * h}`);
      });
    }),
  );
});

test("a straight line stays one, and the natural spline of |x| at -1, 0, 1 is its closed form", () => {
  const line = [0, 1, 3, 4];
  const y = line.map((x) => 2 * x - 1);
  assert.ok(Math.abs(splineAt(line, y, splineCurvature(line, y), 2.2) - 3.4) < 1e-12);
  const [x, v] = [
    [-1, 0, 1],
    [1, 0, 1],
  ];
  const curvature = splineCurvature(x, v);
  // On [0, 1]: (3/2) x^2 - (1/2) x^3, whose second derivative is 3 at 0 and 0 at 1.
  assert.ok(Math.abs(curvature[1]! - 3) < 1e-12);
  for (const at of [0.25, 0.5, 0.8]) {
    assert.ok(Math.abs(splineAt(x, v, curvature, at) - (1.5 * at ** 2 - 0.5 * at ** 3)) < 1e-12);
  }
});
