import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { fourierOf } from "./fourier.ts";

test("agrees with the sum of its definition, and comes back", () => {
  const n = 64;
  const random = randomStream(1, "fourier");
  const re = Float64Array.from({ length: n }, () => random.normal());
  const im = Float64Array.from({ length: n }, () => random.normal());
  const fr = re.slice();
  const fi = im.slice();
  fourierOf(n).forward(fr, fi);
  for (let k = 0; k < n; k++) {
    let r = 0;
    let i = 0;
    for (let j = 0; j < n; j++) {
      const a = (-2 * Math.PI * k * j) / n;
      r += re[j]! * Math.cos(a) - im[j]! * Math.sin(a);
      i += re[j]! * Math.sin(a) + im[j]! * Math.cos(a);
    }
    assert.ok(Math.hypot(r - fr[k]!, i - fi[k]!) < 1e-11);
  }
  fourierOf(n).inverse(fr, fi);
  for (let j = 0; j < n; j++) assert.ok(Math.hypot(fr[j]! / n - re[j]!, fi[j]! / n - im[j]!) < 1e-12);
});

test("a length that is no power of two is refused", () => {
  assert.throws(() => fourierOf(12), RangeError);
});
