import assert from "node:assert/strict";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { yearFraction } from "./season.ts";

test("noon of 2 July, the middle of a year, is at one half within a day", () => {
  for (const year of [1960, 1999, 2004, 2026, 2045])
    assert.ok(Math.abs(yearFraction(epoch(year, 7, 2, 12)) - 0.5) < 1 / 365, String(year));
  for (const time of [-1e10, 0, 1e9, 4e9]) assert.ok(yearFraction(time) >= 0 && yearFraction(time) < 1);
});
