import assert from "node:assert/strict";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { isComplaint } from "../field.ts";
import { octetsOf } from "../octets.ts";
import { readProduct2 } from "./product.ts";

const origin = { centre: 98, referenceTime: epoch(2024, 6, 3, 12) };

/** Section 4 of a template: precipitation at the ground, six hours on; `put` writes octets by their number in the Manual on Codes. */
function product(template: number, length: number, put: Readonly<Record<number, number>>) {
  const octets = new Uint8Array(length);
  const common = { 5: 4, 9: template, 10: 1, 11: 52, 18: 1, 22: 6, 23: 1, 29: 255 };
  for (const [octet, value] of Object.entries({ ...common, ...put })) octets[Number(octet) - 1] = value;
  const found = readProduct2(octetsOf(octets), 0, origin);
  if (isComplaint(found)) assert.fail(found.message);
  return found;
}

/** End of the interval, 2024-06-04 00:30:15, and an accumulation (code table 4.10: 1) twelve octets after its first. */
const interval = (first: number) => ({
  ...{ [first]: 2024 >> 8, [first + 1]: 2024 & 255, [first + 2]: 6, [first + 3]: 4 },
  ...{ [first + 4]: 0, [first + 5]: 30, [first + 6]: 15, [first + 12]: 1 },
});
const end = epoch(2024, 6, 4, 0, 30, 15);
const start = epoch(2024, 6, 3, 18);

test("octets of the templates: where the interval ends, of what kind its statistic is, and which member it is", () => {
  for (const [template, length, put, member] of [
    [8, 58, interval(35), null],
    [10, 59, { 35: 90, ...interval(36) }, null],
    [11, 61, { 36: 7, 37: 51, ...interval(38) }, 7],
    [12, 60, { 36: 51, ...interval(37) }, null],
  ] as const) {
    const { validTime, intervalStart, parameter, member: found } = product(template, length, put);
    assert.deepEqual([validTime, intervalStart, found], [end, start, member], `template 4.${template}`);
    // A rate of precipitation, accumulated, is precipitation.
    assert.equal(parameter.shortName, "tp");
  }
  for (const [template, length, put, member] of [
    [0, 34, {}, null],
    [1, 37, { 36: 7, 37: 51 }, 7],
    [2, 36, { 36: 51 }, null],
  ] as const) {
    const { validTime, intervalStart, parameter, member: found } = product(template, length, put);
    assert.deepEqual([validTime, intervalStart, found], [start, null, member], `template 4.${template}`);
    assert.equal(parameter.shortName, "tprate");
  }
});

test("what is cut off or of another template is told", () => {
  const say = (octets: Uint8Array) => {
    const found = readProduct2(octetsOf(octets), 0, origin);
    return isComplaint(found) ? found.code : "";
  };
  const short = new Uint8Array(33);
  assert.equal(say(short), "grib.section");
  const other = new Uint8Array(60);
  other[8] = 99;
  assert.equal(say(other), "grib.product-template");
  const noDate = new Uint8Array(58);
  noDate[8] = 8;
  noDate[17] = 1;
  assert.equal(say(noDate), "grib.time");
});
