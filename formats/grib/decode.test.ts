import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzDecoder } from "@harken/testing";
import { decodeGrib } from "./decode.ts";
import { COLUMNS, fieldValues, formula, message1, message2, ROWS, STEP } from "./messages.test.ts";

/** The field of `formula` as ecCodes 2.28 packs it again. */
const packed = {
  /** Template 5.42. */
  ccsds:
    "R1JJQgAAAAIAAAAAAAABmwAAABUBAGIAABwAAQfoBgMMAAAAAQAAAEgDAAAAAGwAAAAABv///////////////////wAAAAwAAAAJ" +
    "AAAAAP////8C+vCAFNyTgDACBsyAALcbAAAehIAAHoSAAAAAACIEAAAAAAAAAgAAAAAAAQAAAAZkAAAAw1D///////8AAAAZBQAA" +
    "AGwAKkN1kUCACwAAEAAOIACAAAAABgb/AAAA6QfUt2lJ1SAspWVAKUrI0L7mP7zbLMbO3FQtw+M4AwEHL772PrzbLcbBI6g9w+Mo" +
    "AR8HLL3mT7vLPcbOz0ooMlPKRZKtFZSoLbDkKAKsCOC+9j682zzFzt+oPbPkOANDBx++9k+7yz3FwSOoLbDkKAK0CNC+5j9Jypsp" +
    "WVUpWUXvNssxs7cqC3D4zgCD8cfvvY+vNstxsEjqD2z5CgBEccsvuY/vMstxs7cqC3A4ygDADCCIdBEH///N+jRfdj157LY27fUH" +
    "cPGYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3Nzc3",
  /** Template 5.40. */
  jpeg2000:
    "R1JJQgAAAAIAAAAAAAACHAAAABUBAGIAABwAAQfoBgMMAAAAAQAAAEgDAAAAAGwAAAAABv///////////////////wAAAAwAAAAJ" +
    "AAAAAP////8C+vCAFNyTgDACBsyAALcbAAAehIAAHoSAAAAAACIEAAAAAAAAAgAAAAAAAQAAAAZkAAAAw1D///////8AAAAXBQAA" +
    "AGwAKEN1kUCACwAAEAAA/wAAAAYG/wAAAWwH/0//UQApAAAAAAAMAAAACQAAAAAAAAAAAAAADAAAAAkAAAAAAAAAAAABDwEB/1IA" +
    "DAAAAAEAAwQEAAH/XAANQICIiJCIiJCIiJD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAD0" +
    "AAH/k8/8MCQLcXpha4AFbYvD/wMCx/4YCwB+wEAL3Yx7qwGfOgBPBy3D/wMIw/8DBkB/gLAVZlSrqk1YNaglcO9OjZZERQ+a7Bna" +
    "8FCz0OHpERBnPDsRxyXUmj9vwf9ADSB/gngP8E4sYcCDn1jo+tg3eEfsd7IZAs6Qz77Flyw+Jg7eBEvENFaZF0HrrO4LmQJvwRSo" +
    "s1BuqbxfCOMMbE68RhFwCTGZvoLcFFVGE0C7CD2+OXngW0ADvVXusByIWO7OCWpoFZV4HCMcA7ohJxcZq7I0kk/BFS7yLyJQnIlH" +
    "UjUG3Xx+cVjv/9k3Nzc3",
  /** Template 5.2. */
  complex:
    "R1JJQgAAAAIAAAAAAAAB3AAAABUBAGIAABwAAQfoBgMMAAAAAQAAAEgDAAAAAGwAAAAABv///////////////////wAAAAwAAAAJ" +
    "AAAAAP////8C+vCAFNyTgDACBsyAALcbAAAehIAAHoSAAAAAACIEAAAAAAAAAgAAAAAAAQAAAAZkAAAAw1D///////8AAAAvBQAA" +
    "AGwAAkN1kUCACwAAEAABAAAAAAAAAAAAAAAAEgAEAAAAAAEAAAAGCgAAAAYG/wAAARQHA2oAADvEMDZuWmDyjAyIpKTsmWCirp9E" +
    "mOiNWn8ccbJOlEsq////////////AYBgGAYBgGAYBgGAYBgGAYBgGAYBgGCQGSSZvUKuAmzAAADuAAAioHwhdnRc6QGPyZvUIOAm" +
    "zAAAAACCQe6Jyxt5Q/KQGPyZbVIOAS0AAADtAAAioHwZxnRc6QGSShvVIOIm0AAADuAAAOoHwZdnRc6QGPyhvVIOAS0AAAAACCQe" +
    "6HSpt5Q/KQGSSZvUKuAmzAAADuAAAioHwhdnRc6QFPyZvUIOAmzAAAAACCQe6Jypt5Q/KQGPyZbUIOASzAAADuAAAioHwhxnRc6Q" +
    "GSSZvUIOAmzAAADuAAAOoHwhdnRc4Dc3Nzc=",
};
const bytesOf = (name: keyof typeof packed) => new Uint8Array(Buffer.from(packed[name], "base64"));

