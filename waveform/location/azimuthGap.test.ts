import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthGapDeg } from "./azimuthGap.ts";

test("the largest gap by hand, across north too", () => {
  assert.equal(azimuthGapDeg([]), 360);
  assert.equal(azimuthGapDeg([77]), 360);
  assert.equal(azimuthGapDeg([10, 100]), 270);
  assert.equal(azimuthGapDeg([350, 10, 170, 190]), 160);
  assert.equal(azimuthGapDeg([120, 0, 240]), 120);
});
