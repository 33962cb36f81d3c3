import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { taper } from "./spectrum.ts";
import { kernelPowers, plainPowers } from "./welchPowers.ts";

test("the kernel's sum of powers is that of the plain twin to 1e-6, whatever the length, offset, slope and unit", () => {
  const random = randomStream(1, "powers");
  for (const [segment, scale] of [
    [8, 1],
    [64, 1e-12],
    [512, 1e20],
    [4096, 1],
  ] as const) {
    const window = taper(new Float64Array(segment).fill(1), 0.3);
    const samples = Float64Array.from(
      { length: 3 * segment + 5 },
      (_, i) => scale * (random.normal() + Math.sin(0.7 * i) + 300 + 0.01 * i),
    );
    const hop = segment / 4;
    const [kernel, plain] = [kernelPowers(window)(samples, hop), plainPowers(window)(samples, hop)];
    assert.equal(kernel.count, Math.floor((2 * segment + 5) / hop) + 1);
    assert.equal(plain.count, kernel.count);
    assert.equal(kernel.sum.length, segment / 2 + 1);
    const most = plain.sum.reduce((a, b) => Math.max(a, b));
    assert.ok(most > 0);
    plain.sum.forEach((power, k) => {
      assert.ok(Math.abs(kernel.sum[k]! - power) <= 1e-6 * Math.max(power, 1e-6 * most), `${segment} ${k}`);
    });
  }
});

test("stretches of one value have no power, and one call's stretches are not another's", () => {
  const window = new Float64Array(16).fill(1);
  const powers = kernelPowers(window);
  const random = randomStream(2, "powers");
  const noise = Float64Array.from({ length: 100 }, () => random.normal());
  const first = powers(noise, 8);
  assert.ok(powers(new Float64Array(100).fill(7), 8).sum.every((power) => power === 0));
  assert.deepEqual(powers(noise, 8), first);
  assert.equal(powers(noise.subarray(0, 15), 8).count, 0);
});
