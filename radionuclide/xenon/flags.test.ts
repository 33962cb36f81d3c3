import assert from "node:assert/strict";
import { test } from "node:test";
import { polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import { countsAsMessage } from "../particulate/simulatedSample.ts";
import { nobleGasFlags } from "./flags.ts";

const unused = { energy: polynomialEnergy([0, 1]), resolution: rootResolution(1, 0) };
const calibration = { ...unused, efficiency: { at: () => 1, relativeError: () => 0 } };
const message = countsAsMessage(
  { activitiesBq: {}, calibration, channels: 0, scatteredCounts: 0, scatteredKeV: 1 },
  new Int32Array(1),
);
const collection = { startTime: 0, stopTime: 12 * 3600, airVolumeM3: 16 };
const acquisition = { startTime: 16 * 3600, realSec: 12 * 3600, liveSec: 43_000 };
const processing = {
  xenonVolumeMl: 1.2,
  xenonVolumeErrorMl: 0.1,
  yieldFraction: 0.6,
  yieldError: 0.05,
  archiveBottle: "",
};

test("a good sample passes; each fault fails its own flag; what the message lacks is unknown", () => {
  const flags = (changed: object) =>
    nobleGasFlags({ ...message, collection, acquisition, processing, transmitTime: 30 * 3600, ...changed }).map(
      ({ pass }) => pass,
    );
  assert.deepEqual(flags({}), [true, true, true, true]);
  assert.deepEqual(flags({ collection: { ...collection, stopTime: 3 * 3600 } }), [false, true, true, true]);
  assert.deepEqual(flags({ acquisition: { ...acquisition, realSec: 3600 } }), [true, false, true, true]);
  assert.deepEqual(flags({ transmitTime: 90 * 3600 }), [true, true, false, true]);
  assert.deepEqual(flags({ processing: { ...processing, xenonVolumeMl: 0.3 } }), [true, true, true, false]);
  assert.deepEqual(flags({ processing: null, transmitTime: null }), [true, true, null, null]);
});
