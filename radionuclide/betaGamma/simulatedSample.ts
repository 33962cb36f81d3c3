/**
 * A beta-gamma system with known truth: activities in, a message of pulse-height data with Poisson counts out. The plane is coarse, one cell for
 * each disjoint part of the regions, since the analysis uses nothing finer. Probabilities are of a SAUNA's size.
 */
import type { PulseHeightData, RandomStream } from "@harken/core";
import { decayPerSec } from "../xenon/isotopes.ts";
import { nominalBranching as b } from "./branching.ts";
import { decaysPerBq, type MeasurementDurations } from "./response.ts";

/** Bq at the start of the measurement. */
export interface TrueActivities {
  readonly radon: number;
  readonly xe135: number;
  readonly xe133: number;
  readonly xe131m: number;
  readonly xe133m: number;
}

export const noActivity: TrueActivities = { radon: 0, xe135: 0, xe133: 0, xe131m: 0, xe133m: 0 };

/** Parts of the plane: three gamma strips, and the 30 keV strip from left to right. */
const parts = ["1", "2", "3", "7", "5", "6", "8"] as const;
type Part = (typeof parts)[number];
type PerPart = Readonly<Record<Part, number>>;

/** Probability of a count in each part, per decay. */
const efficiency = {
  xe135: 0.55,
  at81: 0.5,
  xray: { "7": 0.16, "5": 0.15, "6": 0.06, "8": 0.03 },
  xe131m: 0.6,
  xe133m: 0.6,
};
const radonRatio: PerPart = { "1": 1, "2": 0.65, "3": 1.25, "7": 0.04, "5": 0.06, "6": 0.06, "8": 0.07 };
const comptonRatio = { "7": 0.04, "5": 0.035, "6": 0.02, "8": 0.01 };

const perDecay: Readonly<Record<keyof TrueActivities, Partial<PerPart>>> = {
  radon: Object.fromEntries(parts.map((p) => [p, efficiency.xe135 * b.radon * radonRatio[p]])),
  xe135: { "2": efficiency.xe135 * b.xe135At250 },
  xe133: {
    "3": efficiency.at81 * b.xe133At81,
    ...Object.fromEntries(
      (["7", "5", "6", "8"] as const).map((p) => [
        p,
        efficiency.xray[p] * b.xe133At30 + comptonRatio[p] * efficiency.at81 * b.xe133At81,
      ]),
    ),
  },
  xe131m: { "5": efficiency.xe131m * b.xe131mAt30 },
  xe133m: { "6": efficiency.xe133m * b.xe133mAt30 },
};

const lambda: Readonly<Record<keyof TrueActivities, number>> = {
  radon: decayPerSec["Rn-222"],
  xe135: decayPerSec["Xe-135"],
  xe133: decayPerSec["Xe-133"],
  xe131m: decayPerSec["Xe-131m"],
  xe133m: decayPerSec["Xe-133m"],
};
const nuclides = Object.keys(lambda) as (keyof TrueActivities)[];

/** Expected counts of each part: nuclides, and a detector background of so many counts a second in each. */
function expectedCounts(truth: TrueActivities, durations: MeasurementDurations, backgroundPerSec: number): number[] {
  return parts.map((part) =>
    nuclides.reduce(
      (sum, name) => sum + truth[name] * decaysPerBq(lambda[name], durations) * (perDecay[name][part] ?? 0),
      backgroundPerSec * durations.liveSec,
    ),
  );
}

export interface SimulatedMeasurement extends MeasurementDurations {
  readonly startTime: number;
  readonly truth: TrueActivities;
  readonly backgroundPerSec: number;
}

/** Cells of the plane: beta columns 1 to 4 are the parts of the 30 keV strip. */
const cell: Readonly<Record<Part, readonly [gamma: number, beta: number]>> = {
  "1": [4, 1],
  "2": [3, 1],
  "3": [2, 1],
  "7": [1, 1],
  "5": [1, 2],
  "6": [1, 3],
  "8": [1, 4],
};
const GAMMA_CHANNELS = 6;
const BETA_CHANNELS = 6;
const strip = (region: number, betaLow: number, betaHigh: number, gamma: number) => ({
  region,
  betaLow,
  betaHigh,
  gammaLow: gamma,
  gammaHigh: gamma + 1,
});
const xray = (...names: (keyof typeof efficiency.xray)[]) => names.reduce((sum, p) => sum + efficiency.xray[p], 0);
const compton = (...names: (keyof typeof comptonRatio)[]) => names.reduce((sum, p) => sum + comptonRatio[p], 0);
const radonIn = (...names: Part[]) => names.reduce((sum, p) => sum + radonRatio[p], 0);
const inSmall = (p: "5" | "6") =>
  comptonRatio[p] + (efficiency.xray[p] * b.xe133At30) / (efficiency.at81 * b.xe133At81);

