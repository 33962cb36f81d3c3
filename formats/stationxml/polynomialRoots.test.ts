import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { polynomialRoots } from "./polynomialRoots.ts";

test("roots of a product are its factors' roots", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (tenths, leading) => {
        const expected = tenths.map((t) => t / 10).sort((a, b) => a - b);
        let coefficients = [leading];
        for (const root of expected) {
          const product = coefficients;
          coefficients = [0, ...product].map((c, i) => c - root * (product[i] ?? 0));
        }
        const found = polynomialRoots(coefficients).sort((a, b) => a.re - b.re);
        assert.equal(found.length, expected.length);
        found.forEach(({ re, im }, i) => {
          assert.ok(Math.hypot(re - expected[i]!, im) < 1e-4, `${re} ${im} ${expected[i]}`);
        });
      },
    ),
  );
});

test("roots of unity, roots at the origin, and polynomials without roots", () => {
  const unity = polynomialRoots([-1, 0, 0, 0, 0, 0, 1]);
  for (const { re, im } of unity) assert.ok(Math.abs(Math.hypot(re, im) - 1) < 1e-12);
  const angles = unity
    .map(({ re, im }) => Math.round((Math.atan2(im, re) * 180) / Math.PI))
    .map((a) => (a + 360) % 360);
  assert.deepEqual(
    angles.sort((a, b) => a - b),
    [0, 60, 120, 180, 240, 300],
  );
  assert.deepEqual(polynomialRoots([0, 0, 3]), [
    { re: 0, im: 0 },
    { re: 0, im: 0 },
  ]);
  assert.deepEqual(polynomialRoots([5]), []);
  assert.deepEqual(polynomialRoots([]), []);
});
