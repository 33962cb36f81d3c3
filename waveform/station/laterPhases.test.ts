import assert from "node:assert/strict";
import { test } from "node:test";
import { believable } from "./laterPhases.ts";
import { testMeasurement as signal } from "./testMeasurement.ts";

const p = signal({
  time: 100,
  direction: { azimuthDeg: 40, azimuthErrorDeg: 3, slownessSecPerDeg: 14, slownessErrorSecPerDeg: 0.7 },
});
const s = (time: number, azimuthDeg: number, slownessSecPerDeg: number) =>
  signal({
    time,
    doubtful: true,
    direction: { azimuthDeg, azimuthErrorDeg: 3, slownessSecPerDeg, slownessErrorSecPerDeg: 1 },
  });
const keeps = (later: ReturnType<typeof s>) => believable([p, later].sort((a, b) => a.time - b.time)).includes(later);

test("a doubtful slow wave is believed when P came from there a little before", () => {
  assert.ok(keeps(s(160, 44, 26)));
  assert.ok(!keeps(s(90, 44, 26)), "before P");
  assert.ok(!keeps(s(700, 44, 26)), "long after it");
  assert.ok(!keeps(s(160, 80, 26)), "from elsewhere");
  assert.ok(!keeps(s(160, 44, 14.5)), "as fast as P");
  assert.ok(!believable([s(160, 44, 26)]).length, "without any P");
});

test("doubtful signals do not vouch for each other, and what is not doubtful stays", () => {
  assert.deepEqual(believable([s(100, 40, 14), s(160, 40, 26)]), []);
  assert.deepEqual(believable([p, signal({ time: 500 })]).length, 2);
});
