import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { type AverageWindows, classicStaLta, recursiveStaLta, windowLengths } from "./characteristic.ts";

const RATE = 10;

/** The definitions, one sample after the other. */
function recursiveTwin(x: ArrayLike<number>, windows: AverageWindows): Float64Array {
  const [short, long] = windowLengths(windows, RATE);
  let [s, l] = [0, 0];
  return Float64Array.from({ length: x.length }, (_, i) => {
    s += (x[i]! ** 2 - s) / short;
    l += (x[i]! ** 2 - l) / long;
    return i < long || l === 0 ? 0 : s / l;
  });
}

function classicTwin(x: ArrayLike<number>, windows: AverageWindows): Float64Array {
  const [short, long] = windowLengths(windows, RATE);
  const mean = (from: number, to: number) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += x[i]! ** 2;
    return sum / (to - from);
  };
  return Float64Array.from({ length: x.length }, (_, i) => {
    if (i + 1 < long) return 0;
    const background = mean(i + 1 - long, i + 1);
    return background > 0 ? mean(i + 1 - short, i + 1) / background : 0;
  });
}

const kinds = [
  { name: "recursive", kernel: recursiveStaLta, twin: recursiveTwin },
  { name: "classic", kernel: classicStaLta, twin: classicTwin },
] as const;

const traces = fc.record({ length: fc.integer({ min: 0, max: 13_000 }), seed: fc.nat(1000), offset: fc.nat(50) });
const noise = ({ length, seed, offset }: { length: number; seed: number; offset: number }) => {
  const random = randomStream(seed, "characteristic");
  return Float64Array.from({ length }, (_, i) => (offset + random.normal()) * (i % 1000 > 900 ? 20 : 1));
};

for (const { name, kernel, twin } of kinds) {
  test(`${name} STA/LTA: the kernel is its twin to 1e-6`, () => {
    fc.assert(
      fc.property(traces, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 100 }), (trace, sta, factor) => {
        const windows = { staSec: sta / 10, ltaSec: (sta * factor) / 10 };
        const x = noise(trace);
        const [found, expected] = [kernel(x, RATE, windows), twin(x, windows)];
        for (let i = 0; i < x.length; i++)
          assert.ok(
            Math.abs(found[i]! - expected[i]!) <= 1e-6 * Math.max(1e-3, expected[i]!),
            `${i}: ${found[i]} ${expected[i]}`,
          );
      }),
      { numRuns: 25 },
    );
  });

  test(`${name} STA/LTA: no scale and no sign shows, white noise has ratio 1`, () => {
    const x = noise({ length: 5000, seed: 3, offset: 0 }).map((v, i) => (i % 1000 > 900 ? v / 20 : v));
    const windows = { staSec: 2, ltaSec: 30 };
    const plain = kernel(x, RATE, windows);
    const scaled = kernel(
      x.map((v) => -1e5 * v),
      RATE,
      windows,
    );
    assert.ok(plain.every((v, i) => Math.abs(v - scaled[i]!) < 1e-9));
    const mean = plain.subarray(400).reduce((sum, v) => sum + v, 0) / (plain.length - 400);
    assert.ok(Math.abs(mean - 1) < 0.05, String(mean));
  });

  test(`${name} STA/LTA: silence, one sample, none; NaN; windows that cannot be`, () => {
    const windows = { staSec: 1, ltaSec: 10 };
    assert.ok(kernel(new Float64Array(1000), RATE, windows).every((v) => v === 0));
    assert.equal(kernel([1], RATE, windows).length, 1);
    assert.equal(kernel([], RATE, windows).length, 0);
    assert.ok(Math.abs(kernel(new Int32Array(3000).fill(7), RATE, windows).at(-1)! - 1) < 1e-9);
    kernel(new Float64Array(5000).fill(Number.NaN), RATE, windows);
    assert.ok(kernel(noise({ length: 500, seed: 1, offset: 0 }), RATE, windows).every(Number.isFinite));
    for (const wrong of [
      { staSec: 0, ltaSec: 10 },
      { staSec: 10, ltaSec: 10 },
      { staSec: 1, ltaSec: Number.POSITIVE_INFINITY },
      { staSec: Number.NaN, ltaSec: 1 },
    ])
      assert.throws(() => kernel([1, 2], RATE, wrong), RangeError);
  });
}

test("classic STA/LTA of a steady level is 1 after a shock of 1e9: rounding does not stay in the running sums", () => {
  const x = new Float64Array(40_000).fill(1);
  x[500] = 1e9;
  const ratio = classicStaLta(x, RATE, { staSec: 1, ltaSec: 10 });
  assert.ok(ratio.subarray(10_000).every((v) => Math.abs(v - 1) < 1e-6));
});
