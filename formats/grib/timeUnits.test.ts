import assert from "node:assert/strict";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { addUnits } from "./timeUnits.ts";

const start = epoch(2024, 11, 30, 18);

test("units by the WMO's code tables 4 (edition 1) and 4.4 (edition 2)", () => {
  for (const edition of [1, 2] as const)
    for (const [unit, count, end] of [
      [0, 90, epoch(2024, 11, 30, 19, 30)],
      [1, 7, epoch(2024, 12, 1, 1)],
      [2, 2, epoch(2024, 12, 2, 18)],
      [3, 3, epoch(2025, 2, 30, 18)],
      [4, 1, epoch(2025, 11, 30, 18)],
      [7, 1, epoch(2124, 11, 30, 18)],
      [10, 2, epoch(2024, 12, 1, 0)],
      [11, 2, epoch(2024, 12, 1, 6)],
      [12, 2, epoch(2024, 12, 1, 18)],
    ] as const)
      assert.equal(addUnits(edition, start, count, unit), end, `edition ${edition}, unit ${unit}`);
  assert.equal(addUnits(1, start, 3, 13), start + 45 * 60);
  assert.equal(addUnits(1, start, 3, 14), start + 90 * 60);
  assert.equal(addUnits(1, start, 3, 254), start + 3);
  assert.equal(addUnits(2, start, 3, 13), start + 3);
  for (const unit of [8, 15, 255]) assert.equal(addUnits(1, start, 1, unit), null);
  for (const unit of [8, 14, 254, 255]) assert.equal(addUnits(2, start, 1, unit), null);
});
