import assert from "node:assert/strict";
import { test } from "node:test";
import { cutAtValleys } from "./infrasoundSignal.ts";

const rule = { valley: 0.5, pause: 100 };
const cut = (ratios: readonly number[]) => cutAtValleys(ratios, [0, ratios.length], rule);

test("a stretch is cut at its lowest between two peaks, as often as there are valleys", () => {
  assert.deepEqual(cut([10, 60, 90, 40, 12, 15, 50, 45]), [
    [0, 4],
    [4, 8],
  ]);
  assert.deepEqual(cut([50, 10, 50, 10, 50]), [
    [0, 1],
    [1, 3],
    [3, 5],
  ]);
});

test("shallow valleys, slopes, and the beats of a wave that is all there is do not cut", () => {
  for (const ratios of [
    [10, 60, 90, 60, 50, 55, 60],
    [1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1],
    [900, 150, 900],
  ])
    assert.deepEqual(cut(ratios), [[0, ratios.length]]);
});
