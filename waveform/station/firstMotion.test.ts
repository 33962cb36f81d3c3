import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { firstMotion } from "./firstMotion.ts";

const RATE = 40;
const ONSET = 30 * RATE;
const band = { lowHz: 1.2, highHz: 3 };

/** Noise of unit deviation and a wave of 2 Hz that grows over its first two swings. */
function trace(amplitude: number, seed: number): Float64Array {
  const random = randomStream(seed, "motion");
  return Float64Array.from({ length: 40 * RATE }, (_, i) => {
    const t = (i - ONSET) / RATE;
    return random.normal() + (t < 0 ? 0 : amplitude * Math.min(1, 0.5 + t) * Math.exp(-t) * Math.sin(4 * Math.PI * t));
  });
}
const count = (amplitude: number, late = 0) => {
  const answers = Array.from({ length: 100 }, (_, seed) =>
    firstMotion(trace(amplitude, seed), RATE, { index: ONSET + late, errorSec: 0.01 }, band),
  );
  return { up: answers.filter((a) => a === "c").length, down: answers.filter((a) => a === "d").length };
};

test("a clear upward wave is a compression, a downward one a dilatation, also when the onset is read a little late", () => {
  for (const late of [0, 4]) {
    assert.ok(count(60, late).up >= 95);
    assert.ok(count(-60, late).down >= 95);
  }
});

test("what is not clear is not told: few answers at all, and hardly a wrong one", () => {
  const weak = count(10);
  assert.ok(weak.down <= 3, `${weak.down} wrong`);
  const none = count(0);
  assert.ok(none.up + none.down <= 2);
});

test("an onset that is not known to a small part of a period has none, nor one whose first clear swing comes a period later", () => {
  const at = (errorSec: number, index = ONSET) => firstMotion(trace(60, 1), RATE, { index, errorSec }, band);
  assert.deepEqual([at(0.03), at(0.035), at(0.5)], ["c", null, null]);
  assert.equal(at(0.01, ONSET - 0.5 * RATE), null);
});

test("an onset too near to the begin of the data has no first motion", () => {
  assert.equal(firstMotion(trace(60, 1).subarray(ONSET - RATE), RATE, { index: RATE, errorSec: 0.01 }, band), null);
});
