import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { choleskyFactor, choleskyInverse, choleskySolve, symmetricEigen } from "./linalg.ts";
import { randomStream } from "./random.ts";
import { erfc, mean, median, normalCdf, normalQuantile, quantile, scaledMad, standardDeviation } from "./statistics.ts";

test("normal distribution: Abramowitz and Stegun table 26.1 and its inverse", () => {
  const table: readonly [number, number][] = [
    [0, 0.5],
    [0.5, 0.69146246],
    [1, 0.84134475],
    [1.96, 0.9750021],
    [3, 0.9986501],
    [-2, 0.02275013],
  ];
  for (const [x, p] of table) {
    assert.ok(Math.abs(normalCdf(x) - p) < 2e-7, `Phi(${x})`);
    assert.ok(Math.abs(normalQuantile(p) - x) < 1e-5, `quantile of ${p}`);
  }
  assert.ok(Math.abs(erfc(1) - 0.157299207) < 2e-7);
  assert.throws(() => normalQuantile(0), RangeError);
});

test("order statistics by hand", () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(quantile([1, 2, 3, 4], 0.25), 1.75);
  assert.equal(mean([1, 2, 6]), 3);
  assert.ok(Math.abs(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]) - Math.sqrt(32 / 7)) < 1e-12);
  assert.equal(scaledMad([1, 1, 2, 2, 4, 6, 9]), 1.4826);
  assert.throws(() => median([]), RangeError);
});

test("a quantile is that of the sorted values, whatever their order, however many are equal, and with values that are no numbers", () => {
  const values = fc.oneof(
    fc.array(fc.double({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 80 }),
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 80 }),
    fc.integer({ min: 1, max: 3000 }).map((n) => Array.from({ length: n }, (_, i) => Math.abs(i - n / 2) % 97)),
  );
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (of, q) => {
      const given = Float64Array.from(of);
      const sorted = given.slice().sort();
      const h = (of.length - 1) * q;
      const [low, high] = [sorted[Math.floor(h)]!, sorted[Math.min(Math.floor(h) + 1, of.length - 1)]!];
      assert.equal(quantile(given, q), low + (h - Math.floor(h)) * (high - low));
      assert.deepEqual(given, Float64Array.from(of), "the values given are left as they were");
    }),
  );
});

const matrix = fc
  .integer({ min: 1, max: 6 })
  .chain((n) =>
    fc
      .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((a) => ({ n, a })),
  );

test("Cholesky solves and inverts A'A + I", () => {
  fc.assert(
    fc.property(matrix, ({ n, a }) => {
      const spd = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = i === j ? 1 : 0;
          for (let k = 0; k < n; k++) sum += a[k * n + i]! * a[k * n + j]!;
          spd[i * n + j] = sum;
        }
      const factor = Float64Array.from(spd);
      assert.ok(choleskyFactor(factor, n));
      const b = Float64Array.from({ length: n }, (_, i) => i - 1);
      const x = Float64Array.from(b);
      choleskySolve(factor, n, x);
      const inverse = choleskyInverse(factor, n);
      for (let i = 0; i < n; i++) {
        let ax = 0;
        for (let j = 0; j < n; j++) ax += spd[i * n + j]! * x[j]!;
        assert.ok(Math.abs(ax - b[i]!) < 1e-8);
        for (let j = 0; j < n; j++) {
          let product = 0;
          for (let k = 0; k < n; k++) product += spd[i * n + k]! * inverse[k * n + j]!;
          assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-8);
        }
      }
    }),
  );
  assert.equal(choleskyFactor(new Float64Array([1, 2, 2, 4]), 2), false, "a singular matrix is refused");
});

test("Jacobi eigenvectors rebuild the matrix and are orthonormal", () => {
  fc.assert(
    fc.property(matrix, ({ n, a }) => {
      const s = Float64Array.from({ length: n * n }, (_, i) => a[i]! + a[(i % n) * n + Math.floor(i / n)]!);
      const { values, vectors } = symmetricEigen(s, n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let rebuilt = 0;
          let dot = 0;
          for (let k = 0; k < n; k++) {
            rebuilt += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
            dot += vectors[k * n + i]! * vectors[k * n + j]!;
          }
          assert.ok(Math.abs(rebuilt - s[i * n + j]!) < 1e-9);
          assert.ok(Math.abs(dot - (i === j ? 1 : 0)) < 1e-10);
        }
      for (let k = 1; k < n; k++) assert.ok(values[k - 1]! >= values[k]!);
    }),
  );
});

test("random streams repeat, differ by label, and have the moments they should", () => {
  const draw = (label: string) => Array.from({ length: 4 }, randomStream(7, "noise", label).uniform);
  assert.deepEqual(draw("A"), draw("A"));
  assert.notDeepEqual(draw("A"), draw("B"));
  const random = randomStream(1);
  const normal = Float64Array.from({ length: 200_000 }, () => random.normal());
  assert.ok(Math.abs(mean(normal)) < 0.01 && Math.abs(standardDeviation(normal) - 1) < 0.01);
  const uniform = Float64Array.from({ length: 200_000 }, () => random.uniform());
  assert.ok(Math.abs(mean(uniform) - 0.5) < 0.004 && Math.abs(quantile(uniform, 0.1) - 0.1) < 0.004);
  const counts = Float64Array.from({ length: 50_000 }, () => random.poisson(3));
  assert.ok(Math.abs(mean(counts) - 3) < 0.05);
});
