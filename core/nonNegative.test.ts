import assert from "node:assert/strict";
import { test } from "node:test";
import { nonNegativeLeastSquares } from "./nonNegative.ts";
import { randomStream } from "./random.ts";

test("two unknowns: the free solution where it is positive, else the better edge (closed form)", () => {
  const matrix = [1, 1, 1, -1, 2, 1];
  const x = nonNegativeLeastSquares(matrix, 2, [3, 1, 5]);
  assert.ok(Math.abs(x[0]! - 2) < 1e-12 && Math.abs(x[1]! - 1) < 1e-12);
  // The free solution has a negative second unknown; alone the first is a.b / a.a.
  const edge = nonNegativeLeastSquares(matrix, 2, [1, 3, 3]);
  assert.ok(Math.abs(edge[0]! - 10 / 6) < 1e-12 && edge[1] === 0);
  assert.deepEqual([...nonNegativeLeastSquares(matrix, 2, [-1, -1, -1])], [0, 0]);
});

test("conditions of Kuhn and Tucker: no gain in any direction that is allowed, for columns of any scale", () => {
  const random = randomStream(5, "nnls");
  for (let trial = 0; trial < 60; trial++) {
    const [rows, columns] = [8 + random.integer(30), 1 + random.integer(20)];
    const scales = Array.from({ length: columns }, () => 10 ** (20 * random.uniform() - 10));
    const matrix = Float64Array.from({ length: rows * columns }, (_, i) => random.normal() * scales[i % columns]!);
    const right = Float64Array.from({ length: rows }, () => random.normal() + 0.3);
    const x = nonNegativeLeastSquares(matrix, columns, right);
    const left = right.map((b, r) => x.reduce((sum, v, i) => sum - matrix[r * columns + i]! * v, b));
    x.forEach((v, i) => {
      assert.ok(v >= 0);
      let [gain, length] = [0, 0];
      for (let r = 0; r < rows; r++) {
        gain += matrix[r * columns + i]! * left[r]!;
        length += matrix[r * columns + i]! ** 2;
      }
      const relative = gain / Math.sqrt(length);
      assert.ok(v > 0 ? Math.abs(relative) < 1e-7 : relative < 1e-7, `${trial} ${i}: ${relative}`);
    });
  }
});

test("the same column twice, and a column of nothing, do no harm", () => {
  const x = nonNegativeLeastSquares([1, 1, 0, 2, 2, 0], 3, [2, 4]);
  assert.ok(Math.abs(x[0]! + x[1]! - 2) < 1e-9 && x[2] === 0);
});