/** A sample without collection data (activities only) whose calibration is exact. */
export function simulateSample(measurement: SimulatedMeasurement, random: RandomStream): PulseHeightData {
  const counts = new Int32Array(GAMMA_CHANNELS * BETA_CHANNELS);
  expectedCounts(measurement.truth, measurement, measurement.backgroundPerSec).forEach((expected, i) => {
    const [gamma, beta] = cell[parts[i]!];
    counts[gamma * BETA_CHANNELS + beta] = random.poisson(expected);
  });
  const ratio = (upperRegion: number, lowerRegion: number, value: number) => ({
    name: `${upperRegion}:${lowerRegion}`,
    upperRegion,
    lowerRegion,
    ratio: value,
    error: 0,
  });
  const effective = (nuclide: string, region: number, value: number) => ({
    nuclide,
    region,
    efficiency: value,
    error: 0,
  });
  return {
    kind: "SAMPLEPHD",
    messageId: "simulated",
    station: "SIM01",
    detector: "SIM01_001",
    system: "B",
    geometry: "CELL",
    qualifier: "FULL",
    sampleId: "",
    measurementId: "",
    detectorBackgroundId: null,
    gasBackgroundId: null,
    transmitTime: null,
    comment: "",
    collection: null,
    acquisition: {
      startTime: measurement.startTime,
      realSec: measurement.realSec,
      liveSec: measurement.liveSec,
    },
    calibrationTime: null,
    processing: null,
    sampleSizeCm: null,
    gammaEnergy: [],
    betaEnergy: [],
    gammaResolution: [],
    betaResolution: [],
    gammaEfficiency: [],
    totalEfficiency: [],
    regions: [],
    channelRegions: [
      strip(1, 1, 2, 4),
      strip(2, 1, 2, 3),
      strip(3, 1, 2, 2),
      strip(4, 1, 5, 1),
      strip(5, 2, 3, 1),
      strip(6, 3, 4, 1),
      strip(7, 1, 2, 1),
      strip(8, 4, 5, 1),
      strip(9, 3, 5, 1),
      strip(10, 1, 3, 1),
    ],
    regionEfficiencies: [
      effective("XE-135", 2, efficiency.xe135),
      effective("XE-133", 3, efficiency.at81),
      effective("XE-133", 4, xray("7", "5", "6", "8")),
      effective("XE-131m", 5, efficiency.xe131m),
      effective("XE-133m", 6, efficiency.xe133m),
      effective("XE-133", 7, xray("7")),
      effective("XE-133", 8, xray("8")),
      effective("XE-133", 9, xray("6", "8")),
      effective("XE-133", 10, xray("7", "5")),
    ],
    ratios: [
      ratio(1, 2, radonIn("2")),
      ratio(1, 3, radonIn("3")),
      ratio(1, 4, radonIn("7", "5", "6", "8")),
      ratio(1, 5, radonIn("5")),
      ratio(1, 6, radonIn("6")),
      ratio(1, 7, radonIn("7")),
      ratio(1, 8, radonIn("8")),
      ratio(1, 9, radonIn("6", "8")),
      ratio(1, 10, radonIn("7", "5")),
      ratio(3, 4, compton("7", "5", "6", "8")),
      ratio(3, 5, inSmall("5")),
      ratio(3, 6, inSmall("6")),
      ratio(3, 7, compton("7")),
      ratio(3, 8, compton("8")),
      ratio(3, 9, compton("6", "8")),
      ratio(3, 10, compton("7", "5")),
    ],
    gammaSpectrum: null,
    betaSpectrum: null,
    histogram: {
      gammaChannels: GAMMA_CHANNELS,
      betaChannels: BETA_CHANNELS,
      gammaSpanKeV: 720,
      betaSpanKeV: 550,
      counts,
    },
    certificate: null,
  };
}
