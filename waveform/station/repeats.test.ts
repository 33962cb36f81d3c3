import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutRepeats } from "./repeats.ts";
import { testMeasurement as signal } from "./testMeasurement.ts";

const times = (signals: Parameters<typeof withoutRepeats>[0]) => withoutRepeats(signals).map(({ time }) => time);

test("of two onsets within half a second the stronger stays", () => {
  assert.deepEqual(
    times([signal({ time: 10, snr: 5 }), signal({ time: 10.4, snr: 8 }), signal({ time: 11.5, snr: 5 })]),
    [10.4, 11.5],
  );
});

test("a weaker wave of the same slowness soon after is coda; a stronger one, a later one and one from elsewhere are not", () => {
  const plane = {
    fkQuality: 20,
    azimuthDeg: 100,
    azimuthErrorDeg: 4,
    slownessSecPerDeg: 10,
    slownessErrorSecPerDeg: 0.7,
  };
  const first = signal({ time: 0, snr: 20, direction: plane });
  const after = (time: number, snr: number, direction: object) =>
    signal({ time, snr, direction: { ...plane, ...direction } });
  assert.deepEqual(times([first, after(4, 6, { azimuthDeg: 103 })]), [0]);
  assert.deepEqual(times([first, after(4, 30, { azimuthDeg: 103 })]), [0, 4]);
  assert.deepEqual(times([first, after(12, 6, {})]), [0, 12]);
  assert.deepEqual(times([first, after(4, 6, { slownessSecPerDeg: 25 })]), [0, 4]);
  assert.deepEqual(times([first, after(4, 6, { azimuthDeg: 160 })]), [0, 4]);
  // Three components know too little of a slowness to call it the same.
  const unplane = { ...plane, fkQuality: null };
  assert.deepEqual(times([signal({ time: 0, snr: 20, direction: unplane }), after(4, 6, { fkQuality: null })]), [0, 4]);
});
