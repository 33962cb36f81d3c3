import assert from "node:assert/strict";
import { test } from "node:test";
import { infrasoundRecipe } from "../recipes.ts";
import { categories, type HeardSignal, type JudgedSignal } from "./category.ts";

const recipe = infrasoundRecipe.infrasound!.category;
const sound = (time: number, more: Partial<JudgedSignal> = {}): JudgedSignal => ({
  ...{ time, durationSec: 60, lastingSec: 60, azimuthDeg: 100, frequencyHz: 1, highHz: 2, fisherRatio: 50 },
  ...more,
});
const phases = (signals: readonly JudgedSignal[], before: readonly HeardSignal[] = []) =>
  categories(signals, before, -1e6, recipe).map(({ phase, reason }) => reason || phase);

test("a coherent sound that ends is I; a weak one and one without end are N, and so is the ocean's", () => {
  const ocean = sound(3e5, { frequencyHz: 0.2, highHz: 0.4, lastingSec: 200 });
  const bolide = sound(4e5, { frequencyHz: 0.2, highHz: 1, lastingSec: 200 });
  const faint = sound(5e5, { highHz: 0.4, fisherRatio: 20 });
  const all = [sound(0), sound(1e5, { fisherRatio: 10 }), sound(2e5, { lastingSec: 900 }), ocean, bolide, faint];
  assert.deepEqual(phases(all), ["I", "weak", "lasting", "microbarom", "I", "microbarom"]);
});

test("what comes again and again from one direction in one band is clutter from some time on, and another direction is not", () => {
  const surf = Array.from({ length: 20 }, (_, k) => sound(300 * k, { durationSec: 30 }));
  const found = phases([...surf, sound(6100, { azimuthDeg: 200 }), sound(6200, { frequencyHz: 4 })]);
  assert.equal(found.indexOf("recurrent"), recipe.clutterCount);
  assert.deepEqual(found.slice(-3), ["recurrent", "I", "I"]);
});

test("few signals that fill the hours are clutter too; a long pause forgets it", () => {
  const waterfall = Array.from({ length: 6 }, (_, k) => sound(-6e3 + 1000 * k, { durationSec: 1500 }));
  assert.deepEqual(phases([sound(0)], waterfall), ["recurrent"]);
  assert.deepEqual(phases([sound(recipe.memorySec + 1000)], waterfall), ["I"]);
});

test("a station that has only begun to listen does not call its first sound clutter", () => {
  const first = [sound(0, { durationSec: 300 }), sound(320, { durationSec: 60 })];
  assert.deepEqual(
    categories(first, [], 0, recipe).map(({ phase }) => phase),
    ["I", "I"],
  );
});
