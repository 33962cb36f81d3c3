import assert from "node:assert/strict";
import { test } from "node:test";
import { packBits } from "../messages.test.ts";
import { unpackIntegers } from "./bits.ts";
import { unpackIeee } from "./ieee.ts";
import { roomFor, scalingOf } from "./scaling.ts";
import { unpackSimple } from "./simple.ts";
import { triangle, unpackSpectralComplex, unpackSpectralSimple } from "./spectral.ts";

test("integers of every width up to 32 bits, from any bit on, as a string of digits has them", () => {
  for (let bits = 1; bits <= 32; bits++) {
    const integers = Array.from({ length: 23 }, (_, i) => Math.floor(((i * 0.6180339887) % 1) * 2 ** bits));
    for (const skip of [0, 3, 8]) {
      const lead = "1".repeat(skip);
      const text = lead + integers.map((x) => x.toString(2).padStart(bits, "0")).join("");
      const bytes = Uint8Array.from(packBits([...text].map(Number), 1));
      const out = new Float64Array(23);
      unpackIntegers(bytes, skip, bits, 23, out);
      assert.deepEqual([...out], integers, `${bits} bits after ${skip}`);
    }
    const scaling = { offset: 5, step: 0.25 };
    const values = unpackSimple(Uint8Array.from(packBits(integers, bits)), bits, 23, scaling)!;
    values.forEach((v, i) => {
      assert.ok(Math.abs(v - (5 + integers[i]! / 4)) <= 0.125, `${bits} bits`);
    });
  }
});

test("float32 only where it tells neighbouring integers apart", () => {
  assert.ok(roomFor(1, { offset: 250, step: 2 ** -10 }, 2 ** 16 - 1) instanceof Float32Array);
  assert.ok(roomFor(1, { offset: 100_000, step: 2 ** -10 }, 2 ** 16 - 1) instanceof Float64Array);
  assert.equal(roomFor(1, scalingOf(1e38, 2000, -3000), 10), null);
  assert.deepEqual(scalingOf(30, 3, 1), { offset: 3, step: 0.8 });
});

test("IEEE numbers, with NaN for what is none", () => {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setFloat32(0, 1.5);
  view.setFloat32(4, Infinity);
  view.setFloat64(8, -2.25);
  assert.deepEqual([...unpackIeee(bytes, 4, 2)], [1.5, Number.NaN]);
  assert.equal(unpackIeee(bytes, 8, 2)[1], -2.25);
});

const TRUNCATION = 4;
/** Degrees of the coefficients in their order. */
const degrees = Array.from({ length: TRUNCATION + 1 }, (_, m) =>
  Array.from({ length: TRUNCATION + 1 - m }, (_, k) => [m + k, m] as const),
).flat();
const scaling = { offset: -8, step: 2 ** -10 };
const packed = (value: number) => Math.round((value - scaling.offset) / scaling.step);

test("spectral coefficients: the low triangle as it is, the others divided by (n (n + 1))^P", () => {
  const coefficients = degrees.flatMap(([n, m]) => [10 / (n + 1), m === 0 ? 0 : -3 / (n + m)]);
  const [low, power] = [2, 0.75];
  for (const lastDegreeMultiplied of [false, true]) {
    const plain: number[] = [];
    const multiplied: number[] = [];
    degrees.forEach(([n], i) => {
      const factor = (n * (n + 1)) ** power;
      const pair = [coefficients[2 * i]!, coefficients[2 * i + 1]!];
      if (n > low) multiplied.push(...pair.map((x) => x * factor));
      else plain.push(...pair.map((x) => (n === low && lastDegreeMultiplied ? x * factor : x)));
    });
    assert.equal(plain.length, triangle(low));
    const values = unpackSpectralComplex(
      Uint8Array.from(packBits(multiplied.map(packed), 16)),
      {
        truncation: TRUNCATION,
        unpackedTruncation: low,
        unpacked: (k) => plain[k]!,
        bits: 16,
        laplacePower: power,
        lastDegreeMultiplied,
      },
      scaling,
    )!;
    coefficients.forEach((expected, i) => {
      assert.ok(Math.abs(values[i]! - expected) < 2 ** -11, `${i}: ${values[i]} ${expected}`);
    });
  }
});

test("spectral coefficients, simply packed: the mean stands alone, zonal ones are real", () => {
  const coefficients = degrees.flatMap(([n, m]) => [n === 0 ? 55_628 : 2 / n, m === 0 ? 0 : 1 / (n + m)]);
  const bytes = Uint8Array.from(packBits(coefficients.slice(1).map(packed), 16));
  const values = unpackSpectralSimple(bytes, 16, TRUNCATION, 55_628, scaling)!;
  coefficients.forEach((expected, i) => {
    assert.ok(Math.abs(values[i]! - expected) <= 2 ** -11, `${i}`);
  });
});
