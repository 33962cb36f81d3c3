import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { correlateChannels, correlateTemplates } from "./correlation.ts";

const noise = (length: number, seed: number, offset = 0) => {
  const random = randomStream(seed, "correlation");
  return Float64Array.from({ length }, () => offset + random.normal());
};

/** Pearson's coefficient at every lag, in f64. */
function twin(template: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const n = template.length;
  const about = (a: ArrayLike<number>, from: number) => {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += a[from + i]! / n;
    return Array.from({ length: n }, (_, i) => a[from + i]! - mean);
  };
  const t = about(template, 0);
  const norm = Math.hypot(...t);
  return Float64Array.from({ length: Math.max(0, x.length - n + 1) }, (_, lag) => {
    const w = about(x, lag);
    const own = Math.hypot(...w);
    return own > 0 && norm > 0 ? w.reduce((sum, v, i) => sum + v * t[i]!, 0) / own / norm : 0;
  });
}

/** Root of the trace's mean power over that of the window at each lag, 1 at the least. */
function quietness(x: Float64Array, n: number, lag: number): number {
  const power = (from: number, to: number) => {
    const part = x.subarray(from, to);
    const mean = part.reduce((sum, v) => sum + v, 0) / part.length;
    return part.reduce((sum, v) => sum + (v - mean) ** 2, 0) / part.length;
  };
  return Math.max(1, Math.sqrt(power(0, x.length) / power(lag, lag + n)));
}

test("coefficients are Pearson's to 1e-6 where a window is as strong as its trace, for templates and traces of any length and offset", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300 }),
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: -1000, max: 1000 }),
      (n, length, offset) => {
        const templates = [noise(n, 1, offset), noise(n, 2)];
        const x = noise(length, 3, offset);
        correlateTemplates(templates, x).forEach((found, t) => {
          const expected = twin(templates[t]!, x);
          assert.equal(found.length, expected.length);
          found.forEach((v, i) => {
            const bound = 1e-6 * quietness(x, n, i);
            assert.ok(Math.abs(v - expected[i]!) < bound, `${i}: ${v} ${expected[i]} ${bound}`);
          });
        });
      },
    ),
    { numRuns: 12 },
  );
});

test("blocks join without a seam: a trace of several transforms, and a template longer than their least", () => {
  for (const [n, length] of [
    [50, 30_000],
    [3000, 30_000],
  ] as const) {
    const x = noise(length, 5);
    const [found] = correlateTemplates([x.slice(12_345, 12_345 + n)], x) as unknown as readonly [Float32Array];
    assert.ok(Math.abs(found[12_345]! - 1) < 1e-6);
    for (const from of [0, 5188, 8140, 8141, 8142, 13_000, 27_000]) {
      const expected = twin(x.slice(12_345, 12_345 + n), x.slice(from, from + n + 40));
      expected.forEach((v, i) => {
        if (from + i < found.length) assert.ok(Math.abs(v - found[from + i]!) < 1e-6, `${n}: ${from + i}`);
      });
    }
  }
});

test("scale and offset do not show, of either; the negative has the negative coefficient", () => {
  const [t, x] = [noise(100, 1), noise(1000, 2)];
  const [plain] = correlateTemplates([t], x) as unknown as readonly [Float32Array];
  for (const factor of [1e-20, 1e12, 1e60]) {
    const [scaled] = correlateTemplates(
      [t.map((v) => 5 - 3 * v)],
      x.map((v) => factor * v),
    ) as unknown as readonly [Float32Array];
    plain.forEach((v, i) => {
      assert.ok(Math.abs(v + scaled[i]!) < 1e-6);
    });
  }
});

test("silence, constants, NaN and infinity have 0 and stay where they are; what cannot be is refused", () => {
  const x = noise(20_000, 3);
  x.fill(7, 4000, 5000);
  x[9000] = Number.NaN;
  x[15_000] = Number.POSITIVE_INFINITY;
  const t = noise(100, 4);
  const [found] = correlateTemplates([t], x) as unknown as readonly [Float32Array];
  assert.ok(found.every((v) => Math.abs(v) <= 1));
  assert.ok(found.subarray(4000, 4900).every((v) => v === 0) && found.subarray(8901, 9001).every((v) => v === 0));
  assert.ok(found[8900] !== 0 && found[9001] !== 0 && found[14_901] === 0);
  assert.ok(correlateTemplates([new Float64Array(10).fill(3)], x)[0]!.every((v) => v === 0));
  assert.equal(correlateTemplates([t], [])[0]!.length, 0);
  assert.deepEqual(correlateTemplates([], x), []);
  assert.throws(() => correlateTemplates([t, [1, 2]], x), RangeError);
  assert.throws(() => correlateTemplates([[1]], x), RangeError);
  assert.throws(() => correlateTemplates([t], x, [new Float32Array(3)]), RangeError);
  assert.throws(() => correlateTemplates([t], x, []), RangeError);
});

test("channels at their delays add up to the event: noise at each hides it, the mean shows it", () => {
  const signals = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => noise(80, seed));
  const delays = [0, 13, -20, 55, 7, 90, -40, 31];
  const channels = signals.map((template, c) => {
    const samples = noise(4000, 100 + c).map((v) => 1.5 * v);
    template.forEach((v, i) => {
      samples[2000 + delays[c]! + i]! += v;
    });
    return { template, samples, delaySamples: delays[c]! };
  });
  const mean = correlateChannels(channels);
  const best = mean.reduce((at, v, i) => (v > mean[at]! ? i : at), 0);
  assert.equal(best, 2000);
  const [alone] = correlateTemplates([signals[3]!], channels[3]!.samples) as unknown as readonly [Float32Array];
  assert.ok(
    Math.abs(
      mean[500]! -
        channels.reduce(
          (sum, { template, samples, delaySamples }) => sum + twin(template, samples)[500 + delaySamples]!,
          0,
        ) /
          8,
    ) < 1e-6,
  );
  assert.ok(mean[2000]! > 8 * Math.sqrt(mean.reduce((s, v) => s + v * v, 0) / mean.length) && alone[2055]! < 0.8);
  assert.equal(mean[10], 0);
  assert.equal(correlateChannels([]).length, 0);
  assert.throws(() => correlateChannels([{ ...channels[0]!, delaySamples: 0.5 }]), RangeError);
});
