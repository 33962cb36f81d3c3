import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { polynomialEnergy } from "./calibration.ts";
import { defaultEnergyUpdateSettings, referenceLinesKeV, updateEnergy } from "./energyUpdate.ts";
import type { Peak } from "./peaks.ts";

const energy = polynomialEnergy([-0.43, 0.33, -8e-9]);
const random = randomStream(3, "energy update");

/** Peaks of the reference lines as a detector shows them whose gain and zero have moved. */
function moved(zero: number, gain: number, lines = referenceLinesKeV): Peak[] {
  return lines.map((keV) => {
    const channel = (energy.channelAt(keV) - zero) / (1 + gain) + 0.02 * random.normal();
    return {
      channel,
      energyKeV: energy.energyAt(channel),
      energyErrorKeV: 0.01,
      areaCounts: 1000,
      areaErrorCounts: 40,
      fwhmKeV: 1.5,
      backgroundCounts: 100,
      criticalLevelCounts: 20,
    };
  });
}

test("a known drift is found and taken out", () => {
  const update = updateEnergy(moved(0.3, -5e-4), energy);
  assert.ok(update.used, update.reason);
  assert.ok(Math.abs(update.gainShift + 5e-4) < 2e-5 && Math.abs(update.zeroShiftChannels - 0.3) < 0.05);
  for (const { afterKeV, beforeKeV } of update.references) {
    assert.ok(Math.abs(afterKeV) < 0.03);
    assert.ok(Math.abs(beforeKeV) < 2);
  }
  const channel = update.energy.channelAt(1460.822);
  assert.ok(Math.abs(update.energy.energyAt(channel) - 1460.822) < 1e-6);
});

test("a strong stranger near a line is left out", () => {
  const peaks = moved(0.1, 1e-4);
  const stranger = { ...peaks[12]!, channel: peaks[12]!.channel + 1.2, areaCounts: 9000 };
  const update = updateEnergy([...peaks, stranger], energy);
  assert.ok(update.used && Math.abs(update.gainShift - 1e-4) < 2e-5, `${update.gainShift}`);
  assert.deepEqual(
    update.references.map(({ lineKeV }) => lineKeV),
    referenceLinesKeV.slice(0, -1),
  );
});

test("drifts beyond the limits, and too few references, leave the calibration as it was", () => {
  const gain = updateEnergy(moved(0, 0.0009), energy, { ...defaultEnergyUpdateSettings, maxGainShift: 0.0008 });
  assert.ok(!gain.used && gain.energy === energy);
  const zero = updateEnergy(moved(0.8, 0), energy);
  assert.ok(!zero.used && zero.energy === energy && /zero/.test(zero.reason), zero.reason);
  const few = updateEnergy(moved(0, 0, [238.632, 1460.822]), energy);
  assert.ok(!few.used && /only 2/.test(few.reason));
});
