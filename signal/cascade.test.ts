import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { butterworthBandPass, butterworthPass, type Filter } from "./butterworth.ts";
import { cascadeTwin } from "./cascade.ts";
import { filterForward, filterStream, filterZeroPhase } from "./filter.ts";

const filters = fc.oneof(
  fc
    .record({ order: fc.integer({ min: 1, max: 9 }), low: fc.double({ min: 0.1, max: 4, noNaN: true }) })
    .map(({ order, low }) => butterworthBandPass(order, low, 2 * low + 1, 40)),
  fc
    .record({ order: fc.integer({ min: 1, max: 9 }), corner: fc.double({ min: 0.2, max: 15, noNaN: true }) })
    .map(({ order, corner }) => butterworthPass(order % 2 ? "low" : "high", order, corner, 40)),
);
const noise = (length: number, seed: number, offset = 0) => {
  const random = randomStream(seed, "cascade");
  return Float64Array.from({ length }, () => offset + random.normal());
};
const largest = (x: Float64Array) => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Largest difference over the largest value; over a millionth of the input's where a filter leaves nothing but rounding. */
function distance(a: Float64Array, b: Float64Array, input = b): number {
  assert.equal(a.length, b.length);
  const scale = Math.max(largest(b), 1e-6 * largest(input), 1e-300);
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0) / scale;
}

function twin(filter: Filter, x: Float64Array): Float64Array {
  const y = x.slice();
  cascadeTwin(filter.sections, y);
  return y;
}

test("the kernel is its twin to 1e-6, for every filter, length and offset", () => {
  fc.assert(
    fc.property(
      filters,
      fc.integer({ min: 0, max: 30_000 }),
      fc.nat(1000),
      fc.nat(100),
      (filter, length, seed, offset) => {
        const x = noise(length, seed, offset);
        assert.ok(distance(filterForward(filter, x), twin(filter, x), x) < 1e-6);
      },
    ),
    { numRuns: 60 },
  );
});

test("zero phase is the twin forwards and backwards on the trace continued by its point reflection", () => {
  for (const filter of [butterworthBandPass(4, 0.8, 4.5, 40), butterworthBandPass(2, 0.05, 0.1, 40)])
    for (const length of [1, 2, 3, 100, 40_001]) {
      const x = noise(length, length, 10);
      const pad = Math.min(length - 1, Math.ceil(filter.settlingSec * 40));
      const long = Float64Array.from({ length: length + 2 * pad }, (_, i) => {
        const k = i - pad;
        if (k < 0) return 2 * x[0]! - x[-k]!;
        return k < length ? x[k]! : 2 * x[length - 1]! - x[2 * length - 2 - k]!;
      });
      const both = twin(filter, twin(filter, long).reverse())
        .reverse()
        .slice(pad, pad + length);
      const found = filterZeroPhase(filter, x);
      const error = found.reduce((most, v, i) => Math.max(most, Math.abs(v - both[i]!)), 0);
      assert.ok(error < 1e-6, `${length}: ${error}`);
    }
});

test("blocks of any length give the trace that one block gives", () => {
  fc.assert(
    fc.property(
      filters,
      fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 6 }),
      (filter, lengths) => {
        const x = noise(
          lengths.reduce((a, b) => a + b, 0),
          7,
          3,
        );
        const stream = filterStream(filter);
        let at = 0;
        const parts = lengths.flatMap((length) => [...stream.next(x.subarray(at, (at += length)))]);
        assert.ok(distance(Float64Array.from(parts), filterForward(filter, x), x) < 1e-9);
      },
    ),
    { numRuns: 40 },
  );
});

test("filtering is linear, and a shifted trace gives the shifted result", () => {
  const filter = butterworthBandPass(3, 0.8, 4.5, 40);
  // Both begin at zero: the state of before the trace is linear in its first sample only.
  const [a, b] = [noise(20_000, 1), noise(20_000, 2)];
  const sum = filterForward(
    filter,
    a.map((v, i) => 3 * v - 2 * b[i]!),
  );
  const [fa, fb] = [filterForward(filter, a), filterForward(filter, b)];
  assert.ok(
    distance(
      sum,
      fa.map((v, i) => 3 * v - 2 * fb[i]!),
    ) < 1e-9,
  );
  const shifted = new Float64Array(20_500);
  a[0] = 0;
  shifted.set(a, 500);
  assert.ok(distance(filterForward(filter, shifted).slice(500), filterForward(filter, a)) < 1e-9);
});

test("hostile samples: NaN and infinity pass through to the end and never into the next trace; silence after a shock stays fast", () => {
  const filter = butterworthBandPass(2, 0.8, 4.5, 40);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const x = noise(30_000, 5);
    x[100] = bad;
    const y = filterForward(filter, x);
    assert.ok(y.subarray(0, 100).every(Number.isFinite) && !Number.isFinite(y[29_999]));
    assert.ok(filterForward(filter, noise(30_000, 6)).every(Number.isFinite));
  }
  const shock = new Float64Array(400_000);
  shock[0] = 1;
  shock[1] = 1e6;
  const started = performance.now();
  const tail = filterForward(filter, shock).subarray(100_000);
  assert.ok(tail.every((v) => Math.abs(v) < 1e-100));
  assert.ok(performance.now() - started < 2000);
});
