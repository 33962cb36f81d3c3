import assert from "node:assert/strict";
import { test } from "node:test";
import { decimate } from "./decimate.ts";

test("a slow sine comes through at its own times, a fast one does not fold", () => {
  const rate = 40;
  const x = Float64Array.from(
    { length: 40 * 600 + 1 },
    (_, i) => Math.sin((2 * Math.PI * 0.05 * i) / rate) + Math.sin((2 * Math.PI * 1.03 * i) / rate),
  );
  const slow = decimate(x, rate, 40);
  assert.equal(slow.length, 601);
  for (let i = 60; i < 540; i++)
    assert.ok(Math.abs(slow[i]! - Math.sin(2 * Math.PI * 0.05 * i)) < 2e-3, `${i} ${slow[i]}`);
});

test("factor 1 is a copy, and only whole factors are taken", () => {
  const x = Float64Array.of(1, 2, 3);
  assert.deepEqual([...decimate(x, 1, 1)], [1, 2, 3]);
  assert.throws(() => decimate(x, 1, 1.5), RangeError);
});
