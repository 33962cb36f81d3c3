import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { caponPower, planCapon } from "./capon.ts";
import { planSlowness } from "./fk.ts";
import { slideSlowness } from "./slidingFk.ts";

const RATE = 20;
const ring = (count: number, radiusKm: number) =>
  Array.from({ length: count }, (_, k) => ({
    northKm: radiusKm * Math.cos((2 * Math.PI * k) / count),
    eastKm: radiusKm * Math.sin((2 * Math.PI * k) / count),
  }));
const elements = [{ northKm: 0, eastKm: 0 }, ...ring(3, 0.5), ...ring(7, 1.2)];
const search = { lowHz: 1, highHz: 2.5, maxSlownessSecPerKm: 0.4, gridCount: 41 };

test("one wave of power S in noise of power N at n elements: S + N / n at its own slowness, and by the matrix inverse elsewhere", () => {
  const n = 6;
  const [signal, noise] = [3, 0.5];
  const phases = Float64Array.from({ length: n }, (_, j) => j * j * 0.7);
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      re[a * n + b] = signal * Math.cos(phases[a]! - phases[b]!) + (a === b ? noise : 0);
      im[a * n + b] = signal * Math.sin(phases[a]! - phases[b]!);
    }
  const other = phases.map((p, j) => p + 0.9 * j);
  const [own, elsewhere] = caponPower(re, im, [phases, other]) as unknown as [number, number];
  assert.ok(Math.abs(own - (signal + noise / n)) < 1e-12);
  // R^-1 = (I - S a a* / (N + n S)) / N (Sherman and Morrison).
  let [x, y] = [0, 0];
  other.forEach((p, j) => {
    x += Math.cos(p - phases[j]!);
    y += Math.sin(p - phases[j]!);
  });
  assert.ok(Math.abs(elsewhere - noise / (n - (signal * (x * x + y * y)) / (noise + n * signal))) < 1e-12);
});

/** Plane waves of noise in the band, each from its own slowness, and a little noise at each element. */
function waves(slownesses: readonly (readonly [north: number, east: number])[], length: number, seed: number) {
  const random = randomStream(seed, "capon");
  const lines = slownesses.map(() =>
    Array.from({ length: 60 }, () => ({ hz: 0.8 + 2 * random.uniform(), phase: 6.283 * random.uniform() })),
  );
  return elements.map(({ northKm, eastKm }) =>
    Float64Array.from({ length }, (_, i) =>
      slownesses.reduce(
        (sum, [north, east], w) =>
          sum +
          lines[w]!.reduce(
            (s, { hz, phase }) => s + Math.sin(2 * Math.PI * hz * (i / RATE + north * northKm + east * eastKm) + phase),
            0,
          ),
        0.3 * random.normal(),
      ),
    ),
  );
}
const at = (grid: Float64Array, north: number, east: number) =>
  grid[Math.round((north + 0.4) / 0.02) * 41 + Math.round((east + 0.4) / 0.02)]!;

test("the peak is at the wave's slowness, on the same grid as Bartlett's", () => {
  const windows = waves([[0.12, -0.2]], 1200, 1);
  const grid = planCapon(elements, RATE, 1200, search).grid(windows);
  const best = grid.reduce((k, v, i) => (v > grid[k]! ? i : k), 0);
  assert.deepEqual([Math.floor(best / 41), best % 41], [26, 10]);
  const plain = planSlowness(elements, RATE, 1200, search).grid(windows);
  const widest = plain.reduce((k, v, i) => (v > plain[k]! ? i : k), 0);
  assert.equal(widest, best);
});

test("two waves that the plain beam takes for one stand apart", () => {
  const pair = [
    [0.1, 0.1],
    [0.1, -0.08],
  ] as const;
  const windows = waves(pair, 6000, 2);
  const capon = planCapon(elements, RATE, 6000, { ...search, highHz: 1.6 }, { stretches: 60, loading: 0.001 }).grid(
    windows,
  );
  const between = at(capon, 0.1, 0);
  assert.ok(
    at(capon, 0.1, 0.1) > 1.5 * between && at(capon, 0.1, -0.08) > 1.5 * between,
    [0.1, 0, -0.08].map((e) => at(capon, 0.1, e)).join(" "),
  );
});

test("silence has no power, what cannot be is refused", () => {
  const plan = planCapon(elements, RATE, 400, search);
  assert.ok(plan.grid(elements.map(() => new Float64Array(400))).every((v) => v === 0));
  assert.ok(plan.grid(elements.map(() => new Float64Array(400).fill(Number.NaN))).every((v) => v === 0));
  assert.throws(() => planCapon(elements.slice(0, 2), RATE, 400, search), RangeError);
  assert.throws(() => planCapon(elements, RATE, 20, search), RangeError);
  assert.throws(() => planCapon(elements, RATE, 400, { ...search, gridCount: 40 }), RangeError);
});

test("sliding f-k: each window's peak is that of the plan alone, and follows a change of direction", () => {
  const [first, second] = [waves([[0.2, 0]], 400, 3), waves([[0, -0.25]], 400, 4)];
  const traces = first.map((x, j) => Float64Array.of(...x, ...second[j]!));
  const plan = planSlowness(elements, RATE, 80, search);
  const found = [...slideSlowness(plan, traces, 80, 40)];
  assert.deepEqual(
    found.map(({ from }) => from),
    Array.from({ length: 19 }, (_, i) => 40 * i),
  );
  assert.deepEqual(found[7]!.peak, plan.search(traces.map((x) => x.subarray(280, 360))));
  for (const { from, peak } of found) {
    if (from + 80 <= 400) assert.ok(Math.hypot(peak!.northSecPerKm - 0.2, peak!.eastSecPerKm) < 0.03);
    if (from >= 400) assert.ok(Math.hypot(peak!.northSecPerKm, peak!.eastSecPerKm + 0.25) < 0.03);
  }
  assert.equal([...slideSlowness(plan, [new Float64Array(10)], 80, 40)].length, 0);
  assert.throws(() => [...slideSlowness(plan, traces, 80, 0)], RangeError);
});
