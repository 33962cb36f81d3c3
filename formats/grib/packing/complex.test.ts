import assert from "node:assert/strict";
import { test } from "node:test";
import { packBits } from "../messages.test.ts";
import { octetsOf } from "../octets.ts";
import { unpackComplex } from "./complex.ts";

const GROUP = 5;
const WIDTH = 7;

const octets = (value: number, count: number) =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256);

/** Section 5 and the data of section 7 for integers in groups of five with one width, as the manual lays them out. */
function encode(
  integers: readonly (number | "primary" | "secondary")[],
  { order = 0, missing = 0, first = [] as number[], least = 0 } = {},
) {
  const groups = Array.from({ length: Math.ceil(integers.length / GROUP) }, (_, g) =>
    integers.slice(g * GROUP, (g + 1) * GROUP),
  );
  const references = groups.map((group) => Math.min(...group.filter((x) => typeof x === "number")));
  const inGroups = groups.flatMap((group, g) =>
    group.map((x) => (x === "primary" ? 2 ** WIDTH - 1 : x === "secondary" ? 2 ** WIDTH - 2 : x - references[g]!)),
  );
  const last = groups.at(-1)!.length;
  const section5 = Uint8Array.from([
    ...[...octets(0, 4), 5, ...octets(integers.length, 4), 0, order > 0 ? 3 : 2, ...octets(0, 4), 0, 0, 0, 0],
    ...[12, 0, 1, missing, ...octets(0, 8), ...octets(groups.length, 4), WIDTH, 0, ...octets(GROUP, 4), 1],
    ...[...octets(last, 4), 0, order, 2],
  ]);
  const signed = (x: number) => octets(x < 0 ? 2 ** 15 - x : x, 2);
  const descriptors = order > 0 ? [...first.flatMap(signed), ...signed(least)] : [];
  const data = Uint8Array.from([...descriptors, ...packBits(references, 12), ...packBits(inGroups, WIDTH)]);
  return { section5: octetsOf(section5), data };
}

const PLAIN = { offset: 100, step: 0.5 };
const series = Array.from({ length: 38 }, (_, i) => 40 + Math.round(30 * Math.sin(i / 4)));

test("groups, and missing values of both kinds", () => {
  const plain = encode(series);
  const values = unpackComplex(plain.section5, plain.data, series.length, PLAIN, false);
  assert.deepEqual(
    Array.from(values as Float32Array),
    series.map((x) => 100 + x / 2),
  );
  const gaps = series.map((x, i) => (i % 7 === 2 ? "primary" : i % 11 === 4 ? "secondary" : x));
  const marked = encode(gaps, { missing: 2 });
  const found = unpackComplex(marked.section5, marked.data, gaps.length, PLAIN, false) as Float32Array;
  gaps.forEach((x, i) => {
    assert.equal(found[i], typeof x === "number" ? 100 + x / 2 : Number.NaN);
  });
});

test("first and second differences sum up to the series, missing values stepped over", () => {
  for (const order of [1, 2]) {
    const known = series.flatMap((x, i) => (i % 9 === 3 ? [] : [x]));
    let differences = known.slice();
    for (let k = 0; k < order; k++) differences = differences.map((x, i) => (i < k + 1 ? x : x - differences[i - 1]!));
    const least = Math.min(...differences.slice(order));
    let next = 0;
    const packed = series.map((_, i) => {
      if (i % 9 === 3) return "primary";
      // The first values stand before the groups; what is packed in their places does not count.
      const k = next++;
      return k < order ? 0 : differences[k]! - least;
    });
    const { section5, data } = encode(packed, { order, missing: 1, first: known.slice(0, order), least });
    const found = unpackComplex(section5, data, series.length, PLAIN, true) as Float32Array;
    series.forEach((x, i) => {
      assert.equal(found[i], i % 9 === 3 ? Number.NaN : 100 + x / 2, `order ${order}, ${i}`);
    });
  }
});

test("what does not fit together is said", () => {
  const { section5, data } = encode(series);
  assert.match(String(unpackComplex(section5, data, 30, PLAIN, false)), /38 values instead of 30/);
  assert.match(String(unpackComplex(section5, data.subarray(0, 30), 38, PLAIN, false)), /end after 30/);
});
