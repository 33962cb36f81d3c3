import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, layOut, openRecord } from "./channelRecord.ts";
import { planElementLevels, withoutOutOfLine } from "./elementLevels.ts";
import { seismicRecipe } from "./recipes.ts";
import { ARRAY_PLACES, noiseSegments, START, testStation } from "./testStation.ts";

const RATE = 20;
const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: RATE });
const SLOT = 600;
// The third element roars in the second of three slots.
const segments = noiseSegments(station, 3 * SLOT, 1).map((segment, j) =>
  j === 2
    ? { ...segment, samples: segment.samples.map((v, i) => (i >= SLOT * RATE && i < 2 * SLOT * RATE ? 30 * v : v)) }
    : segment,
);
const records = segments.map((segment) => openRecord([segment], seismicRecipe.quality)!.record);
const outOfLine = planElementLevels(records, RATE, seismicRecipe);
const badOf = (clock: Clock) =>
  withoutOutOfLine(
    records.map((record) => layOut(record, clock)),
    clock,
    outOfLine,
  ).map((trace) => trace!.bad);

test("an element is out of line in the slots in which it roars, and in no other", () => {
  assert.equal(START % SLOT, 0);
  for (const [slot, expected] of [0, 1, 0].entries())
    assert.deepEqual(
      [...outOfLine(START + slot * SLOT + 1)],
      records.map((_, j) => (j === 2 ? expected : 0)),
    );
});

test("its samples there are masked, the same ones in whatever window", () => {
  const whole = badOf({ startTime: START, sampleRateHz: RATE, length: 3 * SLOT * RATE });
  whole.forEach((bad, j) => {
    assert.equal(bad.indexOf(1), j === 2 ? SLOT * RATE : -1);
    assert.equal(bad.lastIndexOf(1), j === 2 ? 2 * SLOT * RATE - 1 : -1);
  });
  const part = badOf({ startTime: START + 555, sampleRateHz: RATE, length: 100 * RATE });
  assert.deepEqual(
    part,
    whole.map((bad) => bad.subarray(555 * RATE, 655 * RATE)),
  );
});

test("an element without data, and a slot of few good samples, is not judged", () => {
  const clock = { startTime: START, sampleRateHz: RATE, length: 100 };
  const judge = planElementLevels([records[0]!, null, records[1]!, records[2]!], RATE, seismicRecipe);
  assert.deepEqual([...judge(START + 10)], [0, 0, 0, 0]);
  assert.deepEqual([...judge(START + 100 * SLOT)], [0, 0, 0, 0]);
  assert.equal(withoutOutOfLine([null, layOut(records[0]!, clock)], clock, judge)[0], null);
});
