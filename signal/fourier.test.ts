import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { fourierOf } from "./fourier.ts";

/** X[k] by the sum of its definition. */
function definition(re: Float64Array, im: Float64Array, k: number): [number, number] {
  const n = re.length;
  let [r, i] = [0, 0];
  for (let j = 0; j < n; j++) {
    const a = (-2 * Math.PI * ((k * j) % n)) / n;
    r += re[j]! * Math.cos(a) - im[j]! * Math.sin(a);
    i += re[j]! * Math.sin(a) + im[j]! * Math.cos(a);
  }
  return [r, i];
}

const noise = (length: number, seed: number) => {
  const random = randomStream(seed, "fourier");
  return Float64Array.from({ length }, () => random.normal());
};

test("lengths of every kind agree with the sum of the definition, keep the energy, and come back", () => {
  for (const n of [1, 2, 3, 4, 5, 7, 12, 17, 64, 97, 100, 255, 360, 1001]) {
    const [re, im] = [noise(n, 1), noise(n, 2)];
    const [fr, fi] = [re.slice(), im.slice()];
    fourierOf(n).forward(fr, fi);
    for (let k = 0; k < n; k++) {
      const [r, i] = definition(re, im, k);
      assert.ok(Math.hypot(r - fr[k]!, i - fi[k]!) < 1e-10, `${n}: ${k}`);
    }
    const energy = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * v + b[i]! ** 2, 0);
    assert.ok(Math.abs(energy(fr, fi) / n / energy(re, im) - 1) < 1e-12);
    fourierOf(n).inverse(fr, fi);
    for (let j = 0; j < n; j++) assert.ok(Math.hypot(fr[j]! / n - re[j]!, fi[j]! / n - im[j]!) < 1e-12);
  }
});

test("lengths that are none are refused", () => {
  for (const wrong of [0, -4, 2.5, Number.NaN, 1e9]) assert.throws(() => fourierOf(wrong), RangeError);
});
