import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf } from "./cellOf.ts";

test("cells by hand: inside, at a point, at both ends and outside", () => {
  const points = [0, 1, 3, 7];
  assert.deepEqual(cellOf(points, 2), [1, 0.5]);
  assert.deepEqual(cellOf(points, 1), [1, 0]);
  assert.deepEqual(cellOf(points, 0), [0, 0]);
  assert.deepEqual(cellOf(points, 7), [2, 1]);
  assert.deepEqual(cellOf(points, -0.5), [0, -0.5]);
  assert.deepEqual(cellOf(points, 9), [2, 1.5]);
  assert.deepEqual(cellOf([2, 4], 3), [0, 0.5]);
});
