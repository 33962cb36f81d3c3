import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { gridTwin, planGrid } from "./slownessGrid.ts";

const shapes = fc.record({
  total: fc.integer({ min: 3, max: 26 }),
  frequencies: fc.integer({ min: 0, max: 9 }),
  half: fc.integer({ min: 1, max: 14 }),
  seed: fc.nat(1e6),
});

function made({ total, frequencies, half, seed }: { total: number; frequencies: number; half: number; seed: number }) {
  const random = randomStream(seed, "grid");
  const elements = Array.from({ length: total }, () => ({ northKm: 2 * random.normal(), eastKm: 2 * random.normal() }));
  const omega = Float64Array.from({ length: frequencies }, (_, k) => 2 * Math.PI * (1 + k / 3));
  const shape = { elements, omega, maxSlownessSecPerKm: 0.4, gridCount: 2 * half + 1 };
  const draw = () => Float64Array.from({ length: total * frequencies }, () => random.normal());
  return { shape, re: draw(), im: draw(), power: () => new Float64Array(shape.gridCount ** 2) };
}

test("the kernel is its twin to 1e-6 of the largest power, for arrays and grids of every size, and plans do not disturb each other", () => {
  let before: (() => void) | null = null;
  fc.assert(
    fc.property(shapes, (given) => {
      const { shape, re, im, power } = made(given);
      const grid = planGrid(shape);
      const expected = power();
      gridTwin(shape).fill(re, im, expected);
      const most = expected.reduce((a, b) => Math.max(a, b), 1e-30);
      const look = () => {
        const found = power().fill(Number.NaN);
        grid.fill(re, im, found);
        for (let i = 0; i < found.length; i++)
          assert.ok(Math.abs(found[i]! - expected[i]!) < 1e-6 * most, `${i}: ${found[i]} ${expected[i]}`);
      };
      look();
      before?.();
      look();
      before = look;
    }),
    { numRuns: 30 },
  );
});

test("power is that of the amplitudes' square, and one phase for all elements does not show", () => {
  const { shape, re, im, power } = made({ total: 9, frequencies: 5, half: 10, seed: 4 });
  const grid = planGrid(shape);
  const [plain, twice, turned] = [power(), power(), power()];
  grid.fill(re, im, plain);
  grid.fill(
    re.map((v) => 2 * v),
    im.map((v) => 2 * v),
    twice,
  );
  grid.fill(
    im.map((v) => -v),
    re,
    turned,
  );
  const most = Math.max(...plain);
  plain.forEach((v, i) => {
    assert.ok(Math.abs(twice[i]! - 4 * v) < 1e-5 * most);
    assert.ok(Math.abs(turned[i]! - v) < 1e-5 * most);
  });
});
