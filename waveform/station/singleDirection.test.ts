import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import { seismicRecipe } from "./recipes.ts";
import { type Motion, singleDirection } from "./singleDirection.ts";

const RATE = 40;
const ONSET = 40 * RATE;
const recipe = seismicRecipe.threeComponent;
const detected = { lowHz: 1.2, highHz: 3 };

interface Wave {
  readonly azimuthDeg: number;
  readonly incidenceDeg: number;
  readonly amplitude: number;
  readonly hz?: number;
  readonly seed?: number;
}

/** A P wave's motion in noise of unit deviation; scattered waves of the same size follow after two seconds. */
function motionOf({ azimuthDeg, incidenceDeg, amplitude, hz = 1.6, seed = 1 }: Wave): Motion {
  const random = randomStream(seed, "direction");
  const [a, i] = [azimuthDeg * RADIANS_PER_DEGREE, incidenceDeg * RADIANS_PER_DEGREE];
  const length = 50 * RATE;
  const along = Float64Array.from({ length }, (_, k) => {
    const t = (k - ONSET) / RATE;
    return t < 0 ? 0 : amplitude * Math.sin(2 * Math.PI * hz * t);
  });
  const component = (share: number) =>
    along.map((v, k) => random.normal() + (k > ONSET + 2 * RATE ? amplitude * random.normal() : share * v));
  return {
    vertical: component(Math.cos(i)),
    north: component(-Math.cos(a) * Math.sin(i)),
    east: component(-Math.sin(a) * Math.sin(i)),
    bad: new Uint8Array(length),
    rate: RATE,
  };
}
const find = (wave: Wave) => singleDirection(motionOf(wave), ONSET, detected, recipe);

test("a clear P wave: azimuth within 5 deg, incidence within 3, slowness by Wiechert's relation", () => {
  for (let azimuthDeg = 10; azimuthDeg < 360; azimuthDeg += 50) {
    const found = find({ azimuthDeg, incidenceDeg: 35, amplitude: 40 });
    assert.ok(Math.abs(azimuthDifference(found.azimuthDeg!, azimuthDeg)) < 5, String(found.azimuthDeg));
    assert.ok(Math.abs(found.incidenceDeg! - 35) < 3 && found.rectilinearity! > 0.95);
    const expected = (Math.sin(17.5 * RADIANS_PER_DEGREE) / recipe.surfaceSvelocity) * KM_PER_DEGREE;
    assert.ok(Math.abs(found.slownessSecPerDeg! - expected) < 1.2);
  }
});

test("stated errors of azimuths hold what noise adds: two thirds within one, whatever the signal", () => {
  for (const amplitude of [4, 8, 20]) {
    let [inside, told] = [0, 0];
    for (let seed = 0; seed < 120; seed++) {
      const { azimuthDeg, azimuthErrorDeg } = find({ azimuthDeg: 200, incidenceDeg: 30, amplitude, seed });
      if (azimuthDeg === null) continue;
      told++;
      if (Math.abs(azimuthDifference(azimuthDeg, 200)) <= azimuthErrorDeg!) inside++;
    }
    assert.ok(told > 20 && inside / told > 0.66, `${amplitude}: ${inside} of ${told}`);
  }
});

test("a steep ray has no azimuth; level motion, noise and masked samples have no direction", () => {
  const steep = find({ azimuthDeg: 70, incidenceDeg: 2, amplitude: 40 });
  assert.equal(steep.azimuthDeg, null);
  assert.ok(steep.slownessSecPerDeg! < 3);
  const level = find({ azimuthDeg: 70, incidenceDeg: 85, amplitude: 40 });
  assert.deepEqual([level.azimuthDeg, level.slownessSecPerDeg], [null, null]);
  assert.ok(level.horizontalToVertical! > 3);
  const motion = motionOf({ azimuthDeg: 70, incidenceDeg: 30, amplitude: 40 });
  motion.bad[ONSET + 10] = 1;
  const masked = singleDirection(motion, ONSET, detected, recipe);
  assert.deepEqual([masked.azimuthDeg, masked.rectilinearity], [null, null]);
});

test("the lowest band in which the signal stands out is used, the band of detection when it is in none", () => {
  // A signal of 6 Hz in strong 1 Hz noise of another direction.
  const clean = motionOf({ azimuthDeg: 120, incidenceDeg: 40, amplitude: 30, hz: 6.5 });
  const swell = (share: number) => (v: number, k: number) => v + 300 * share * Math.sin((2 * Math.PI * k) / RATE);
  const motion = {
    ...clean,
    vertical: clean.vertical.map(swell(0.5)),
    north: clean.north.map(swell(1)),
    east: clean.east.map(swell(-1)),
  };
  const found = singleDirection(motion, ONSET, { lowHz: 5, highHz: 9 }, recipe);
  assert.ok(Math.abs(azimuthDifference(found.azimuthDeg!, 120)) < 6, String(found.azimuthDeg));
});