/** Both packings round to 16 bits over 30 K. */
const ROUNDING = 2 ** -9;
const near = (a: number, b: number) => Math.abs(a - b) <= ROUNDING;

test("messages built by hand decode to the formula they were built from", () => {
  for (const message of [message2([{ values: fieldValues() }]), message1(fieldValues())]) {
    const { items, problems, consumed } = decodeGrib(message);
    assert.deepEqual(problems, []);
    assert.equal(consumed, message.length);
    const { values, parameter, grid, validTime, referenceTime } = items[0]!;
    assert.equal(parameter.shortName, "t");
    assert.equal(validTime - referenceTime, 6 * 3600);
    assert.equal(referenceTime, Date.UTC(2024, 5, 3, 12) / 1000);
    values.forEach((v, i) => {
      assert.ok(Math.abs(v - formula(Math.floor(i / COLUMNS), i % COLUMNS)) <= STEP);
    });
    assert.ok(grid.kind === "regular");
    assert.deepEqual([...grid.latitudesDeg], [50, 48, 46, 44, 42, 40, 38, 36, 34]);
    assert.deepEqual([((grid.firstLonDeg + 180) % 360) - 180, grid.stepLonDeg, grid.columns], [-10, 2, COLUMNS]);
  }
});

test("fields that ecCodes packs by CCSDS, JPEG 2000 and groups are the formula again", () => {
  for (const name of ["ccsds", "jpeg2000", "complex"] as const) {
    const { items, problems } = decodeGrib(bytesOf(name));
    assert.deepEqual(problems, [], name);
    assert.equal(items[0]!.values.length, ROWS * COLUMNS);
    items[0]!.values.forEach((v, i) => {
      assert.ok(near(v, fieldValues()[i]!), `${name} ${i}: ${v}`);
    });
  }
});

test("every scanning mode comes out as rows from west to east, in the file's order of rows", () => {
  const at = formula;
  for (let mode = 0; mode < 16; mode++) {
    const scanning = mode << 4;
    const [westward, northward, columnsFirst, alternating] = [0x80, 0x40, 0x20, 0x10].map(
      (bit) => (scanning & bit) !== 0,
    );
    // The file's order, point by point: the slow index, and the fast one that may turn.
    const values: number[] = [];
    for (let slow = 0; slow < (columnsFirst ? COLUMNS : ROWS); slow++)
      for (let k = 0; k < (columnsFirst ? ROWS : COLUMNS); k++) {
        const fast = alternating && slow % 2 === 1 ? (columnsFirst ? ROWS : COLUMNS) - 1 - k : k;
        const [i, j] = columnsFirst ? [slow, fast] : [fast, slow];
        values.push(at(northward ? ROWS - 1 - j : j, westward ? COLUMNS - 1 - i : i));
      }
    const { items, problems } = decodeGrib(message2([{ values }], { scanning }));
    assert.deepEqual(problems, [], `scanning ${scanning}`);
    const { grid } = items[0]!;
    assert.ok(grid.kind === "regular");
    assert.equal(grid.latitudesDeg[0], northward ? 34 : 50);
    assert.equal(grid.firstLonDeg, 350);
    items[0]!.values.forEach((v, i) => {
      const row = Math.floor(i / COLUMNS);
      assert.ok(near(v, at(northward ? ROWS - 1 - row : row, i % COLUMNS)), `scanning ${scanning}, value ${i}`);
    });
  }
});

test("several fields in one message, a bitmap that the next field refers to, NaN where there is no value", () => {
  const present = fieldValues().map((_, i) => i % 3 !== 1);
  const { items, problems } = decodeGrib(
    message2([
      { values: fieldValues(), present },
      { values: fieldValues().map((v) => v + 1), sameBitmap: true, present, category: 2, number: 2, levelHPa: 850 },
      { values: fieldValues(), category: 2, number: 3 },
    ]),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    items.map(({ parameter, level }) => [parameter.shortName, level.value]),
    [
      ["t", 500],
      ["u", 850],
      ["v", 500],
    ],
  );
  present.forEach((there, i) => {
    for (const k of [0, 1]) {
      const value = items[k]!.values[i]!;
      assert.ok(there ? near(value, fieldValues()[i]! + k) : Number.isNaN(value));
    }
  });
  assert.ok(items[2]!.values.every((v) => !Number.isNaN(v)));
});

