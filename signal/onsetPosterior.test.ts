import assert from "node:assert/strict";
import { test } from "node:test";
import { mean, quantile, randomStream } from "@harken/core";
import fc from "fast-check";
import { onsetPosterior } from "./onsetPosterior.ts";

const RATE = 40;
const ONSET = 20 * RATE;
const rises = [0, 0, 0.1, 0.3, 1].map((sec) => sec * RATE);
const search = {
  noiseFrom: 200,
  from: 15 * RATE,
  to: 22 * RATE,
  earliest: 18 * RATE,
  latest: 21 * RATE,
  order: 10,
  rises,
};

const onsetOf = (seed: number) => ONSET + randomStream(seed, "onset").uniform();

/** Coloured noise of unit drive; a random signal of some amplitude from an onset between two samples on, growing over `riseSec`. */
function trace(seed: number, amplitude: number, riseSec: number): Float64Array {
  const random = randomStream(seed, "posterior");
  const onset = onsetOf(seed);
  let [a, b] = [0, 0];
  return Float64Array.from({ length: 30 * RATE }, (_, i) => {
    const t = (i - onset) / RATE;
    const growth = t < 0 ? 0 : riseSec > 0 ? Math.min(1, t / riseSec) : 1;
    [a, b] = [1.2 * a - 0.5 * b + random.normal() * Math.hypot(1, amplitude * growth), a];
    return a;
  });
}

test("over waves that grow as often as the rises say, the half width holds 90 % of the onsets and the mean is unbiased", () => {
  for (const amplitude of [3, 10, 50]) {
    const found = Array.from(
      { length: 250 },
      (_, seed) => onsetPosterior(trace(seed, amplitude, rises[seed % rises.length]! / RATE), search)!,
    );
    const errors = found.map(({ at }, seed) => at - onsetOf(seed));
    const held = found.filter(({ halfWidth90 }, k) => Math.abs(errors[k]!) <= halfWidth90).length / found.length;
    assert.ok(held > 0.84 && held < 0.97, `${amplitude}: ${held}`);
    assert.ok(Math.abs(mean(errors)) < 2, `${amplitude}: ${mean(errors)} samples`);
  }
});

test("weaker and slower waves have wider errors", () => {
  const width = (amplitude: number, riseSec: number) =>
    quantile(
      Array.from({ length: 40 }, (_, seed) => onsetPosterior(trace(seed, amplitude, riseSec), search)!.halfWidth90),
      0.5,
    );
  assert.ok(width(50, 0) < width(5, 0) && width(5, 0) < width(2, 0));
  assert.ok(width(10, 0) < width(10, 0.3) && width(10, 0.3) < width(10, 1));
});

test("the scale of the trace does not matter, and a trace moved by some samples moves the onset", () => {
  const x = trace(3, 10, 0.3);
  const found = onsetPosterior(x, search)!;
  const scaled = onsetPosterior(
    x.map((v) => 1e6 * v),
    search,
  )!;
  assert.ok(Math.abs(scaled.at - found.at) < 1e-9 && Math.abs(scaled.halfWidth90 - found.halfWidth90) < 1e-9);
  const moved = Float64Array.from(x, (_, i) => x[i - 7] ?? 0);
  const by7 = (n: number) => n + 7;
  const later = onsetPosterior(moved, {
    ...search,
    ...{ noiseFrom: by7(search.noiseFrom), from: by7(search.from), to: by7(search.to) },
    ...{ earliest: by7(search.earliest), latest: by7(search.latest) },
  })!;
  assert.ok(Math.abs(later.at - found.at - 7) < 1e-9);
});

test("silence, short noise, no room and what is not a number give null; nothing is thrown", () => {
  assert.equal(onsetPosterior(new Float64Array(1200), search), null);
  assert.equal(onsetPosterior(trace(1, 5, 0), { ...search, to: 9999 }), null);
  assert.equal(onsetPosterior(trace(1, 5, 0), { ...search, noiseFrom: search.from - 10 }), null);
  assert.equal(onsetPosterior(trace(1, 5, 0), { ...search, latest: search.earliest - 1 }), null);
  assert.equal(onsetPosterior(trace(1, 5, 0), { ...search, rises: [] }), null);
  const whole = fc.integer({ min: -50, max: 1300 });
  fc.assert(
    fc.property(
      whole,
      whole,
      whole,
      whole,
      whole,
      fc.constantFrom(0, 1, Number.NaN, Infinity, 1e300),
      (a, b, c, d, e, v) => {
        const x = trace(2, 5, 0);
        x[700] = v;
        const found = onsetPosterior(x, { noiseFrom: a, from: b, to: c, earliest: d, latest: e, order: 10, rises });
        assert.ok(found === null || (Number.isFinite(found.at) && found.halfWidth90 >= 0));
      },
    ),
    { numRuns: 200 },
  );
});
