import assert from "node:assert/strict";
import { test } from "node:test";
import { radiationP, takeOffDeg } from "./radiation.ts";

test("a vertical strike-slip fault has four quadrants", () => {
  const fault = { strikeDeg: 0, dipDeg: 90, rakeDeg: 0 };
  for (const [azimuth, expected] of [
    [45, 1],
    [135, -1],
    [225, 1],
    [315, -1],
    [0, 0],
  ] as const) {
    assert.ok(Math.abs(radiationP(fault, azimuth, 90) - expected) < 1e-12);
  }
});

test("a thrust sends compression straight down, a normal fault dilatation", () => {
  assert.ok(Math.abs(radiationP({ strikeDeg: 30, dipDeg: 45, rakeDeg: 90 }, 10, 0) - 1) < 1e-12);
  assert.ok(Math.abs(radiationP({ strikeDeg: 30, dipDeg: 45, rakeDeg: -90 }, 10, 0) + 1) < 1e-12);
});

test("the mean square over the sphere is 4/15", () => {
  let sum = 0;
  let weights = 0;
  for (let i = 1; i < 180; i += 2) {
    for (let azimuth = 0; azimuth < 360; azimuth += 4) {
      const weight = Math.sin((i * Math.PI) / 180);
      sum += weight * radiationP({ strikeDeg: 33, dipDeg: 57, rakeDeg: 21 }, azimuth, i) ** 2;
      weights += weight;
    }
  }
  assert.ok(Math.abs(sum / weights - 4 / 15) < 1e-3);
});

test("teleseismic P leaves steeply, pP upwards", () => {
  const down = takeOffDeg(7.5, 10, false);
  assert.ok(down > 20 && down < 27, `${down}`);
  assert.ok(Math.abs(takeOffDeg(7.5, 10, true) - (180 - down)) < 1e-12);
});
