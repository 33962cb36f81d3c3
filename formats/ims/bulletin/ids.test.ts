import assert from "node:assert/strict";
import { test } from "node:test";
import { allotIds } from "./ids.ts";

const ids = (...keys: string[]) => [...allotIds(keys).values()];

test("short keys stay, rows of CSS3.0 keep their numbers, others are counted", () => {
  assert.deepEqual(ids("11618391", "27631110"), ["11618391", "27631110"]);
  assert.deepEqual(ids("arid-59212571", "arid-7", "arid-7"), ["59212571", "7"]);
  assert.deepEqual(ids("SEL1 2010-05-20 ARCES 7", "a"), ["1", "2"]);
  assert.deepEqual(ids("arid-123456789"), ["1"]);
  assert.deepEqual(ids("orid-1", "evid-1"), ["1", "2"]);
  assert.deepEqual(ids(), []);
});
