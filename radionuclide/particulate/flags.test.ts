/** Flags of data quality on both sides of their limits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PulseHeightData } from "@harken/core";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import type { EnergyUpdate } from "../gamma/energyUpdate.ts";
import type { Peak } from "../gamma/peaks.ts";
import { qualityFlags } from "./flags.ts";
import { countsAsMessage } from "./simulatedSample.ts";

const energy = polynomialEnergy([0, 0.33]);
const HOUR = 3600;
const unused = {
  calibration: { energy, resolution: rootResolution(1, 0), efficiency: logarithmicEfficiency(1000, [-3], 0.03) },
  ...{ activitiesBq: {}, channels: 0, scatteredCounts: 0, scatteredKeV: 1 },
};
const message = countsAsMessage(unused, new Int32Array(0));

interface Given {
  readonly collectionHours?: number;
  readonly waitHours?: number;
  readonly realHours?: number;
  readonly reportedHours?: number;
  readonly airVolumeM3?: number;
  readonly k40OffKeV?: number;
  readonly be7FwhmKeV?: number;
  readonly gainShift?: number;
  readonly ba140Mdc?: number;
  readonly activationProducts?: number;
}

function flags(given: Given = {}, changed: Partial<PulseHeightData> = {}) {
  const { collectionHours = 24, waitHours = 24, realHours = 23, reportedHours = 71, airVolumeM3 = 24_000 } = given;
  const startTime = 1_700_000_000;
  const stopTime = startTime + collectionHours * HOUR;
  const sample: PulseHeightData = {
    ...message,
    collection: { startTime, stopTime, airVolumeM3 },
    acquisition: { startTime: stopTime + waitHours * HOUR, realSec: realHours * HOUR, liveSec: realHours * HOUR - 60 },
    transmitTime: startTime + reportedHours * HOUR,
    ...changed,
  };
  const peak = (energyKeV: number, fwhmKeV: number) =>
    ({ channel: energy.channelAt(energyKeV), energyKeV, energyErrorKeV: 0, fwhmKeV }) as Peak;
  const found = qualityFlags({
    sample,
    peaks: [peak(477.6035, given.be7FwhmKeV ?? 1.6), peak(1460.822 + (given.k40OffKeV ?? 0.1), 2.3)],
    energy,
    energyUpdate: { gainShift: given.gainShift ?? 5e-5, references: [0, 1] } as unknown as EnergyUpdate,
    ba140Mdc: given.ba140Mdc ?? 20,
    activationProducts: given.activationProducts ?? 0,
    previousSamplePresent: null,
  });
  return new Map(found.map(({ name, pass, value }) => [name, { pass, value }]));
}

test("a good sample passes every flag that can be judged", () => {
  for (const [name, { pass }] of flags()) assert.equal(pass, name === "previous sample present" ? null : true, name);
});

test("each limit fails by itself (limits of CTBT/PC-II/1/Add.2 and of the IDC's products)", () => {
  for (const [name, given, value] of [
    ["collection time", { collectionHours: 24.1 }, 24.1],
    ["acquisition time", { realHours: 19.9 }, 19.9],
    ["decay time", { waitHours: 24.1 }, 24.1],
    ["reporting time", { reportedHours: 72.1 }, 72.1],
    ["Ba-140 MDC", { ba140Mdc: 30.1 }, 30.1],
    // The calibration is trusted to 0.1 keV.
    ["K-40 location", { k40OffKeV: -0.31 }, 3.1],
    ["gain difference", { gainShift: -1.1e-4 }, 1.1e-4],
    ["Be-7 FWHM", { be7FwhmKeV: 1.71 }, 1.71],
    ["air flow", { airVolumeM3: 499 * 24 }, 499],
    ["activation products", { activationProducts: 1 }, 1],
  ] as const) {
    const found = flags(given);
    const failed = [...found].flatMap(([other, { pass }]) => (pass === false ? [other] : []));
    assert.deepEqual(failed, [name]);
    assert.ok(Math.abs(found.get(name)!.value! / value - 1) < 1e-6, `${name}: ${found.get(name)!.value}`);
  }
});

test("what the message does not tell is not judged", () => {
  const found = flags({}, { collection: null, transmitTime: null });
  for (const name of ["collection time", "decay time", "reporting time", "air flow"])
    assert.deepEqual(found.get(name), { pass: null, value: null }, name);
});
