import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { envelope, quadrature } from "./envelope.ts";

test("a modulated sine has its modulation as envelope, and the sine's quadrature is minus its cosine", () => {
  const n = 5000;
  const level = (i: number) => Math.exp(-(((i - 2500) / 600) ** 2)) * (1.5 + Math.sin(i / 300));
  const x = Float64Array.from({ length: n }, (_, i) => level(i) * Math.sin(i * 0.7 + 0.3));
  const found = envelope(x);
  const q = quadrature(x);
  for (let i = 0; i < n; i++) {
    assert.ok(Math.abs(found[i]! - level(i)) < 1e-4, `${i}: ${found[i]} ${level(i)}`);
    assert.ok(Math.abs(q[i]! + level(i) * Math.cos(i * 0.7 + 0.3)) < 1e-4);
  }
});

test("the quadrature is linear, keeps the energy of a trace that begins and ends in silence, and twice is the negative", () => {
  const random = randomStream(4, "envelope");
  const x = Float64Array.from({ length: 1000 }, (_, i) => (i > 300 && i < 700 ? Math.sin(i) * random.normal() : 0));
  x[350]! -= x.reduce((a, b) => a + b, 0);
  const long = new Float64Array(8192);
  long.set(x, 3000);
  const q = quadrature(long);
  const energy = (v: Float64Array) => v.reduce((sum, a) => sum + a * a, 0);
  assert.ok(Math.abs(energy(q) / energy(long) - 1) < 1e-3);
  const sum = quadrature(long.map((v, i) => 2 * v - Math.cos(i / 50)));
  const other = quadrature(long.map((_, i) => Math.cos(i / 50)));
  const twice = quadrature(q);
  q.forEach((v, i) => {
    assert.ok(Math.abs(sum[i]! - (2 * v - other[i]!)) < 1e-9);
    assert.ok(Math.abs(twice[i]! + long[i]!) < 1e-2, `${i}: ${twice[i]} ${long[i]}`);
  });
});

test("none, one sample, silence, NaN", () => {
  assert.equal(envelope([]).length, 0);
  assert.equal(envelope([3])[0], 3);
  assert.ok(envelope(new Float64Array(100)).every((v) => v === 0));
  assert.ok(envelope([1, Number.NaN, 1]).every(Number.isNaN));
});
