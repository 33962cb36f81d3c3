/**
 * Which amplitude makes which magnitude, and where: the customs of the IDC as data. Distances in deg, periods in s, amplitudes in nm.
 *
 * mb from the first P at 20 to 100 deg (Veith and Clawson 1972), Ms from Rayleigh waves of 18 to 22 s (Rezapour and Pearce 1998), ML below
 * 20 deg (Hutton and Boore 1987).
 */
import type { Amplitude } from "@harken/core";
import { mbCorrection, mlCorrection, msCorrection } from "@harken/earth";

export interface MagnitudeRule {
  readonly type: string;
  readonly amplitudeType: Amplitude["type"];
  /** The amplitude in a sentence. */
  readonly amplitudeName: string;
  /** Phases whose arrivals may carry it. */
  readonly phases: readonly string[];
  /** Of several at one station: that of the first arrival, or the largest. */
  readonly choice: "first" | "largest";
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly minPeriodSec: number;
  readonly maxPeriodSec: number;
  /** The magnitude is log10(A/T) or log10(A), plus this; null where it is not defined. */
  readonly dividedByPeriod: boolean;
  readonly correction: (deltaDeg: number, depthKm: number) => number | null;
  /** Standard deviation of one station's magnitude; the uncertainty of a network of one. */
  readonly stationSigma: number;
  /** What is added at a station, and its own standard deviation there, by which it weighs; null for nothing and `stationSigma`. */
  readonly stationTerm: ((station: string, deltaDeg: number) => StationTerm | null) | null;
  /** Further than this from the network's median a station does not define, where there are `outlierStations` or more. */
  readonly outlierUnits: number;
  readonly outlierStations: number;
  /** Name and network sigma of the maximum-likelihood magnitude that also hears the stations which saw nothing; null for none. */
  readonly likelihood: { readonly type: string; readonly noiseType: Amplitude["type"]; readonly sigma: number } | null;
}

export interface StationTerm {
  readonly term: number;
  readonly sigma: number;
}

const firstP: readonly string[] = ["P", "Pn", "Pg", "Pb", "Pdiff", "PKP", "PKPdf", "PKPbc", "PKPab"];

export const mbRule: MagnitudeRule = Object.freeze<MagnitudeRule>({
  type: "mb",
  amplitudeType: "A5/2",
  amplitudeName: "an amplitude of its first P (A5/2)",
  phases: firstP,
  choice: "first",
  minDeltaDeg: 20,
  maxDeltaDeg: 100,
  minPeriodSec: 0.1,
  maxPeriodSec: 3,
  dividedByPeriod: true,
  correction: mbCorrection,
  stationSigma: 0.35,
  stationTerm: null,
  outlierUnits: 1,
  outlierStations: 4,
  likelihood: { type: "mb_mle", noiseType: "ANP/2", sigma: 0.35 },
});

export const msRule: MagnitudeRule = Object.freeze<MagnitudeRule>({
  type: "Ms",
  amplitudeType: "ALR/2",
  amplitudeName: "a Rayleigh-wave amplitude (ALR/2)",
  phases: ["LR"],
  choice: "largest",
  minDeltaDeg: 5,
  maxDeltaDeg: 100,
  minPeriodSec: 18,
  maxPeriodSec: 22,
  dividedByPeriod: true,
  correction: msCorrection,
  stationSigma: 0.25,
  stationTerm: null,
  outlierUnits: 1,
  outlierStations: 4,
  likelihood: { type: "Ms_mle", noiseType: "ANL/2", sigma: 0.25 },
});

export const mlRule: MagnitudeRule = Object.freeze<MagnitudeRule>({
  type: "ML",
  amplitudeType: "ML",
  amplitudeName: "a Wood-Anderson amplitude (ML)",
  phases: ["P", "Pn", "Pg", "Pb", "S", "Sn", "Sg", "Sb", "Lg", "Rg"],
  choice: "largest",
  minDeltaDeg: 0,
  maxDeltaDeg: 20,
  minPeriodSec: 0,
  maxPeriodSec: Number.POSITIVE_INFINITY,
  dividedByPeriod: false,
  correction: mlCorrection,
  stationSigma: 0.35,
  stationTerm: null,
  outlierUnits: 1,
  outlierStations: 4,
  likelihood: null,
});

/**
 * mb1, the IDC's mb with station terms: every station from regional distance on counts, with the term and by the spread that earlier
 * events gave it.
 */
export function mb1Rule(stationTerm: NonNullable<MagnitudeRule["stationTerm"]>): MagnitudeRule {
  return Object.freeze<MagnitudeRule>({
    ...mbRule,
    type: "mb1",
    minDeltaDeg: 4,
    stationSigma: 0.28,
    stationTerm,
    likelihood: { type: "mb1_mle", noiseType: "ANP/2", sigma: 0.3 },
  });
}

export interface MagnitudeSettings {
  readonly name: string;
  readonly rules: readonly MagnitudeRule[];
}

export const defaultMagnitudeSettings: MagnitudeSettings = Object.freeze({
  name: "idc-custom",
  rules: [mbRule, msRule, mlRule],
});
