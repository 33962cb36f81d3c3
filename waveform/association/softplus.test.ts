import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { softplus } from "./softplus.ts";

test("the table agrees with log(1 + exp(x)) within 0.0005, and at its ends", () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 60, noNaN: true }), (x) => {
      assert.ok(Math.abs(softplus(x) - Math.log1p(Math.exp(x))) < 5e-4, `at ${x}`);
    }),
  );
  assert.equal(softplus(Number.NEGATIVE_INFINITY), 0);
  assert.equal(softplus(500), 500);
});
