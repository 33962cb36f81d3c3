/**
 * A particulate sample of known truth: activities in, a message of pulse-height data with Poisson counts out. Each line makes a full-energy peak and a
 * Compton continuum in the proportion of a germanium detector; a falling continuum of scattered photons lies below. Calibration points are exact.
 */
import type { PulseHeightData, RandomStream } from "@harken/core";
import { nuclide } from "../nuclides/nuclides.ts";
import type { GammaCalibration } from "./calibration.ts";
import { totalOverPeakAt } from "./coincidence.ts";
import { sourceOf } from "./sources.ts";

export interface SimulatedParticulate {
  /** Mean over the counting, Bq, by name of nuclide. */
  readonly activitiesBq: Readonly<Record<string, number>>;
  readonly calibration: GammaCalibration;
  readonly channels: number;
  /** Scattered photons in each channel at zero energy, and the energy over which they fall to 1 / e. */
  readonly scatteredCounts: number;
  readonly scatteredKeV: number;
}

/** What an air filter of 24 000 m^3 shows a day after collection, Bq, as at a mid-latitude continental station. */
export const airFilterBq: Readonly<Record<string, number>> = Object.freeze({
  "Pb-212F": 300,
  "Be-7": 115,
  "K-40": 21,
  "Bi-214": 1.2,
  "Pb-214": 0.8,
  "Ac-228": 1.7,
  "U-235": 0.5,
  "Ge-71m": 0.1,
  "Ge-75m": 0.08,
});

export const simulatedTimes = Object.freeze({
  collection: { startTime: 1_700_000_000, stopTime: 1_700_086_400, airVolumeM3: 24_000 },
  acquisition: { startTime: 1_700_172_800, realSec: 84_300, liveSec: 84_150 },
});

const FROM_KEV = 20;
const TO_KEV = 2750;
/** Photons scattered more than once fill the gap between the Compton edge and the peak with this share of the plateau. */
const ABOVE_EDGE = 0.15;

/** Expected counts of each channel; channels count from 1. */
export function expectedSpectrum(truth: SimulatedParticulate): Float64Array {
  const { activitiesBq, calibration, channels, scatteredCounts, scatteredKeV } = truth;
  const { collection, acquisition } = simulatedTimes;
  const times = {
    collectionSec: collection.stopTime - collection.startTime,
    waitSec: acquisition.startTime - collection.stopTime,
    acquisitionSec: acquisition.realSec,
  };
  const energies = Float64Array.from({ length: channels }, (_, i) => calibration.energy.energyAt(i + 1));
  const expected = energies.map((e) => (e < FROM_KEV ? 0 : scatteredCounts * Math.exp(-e / scatteredKeV)));
  for (const [name, bq] of Object.entries(activitiesBq)) {
    const conditions = { calibration, fromKeV: FROM_KEV, toKeV: TO_KEV, liveSec: acquisition.liveSec, times };
    for (const { energyKeV, gain } of sourceOf(nuclide(name)!, conditions).lines) {
      const counts = gain * bq;
      addPeak(expected, calibration, energyKeV, counts);
      addCompton(expected, energies, energyKeV, counts * (totalOverPeakAt(energyKeV) - 1));
    }
  }
  return expected;
}

function addPeak(expected: Float64Array, { energy, resolution }: GammaCalibration, energyKeV: number, counts: number) {
  const sigma = resolution(energyKeV) / 2.354820045;
  const width = energy.energyAt(energy.channelAt(energyKeV) + 0.5) - energy.energyAt(energy.channelAt(energyKeV) - 0.5);
  const middle = Math.round(energy.channelAt(energyKeV)) - 1;
  const reach = Math.ceil((6 * sigma) / width);
  for (let i = Math.max(0, middle - reach); i <= Math.min(expected.length - 1, middle + reach); i++) {
    const u = (energy.energyAt(i + 1) - energyKeV) / sigma;
    expected[i]! += (counts * width * Math.exp(-0.5 * u * u)) / (sigma * Math.sqrt(2 * Math.PI));
  }
}

function addCompton(expected: Float64Array, energies: Float64Array, energyKeV: number, counts: number) {
  const edge = (2 * energyKeV ** 2) / (510.999 + 2 * energyKeV);
  const plateau = counts / (edge - FROM_KEV + ABOVE_EDGE * (energyKeV - edge));
  for (let i = 1; i < expected.length && energies[i]! < energyKeV; i++) {
    if (energies[i]! < FROM_KEV) continue;
    // The edge is smeared over a few keV.
    const below = 1 / (1 + Math.exp((energies[i]! - edge) / 3));
    expected[i]! += plateau * (energies[i]! - energies[i - 1]!) * (below + ABOVE_EDGE * (1 - below));
  }
}

const pointsKeV: readonly number[] = [45, 60, 88, 122, 166, 279, 392, 514, 662, 898, 1173, 1332, 1836, 2100, 2614];

export function simulateParticulate(truth: SimulatedParticulate, random: RandomStream): PulseHeightData {
  return countsAsMessage(
    truth,
    Int32Array.from(expectedSpectrum(truth), (mean) => random.poisson(mean)),
  );
}

/** A message that carries these counts and the calibration of the truth. */
export function countsAsMessage({ calibration }: SimulatedParticulate, counts: Int32Array): PulseHeightData {
  const points = (value: (energyKeV: number) => number, relative: number) =>
    pointsKeV.map((energyKeV) => ({ energyKeV, value: value(energyKeV), error: relative * value(energyKeV) }));
  const { collection, acquisition } = simulatedTimes;
  return {
    kind: "SAMPLEPHD",
    messageId: "simulated",
    station: "SIM02",
    detector: "SIM02_001",
    system: "P",
    geometry: "FILTER",
    qualifier: "FULL",
    sampleId: "02202311140011",
    measurementId: "SIM02_001-2023/11/16-22:13:20.0",
    detectorBackgroundId: null,
    gasBackgroundId: null,
    transmitTime: acquisition.startTime + acquisition.realSec + 600,
    comment: "",
    collection,
    acquisition,
    calibrationTime: null,
    processing: null,
    sampleSizeCm: null,
    gammaEnergy: points(calibration.energy.channelAt, 0),
    betaEnergy: [],
    gammaResolution: points(calibration.resolution, 0.01),
    betaResolution: [],
    gammaEfficiency: points(calibration.efficiency.at, 0.03),
    totalEfficiency: [],
    regions: [],
    channelRegions: [],
    regionEfficiencies: [],
    ratios: [],
    gammaSpectrum: { firstChannel: 1, spanKeV: 2700, counts },
    betaSpectrum: null,
    histogram: null,
    certificate: null,
  };
}
