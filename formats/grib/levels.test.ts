import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf1, levelOf2 } from "./levels.ts";

test("levels and layers of GRIB1 (code table 3): a layer counts kPa, hm, hundredths where a level counts hPa, m, ten-thousandths", () => {
  const two = (upper: number, lower: number) => 256 * upper + lower;
  for (const [type, octets, kind, value, secondValue] of [
    [1, 0, "surface", 0, null],
    [100, 850, "isobaric", 850, null],
    [101, two(50, 85), "isobaric", 500, 850],
    [103, 1_500, "heightAboveSea", 1_500, null],
    [104, two(3, 1), "heightAboveSea", 300, 100],
    [105, 10, "heightAboveGround", 10, null],
    [106, two(3, 1), "heightAboveGround", 300, 100],
    [107, 9_950, "sigma", 0.995, null],
    [108, two(44, 100), "sigma", 0.44, 1],
    [109, 137, "hybrid", 137, null],
    [110, two(4, 5), "hybrid", 4, 5],
    [111, 7, "depthBelowLand", 0.07, null],
    [112, two(28, 100), "depthBelowLand", 0.28, 1],
    [210, 5_000, "isobaric", 50, null],
    [250, 9, "type 250", 9, null],
  ] as const) {
    const found = levelOf1(type, octets);
    assert.equal(found.kind, kind, `type ${type}`);
    assert.ok(Math.abs(found.value - value) < 1e-12, `type ${type}: ${found.value}`);
    assert.ok(secondValue === null ? found.secondValue === null : Math.abs(found.secondValue! - secondValue) < 1e-12);
  }
});

test("fixed surfaces of GRIB2 (code table 4.5): pascals become hectopascals, two of one type make a layer", () => {
  const level = (type: number, value: number | null, second = 255, secondValue: number | null = null) =>
    levelOf2({ type, value }, { type: second, value: secondValue });
  assert.deepEqual(level(100, 25_000), { kind: "isobaric", value: 250, secondValue: null });
  assert.deepEqual(level(103, 2), { kind: "heightAboveGround", value: 2, secondValue: null });
  assert.deepEqual(level(106, 0.07, 106, 0.28), { kind: "depthBelowLand", value: 0.07, secondValue: 0.28 });
  assert.deepEqual(level(104, 0.995), { kind: "sigma", value: 0.995, secondValue: null });
  assert.deepEqual(level(1, null), { kind: "surface", value: 0, secondValue: null });
  assert.deepEqual(level(1, null, 8), { kind: "atmosphere", value: 0, secondValue: null });
  assert.deepEqual(level(100, 85_000, 1, null), { kind: "isobaric", value: 850, secondValue: null });
  assert.deepEqual(level(174, 3), { kind: "type 174", value: 3, secondValue: null });
});
