import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { fourierOf } from "./fourier.ts";
import { realFourierOf } from "./realFourier.ts";

const noise = (length: number, seed: number) => {
  const random = randomStream(seed, "real fourier");
  return Float32Array.from({ length }, () => random.normal());
};

test("f32 transforms agree with the f64 twin to 1e-6 of their largest value, and come back, at any length", () => {
  for (const n of [1, 2, 3, 4, 8, 15, 16, 32, 64, 100, 128, 360, 1000, 1024, 2048, 4096, 16_384, 65_536, 131_072]) {
    const fourier = realFourierOf(n);
    const x = noise(n, n);
    const [re, im] = [new Float32Array(fourier.bins), new Float32Array(fourier.bins)];
    fourier.forward(x, re, im);
    const [tr, ti] = [Float64Array.from(x), new Float64Array(n)];
    fourierOf(n).forward(tr, ti);
    const most = tr.reduce((m, v, k) => Math.max(m, Math.hypot(v, ti[k]!)), 0);
    re.forEach((v, k) => {
      assert.ok(Math.hypot(v - tr[k]!, im[k]! - ti[k]!) < 1e-6 * most, `${n}: ${k}`);
    });
    const back = new Float32Array(n);
    fourier.inverse(re, im, back);
    back.forEach((v, i) => {
      assert.ok(Math.abs(v - x[i]!) < 3e-6, `${n}: ${i}`);
    });
  }
});

test("a shift turns phases, sums are kept, and the energy is the trace's (Parseval)", () => {
  const n = 512;
  const fourier = realFourierOf(n);
  const [x, y] = [noise(n, 1), noise(n, 2)];
  const transform = (trace: Float32Array) => {
    const [re, im] = [new Float32Array(fourier.bins), new Float32Array(fourier.bins)];
    fourier.forward(trace, re, im);
    return { re, im };
  };
  const [a, b] = [transform(x), transform(y)];
  const sum = transform(x.map((v, i) => 2 * v - y[i]!));
  const shifted = transform(x.map((_, i) => x[(i + n - 5) % n]!));
  let energy = 0;
  for (let k = 0; k < fourier.bins; k++) {
    assert.ok(Math.abs(sum.re[k]! - (2 * a.re[k]! - b.re[k]!)) < 1e-3);
    const [c, s] = [Math.cos((2 * Math.PI * 5 * k) / n), -Math.sin((2 * Math.PI * 5 * k) / n)];
    assert.ok(
      Math.hypot(shifted.re[k]! - (a.re[k]! * c - a.im[k]! * s), shifted.im[k]! - (a.re[k]! * s + a.im[k]! * c)) < 1e-3,
    );
    energy += (k === 0 || k === n / 2 ? 1 : 2) * (a.re[k]! ** 2 + a.im[k]! ** 2);
  }
  const own = x.reduce((total, v) => total + v * v, 0);
  assert.ok(Math.abs(energy / n / own - 1) < 1e-5);
  assert.throws(() => realFourierOf(0), RangeError);
  assert.throws(() => realFourierOf(12.5), RangeError);
});
