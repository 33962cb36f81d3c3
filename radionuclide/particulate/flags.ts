/**
 * Timeliness and data quality of a particulate sample, as the IDC's products flag them; limits by the requirements for stations of the monitoring
 * system (CTBT/PC-II/1/Add.2).
 */
import type { PulseHeightData } from "@harken/core";
import type { EnergyCalibration } from "../gamma/calibration.ts";
import type { EnergyUpdate } from "../gamma/energyUpdate.ts";
import type { Peak } from "../gamma/peaks.ts";
import { nuclide } from "../nuclides/nuclides.ts";

export interface QualityFlag {
  readonly name: string;
  /** Null when it cannot be judged: the message or the spectrum lacks what it needs. */
  readonly pass: boolean | null;
  readonly value: number | null;
  readonly unit: string;
  /** The condition in words. */
  readonly test: string;
}

export interface QualityLimits {
  readonly maxCollectionHours: number;
  readonly minAcquisitionHours: number;
  readonly maxDecayHours: number;
  readonly maxReportingHours: number;
  readonly maxBa140Mdc: number;
  /** Standard deviations. */
  readonly maxK40Off: number;
  readonly maxGainDifference: number;
  readonly maxBe7FwhmKeV: number;
  readonly minFlowM3PerHour: number;
  readonly maxActivationProducts: number;
}

export const defaultQualityLimits: QualityLimits = Object.freeze({
  maxCollectionHours: 24,
  minAcquisitionHours: 20,
  maxDecayHours: 24,
  maxReportingHours: 72,
  maxBa140Mdc: 30,
  maxK40Off: 3,
  maxGainDifference: 1e-4,
  maxBe7FwhmKeV: 1.7,
  minFlowM3PerHour: 500,
  maxActivationProducts: 0,
});

/** Hours are compared to a hundredth, since stations round to seconds. */
const HOUR_GRACE = 0.01;
const HOUR = 3600;
const FOUND_WITHIN_KEV = 1;

export interface QualityInput {
  readonly sample: PulseHeightData;
  readonly peaks: readonly Peak[];
  /** The station's calibration, before the update. */
  readonly energy: EnergyCalibration;
  readonly energyUpdate: EnergyUpdate;
  readonly ba140Mdc: number | null;
  readonly activationProducts: number;
  /** Whether the sample before this one has come; null when that is not known. */
  readonly previousSamplePresent: boolean | null;
}

export function qualityFlags(input: QualityInput, limits: QualityLimits = defaultQualityLimits): QualityFlag[] {
  const { sample, peaks, energy, energyUpdate } = input;
  const { collection, acquisition, transmitTime } = sample;
  const flag = (name: string, value: number | null, unit: string, test: string, holds: (value: number) => boolean) => ({
    name,
    pass: value === null ? null : holds(value),
    value,
    unit,
    test,
  });
  const hours = (seconds: number | null) => (seconds === null ? null : seconds / HOUR);
  const collected = collection && collection.stopTime - collection.startTime;
  const waited = collection && acquisition ? acquisition.startTime - collection.stopTime : null;
  const reported = collection && transmitTime !== null ? transmitTime - collection.startTime : null;
  const flow = collection && collected ? collection.airVolumeM3 / (collected / HOUR) : null;
  const k40 = peakAt(peaks, energy, nuclide("K-40")!.gamma[0]!.energyKeV);
  const be7 = peakAt(peaks, energy, nuclide("Be-7")!.gamma[0]!.energyKeV);
  const k40Off = k40 && Math.abs(k40.off) / Math.hypot(k40.peak.energyErrorKeV, POSITION_ERROR_KEV);
  return [
    {
      name: "previous sample present",
      pass: input.previousSamplePresent,
      value: null,
      unit: "",
      test: "the sample before is here",
    },
    flag(
      "collection time",
      hours(collected),
      "h",
      `at most ${limits.maxCollectionHours} h`,
      (h) => h <= limits.maxCollectionHours + HOUR_GRACE,
    ),
    flag(
      "acquisition time",
      hours(acquisition?.realSec ?? null),
      "h",
      `at least ${limits.minAcquisitionHours} h`,
      (h) => h >= limits.minAcquisitionHours - HOUR_GRACE,
    ),
    flag(
      "decay time",
      hours(waited),
      "h",
      `at most ${limits.maxDecayHours} h`,
      (h) => h <= limits.maxDecayHours + HOUR_GRACE,
    ),
    flag(
      "reporting time",
      hours(reported),
      "h",
      `at most ${limits.maxReportingHours} h after collection began`,
      (h) => h <= limits.maxReportingHours + HOUR_GRACE,
    ),
    flag("Ba-140 MDC", input.ba140Mdc, "uBq/m3", `below ${limits.maxBa140Mdc} uBq/m3`, (v) => v < limits.maxBa140Mdc),
    flag(
      "K-40 location",
      k40Off,
      "sd",
      `within ${limits.maxK40Off} standard deviations of 1460.8 keV`,
      (v) => v < limits.maxK40Off,
    ),
    flag(
      "gain difference",
      energyUpdate.references.length > 1 ? Math.abs(energyUpdate.gainShift) : null,
      "",
      `below ${limits.maxGainDifference}`,
      (v) => v < limits.maxGainDifference,
    ),
    flag(
      "Be-7 FWHM",
      be7?.peak.fwhmKeV ?? null,
      "keV",
      `below ${limits.maxBe7FwhmKeV} keV`,
      (v) => v < limits.maxBe7FwhmKeV,
    ),
    flag("air flow", flow, "m3/h", `above ${limits.minFlowM3PerHour} m3/h`, (v) => v > limits.minFlowM3PerHour),
    flag(
      "activation products",
      input.activationProducts,
      "",
      `at most ${limits.maxActivationProducts}`,
      (v) => v <= limits.maxActivationProducts,
    ),
  ];
}

/** Calibrations are trusted to this. */
const POSITION_ERROR_KEV = 0.1;

function peakAt(peaks: readonly Peak[], energy: EnergyCalibration, energyKeV: number) {
  const near = peaks
    .map((peak) => ({ peak, off: energy.energyAt(peak.channel) - energyKeV }))
    .filter(({ off }) => Math.abs(off) < FOUND_WITHIN_KEV);
  return near.length === 0 ? null : near.reduce((a, b) => (Math.abs(b.off) < Math.abs(a.off) ? b : a));
}
