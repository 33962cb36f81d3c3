import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCd11Time, writeCd11Time } from "./timeStamp.ts";

test("times: those of the format's documents and of real frames, others refused", () => {
  assert.equal(readCd11Time("2019315 13:50:50.000"), Date.UTC(2019, 10, 11, 13, 50, 50) / 1e3);
  assert.equal(readCd11Time("202460 12:34:56.789"), Date.UTC(2024, 1, 29, 12, 34, 56, 789) / 1e3);
  assert.equal(readCd11Time("2016366 23:59:60.500"), Date.UTC(2017, 0, 1, 0, 0, 0, 500) / 1e3);
  for (const text of ["", "\0".repeat(20), "2019367 00:00:00.000", "2019000 00:00:00.000", "2019315 24:00:00.000", "x"])
    assert.equal(readCd11Time(text), null, text);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) =>
      assert.equal(Math.round(readCd11Time(writeCd11Time(ms / 1e3))! * 1e3), ms),
    ),
  );
});