test("messages are found between other text; what is cut off or of another edition is told", () => {
  const message = message2([{ values: fieldValues() }]);
  const text = new TextEncoder().encode("\r\r\n123\r\r\nHTEI85 ECMG 031200 GRIBS\r\r\n");
  const other = message.slice();
  other[7] = 3;
  const file = Buffer.concat([text, message, text, message1(fieldValues()), other, message.subarray(0, -9)]);
  const { items, problems, consumed } = decodeGrib(file);
  assert.equal(items.length, 2);
  assert.equal(items[1]!.member, 3);
  assert.equal(consumed, 2 * text.length + message.length + message1(fieldValues()).length);
  assert.match(problems.map((p) => p.message).join(), /edition 3.*claims 395 bytes but the file ends after 386/);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["grib.frame", "grib.frame"],
  );
});

test("a GRIB1 message above 8 MB: its length counts 120 octets, less what section 4 tells, and 4 (as ecCodes reads ECMWF's)", () => {
  const [rows, columns] = [2_100, 2_001];
  // Indicator 8, product 52, grid 32, header of the data 11; then 16 bits a value.
  const head = message1([], { rows, columns }).subarray(0, 103);
  const message = new Uint8Array(head.length + 2 * rows * columns + 4);
  message.set(head);
  message.set(Buffer.from("7777"), message.length - 4);
  const put = (at: number, value: number) => message.set([value >> 16, (value >> 8) & 255, value & 255], at);
  const units = Math.ceil((message.length - 4) / 120);
  put(4, 2 ** 23 + units);
  put(92, 120 * units - (message.length - 4));
  // From 50 N 10 W to 40 N 10 E.
  put(77, 40_000);
  put(80, 10_000);
  message.set([1, 2], message.length - 6);
  const text = new TextEncoder().encode("\r\r\n");
  const { items, problems, consumed } = decodeGrib(Buffer.concat([text, message, text]));
  assert.deepEqual(problems, []);
  assert.equal(consumed, text.length + message.length);
  const { values } = items[0]!;
  assert.equal(values.length, rows * columns);
  assert.deepEqual([values[0], values.at(-1)], [220, 220 + 258 * STEP]);
});

test("only what is wanted is unpacked, and never more than the limits allow", () => {
  const message = message2([{ values: fieldValues() }, { values: fieldValues(), category: 2, number: 2 }]);
  const limits = { maxSamples: 150, maxItems: 10, maxProblems: 10 };
  assert.deepEqual(
    decodeGrib(message, limits).problems.map(({ code }) => code),
    ["grib.too-large"],
  );
  const { items, problems } = decodeGrib(message, limits, ({ parameter }) => parameter.shortName === "u");
  assert.deepEqual(problems, []);
  assert.equal(items.length, 1);
  // A field that fails counts as well, and so a message of many is done in bounded time.
  const broken = message2([{ values: fieldValues().slice(1) }, { values: fieldValues() }]);
  assert.deepEqual(
    decodeGrib(broken, limits).problems.map(({ code }) => code),
    ["grib.data", "grib.too-large"],
  );
  const tall = decodeGrib(message2([{ values: [1] }], { rows: 70_000, columns: 1, stepDeg: 0 }));
  assert.match(tall.problems[0]!.message, /it has 70000 rows/);
});

const limits = { maxSamples: 50_000, maxItems: 100, maxProblems: 20 };
fuzzDecoder("decodeGrib, edition 1", (bytes) => decodeGrib(bytes, limits), [
  message1(fieldValues()),
  Buffer.concat([message1(fieldValues()), message1(fieldValues(), { scanning: 0x20 })]),
]);
fuzzDecoder(
  "decodeGrib, edition 2",
  (bytes) => decodeGrib(bytes, limits),
  [
    message2([{ values: fieldValues() }, { values: fieldValues(), present: fieldValues().map((v) => v > 250) }]),
    ...(Object.keys(packed) as (keyof typeof packed)[]).map(bytesOf),
  ],
  ({ items }) => assert.ok(items.reduce((sum, { values }) => sum + values.length, 0) <= limits.maxSamples),
);
