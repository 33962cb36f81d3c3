import assert from "node:assert/strict";
import { test } from "node:test";
import type { HydroacousticFeatures } from "@harken/core";
import { testMeasurement } from "../testMeasurement.ts";
import { withoutSwells } from "./oneSound.ts";

const sound = (time: number, azimuthDeg: number | null, snr = 10, durationSec = 60) =>
  testMeasurement({
    ...{ time, snr },
    direction: { azimuthDeg, azimuthErrorDeg: azimuthDeg === null ? null : 1 },
    features: { kind: "hydroacoustic", durationSec } as HydroacousticFeatures,
  });
const times = (signals: readonly ReturnType<typeof sound>[]) => withoutSwells(signals).map(({ time }) => time);

test("what begins while a sound from the same direction lasts is a swell of it; from elsewhere, later or much louder it is its own", () => {
  assert.deepEqual(times([sound(0, 100), sound(9, 101), sound(40, 98)]), [0]);
  assert.deepEqual(times([sound(0, 100), sound(9, 120)]), [0, 9]);
  assert.deepEqual(times([sound(0, 100), sound(70, 100)]), [0, 70]);
  assert.deepEqual(times([sound(0, 100), sound(9, 100, 50)]), [0, 9]);
  assert.deepEqual(times([sound(0, null), sound(9, null)]), [0]);
});
