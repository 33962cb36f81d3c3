import assert from "node:assert/strict";
import { test } from "node:test";
import { namePhases } from "./identify.ts";
import { hydroacousticRecipe, seismicRecipe } from "./recipes.ts";
import { testMeasurement as signal } from "./testMeasurement.ts";

const beam = (time: number, kmPerSec: number, more: object = {}) =>
  signal({
    time,
    stream: "beam",
    direction: {
      slownessSecPerDeg: 111.195 / kmPerSec,
      slownessErrorSecPerDeg: 0.7,
      azimuthDeg: 30,
      azimuthErrorDeg: 3,
      ...more,
    },
  });
const names = (signals: Parameters<typeof namePhases>[0]) => namePhases(signals, seismicRecipe);

test("arrays name phases by apparent velocity: P 15 and 25, Pn 8.1, Pg 6.2, Sn 4.6, Lg 3.5, Rg 2.8 km/s", () => {
  assert.deepEqual(names([15, 25].map((v, i) => beam(1000 * i, v))), ["P", "P"]);
  assert.deepEqual(names([8.1, 6.2, 4.6, 3.5, 2.8].map((v, i) => beam(30 * i, v))), ["Pn", "Pg", "Sn", "Lg", "Rg"]);
});

test("a slow wave without P before it is just S; a wide error does not tell Pn from P; no slowness is tx", () => {
  assert.deepEqual(names([beam(0, 4.6), beam(5000, 3.5)]), ["S", "S"]);
  assert.deepEqual(names([beam(0, 8.1, { slownessErrorSecPerDeg: 3 })]), ["P"]);
  assert.deepEqual(names([signal({ stream: "incoherent" })]), ["tx"]);
});

const upright = (time: number, snr: number, more: object = {}) =>
  signal({ time, snr, direction: { horizontalToVertical: 0.5, rectilinearity: 0.97 }, ...more });
const level = (time: number, more: object = {}) =>
  signal({
    time,
    stream: "horizontal",
    snr: 8,
    direction: { horizontalToVertical: 2.5, rectilinearity: 0.8 },
    ...more,
  });

test("three components: upright motion is P, level motion after it S, and level motion out of nothing P", () => {
  assert.deepEqual(names([upright(0, 20), level(500)]), ["P", "S"]);
  assert.deepEqual(names([level(0)]), ["P"]);
  // Something in the coda that moves along no line.
  const loose = { direction: { horizontalToVertical: 0.9, rectilinearity: 0.6 } };
  assert.deepEqual(names([upright(0, 50), upright(20, 5, loose), upright(2000, 5, loose)]), ["P", "tx", "P"]);
});

test("pairs of high frequency are regional: Pg and Sg when S is near, Pn and Sn when it is far; low ones are teleseismic", () => {
  const high = { frequencyHz: 4.2 };
  assert.deepEqual(names([upright(0, 10, high), level(12, high)]), ["Pg", "Sg"]);
  assert.deepEqual(names([upright(0, 40, high), level(12, high)]), ["P", "S"], "P scattered");
  assert.deepEqual(names([upright(0, 20, high), level(70, high)]), ["Pn", "Sn"]);
  assert.deepEqual(names([upright(0, 20, { frequencyHz: 1.3 }), level(70)]), ["P", "S"]);
  // Another, stronger P in between begins an event of its own.
  assert.deepEqual(names([upright(0, 10, high), upright(40, 20, { frequencyHz: 1.3 }), level(70)]), ["P", "P", "S"]);
});

test("hydrophones: H above 12 Hz, T below, N when the slowness is not the ocean's", () => {
  const sound = (frequencyHz: number, slownessSecPerDeg: number | null) =>
    namePhases([signal({ stream: "beam", frequencyHz, direction: { slownessSecPerDeg } })], hydroacousticRecipe)[0];
  assert.deepEqual([sound(17, 75), sound(6, 75), sound(6, null), sound(6, 20)], ["H", "T", "T", "N"]);
});
