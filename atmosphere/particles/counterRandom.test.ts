import assert from "node:assert/strict";
import { test } from "node:test";
import { normalCdf } from "@harken/core";
import { testScale } from "@harken/testing";
import { counterRandom, philox4x32 } from "./counterRandom.ts";

test("Philox4x32-10: the known answers of Random123 (kat_vectors)", () => {
  const out = new Int32Array(4);
  for (const [counter, key, answer] of [
    ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const) {
    const [c0, c1, c2, c3] = counter.split(" ").map((word) => Number.parseInt(word, 16) | 0);
    const [k0, k1] = key.split(" ").map((word) => Number.parseInt(word, 16) | 0);
    philox4x32(c0!, c1!, c2!, c3!, k0!, k1!, out);
    assert.equal(Array.from(out, (word) => (word >>> 0).toString(16).padStart(8, "0")).join(" "), answer);
  }
});

test("normal deviates: moments to the sixth and thirty equal parts of the distribution function", () => {
  const count = testScale(30_000_000, 600_000);
  const random = counterRandom(7);
  const bins = new Float64Array(30);
  const moments = new Float64Array(7);
  for (let particle = 0; particle < count / 6; particle++) {
    random.seek(particle, 11);
    for (let k = 0; k < 6; k++) {
      const x = random.normal();
      bins[Math.min(29, Math.floor(30 * normalCdf(x)))]!++;
      for (let power = 1, value = x; power <= 6; power++, value *= x) moments[power]! += value / count;
    }
  }
  // Standard errors of the sample moments: sqrt((m(2k) - m(k)^2) / n).
  [0, 1, 0, 3, 0, 15].forEach((expected, i) => {
    const variance = [1, 2, 15, 96, 945, 10_170][i]!;
    const off = (moments[i + 1]! - expected) / Math.sqrt(variance / count);
    assert.ok(Math.abs(off) < 4, `moment ${i + 1}: ${moments[i + 1]}, ${off.toFixed(1)} standard errors`);
  });
  const chi2 = bins.reduce((sum, n) => sum + (n - count / 30) ** 2 / (count / 30), 0);
  // 99.9 % of chi-squared with 29 degrees of freedom.
  assert.ok(chi2 < 58.3, `${chi2}`);
});

test("the tail beyond 3.44 has its share and its shape", () => {
  const random = counterRandom(12);
  const count = testScale(40_000_000, 2_000_000);
  const beyond = [3.0, 3.5, 4.0];
  const found = [0, 0, 0];
  for (let particle = 0; particle < count / 4; particle++) {
    random.seek(particle, -1);
    for (let k = 0; k < 4; k++) {
      const x = Math.abs(random.normal());
      beyond.forEach((limit, i) => {
        if (x > limit) found[i]!++;
      });
    }
  }
  beyond.forEach((limit, i) => {
    const expected = 2 * normalCdf(-limit) * count;
    assert.ok(Math.abs(found[i]! - expected) < 4 * Math.sqrt(expected), `${limit}: ${found[i]} of ${expected}`);
  });
});

test("the same seed, particle and step give the same numbers in any order; others do not", () => {
  const draw = (seed: number, particle: number, step: number) => {
    const random = counterRandom(seed);
    random.seek(99, 99);
    random.uniform();
    random.seek(particle, step);
    return [random.uniform(), random.normal(), random.uniform()];
  };
  assert.deepEqual(draw(1, 2, 3), draw(1, 2, 3));
  for (const other of [draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4), draw(1 + 2 ** 32, 2, 3), draw(1, 2, -3)])
    assert.notDeepEqual(other, draw(1, 2, 3));
  const random = counterRandom(5);
  random.seek(0, 0);
  for (let i = 0; i < 1000; i++) {
    const u = random.uniform();
    assert.ok(u > 0 && u < 1);
  }
});
