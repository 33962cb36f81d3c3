/**
 * What the generative model knows beforehand, as data that a command learns from a bulletin (`harken learn`): where, how often and how deep
 * events happen, which phases stations report of them and how well, and what else they report. The parts are those of NET-VISA's model
 * (Arora, Russell and Sudderth 2013, doi:10.1785/0120120107, tables 1 to 4).
 */
import defaults from "./data/simulated.json" with { type: "json" };

/** 2: coda detections have an amplitude beside their signal's. */
export const PRIORS_VERSION = 2;

/** A Laplace distribution around `location` with the scale of its errors, and a share that is wrong altogether. */
export interface LaplacePrior {
  readonly location: number;
  /** For a time: s, beside the reading's own error. For directions: a factor on the error that the arrival claims. */
  readonly scale: number;
  readonly wildShare: number;
}

export interface PhasePrior {
  /** Logit of the chance of a detection: constant, per magnitude unit above the station's noise, and at the knots of distance. */
  readonly detection: { readonly constant: number; readonly slope: number; readonly byDistance: readonly number[] };
  readonly time: LaplacePrior;
  /** log10 A/T less (magnitude - Q): mean and standard deviation. */
  readonly amplitude: { readonly mean: number; readonly spread: number };
}

export type StationKind = "array" | "single";
export type LabelClass = "P" | "S" | "L" | "unknown" | "noise";
export type Labels = Readonly<Record<LabelClass, number>>;

/** Three components see the direction of P, hardly that of S. */
export type ByWave<T> = Readonly<Record<"P" | "S", T>>;

export interface KindPrior {
  readonly azimuth: ByWave<LaplacePrior>;
  readonly slowness: ByWave<LaplacePrior>;
  /** Chance of each label for P, S, Lg, and chance detections; of use where no slowness was measured by an array. */
  readonly labels: Readonly<Record<"P" | "S" | "L" | "chance", Labels>>;
  /** Chance detections an hour, and the weight of that figure, h. */
  readonly falsePerHour: number;
  /** log10 of the amplitude over the station's noise of chance detections: shares of bins of 0.1 from 0 on. */
  readonly falseAmplitude: readonly number[];
  /** Slowness of chance detections: shares of bins of 2 s/deg from 0 on; the last takes the rest. */
  readonly falseSlowness: readonly number[];
  readonly coda: CodaPrior;
  /** log10 of A/T of the noise where nothing is known. */
  readonly noise: number;
}

/** Detections behind a strong signal. */
export interface CodaPrior {
  /** Count for each unit of ln(SNR / snr0). */
  readonly perLogSnr: number;
  readonly snr0: number;
  readonly decaySec: number;
  /** log10 of the signal's amplitude over theirs: shares of bins of 0.1 from -1 (`CODA_ABOVE`) on. */
  readonly below: readonly number[];
  /** Laplace scale of their azimuths around the signal's, deg, and of their slownesses, s/deg. */
  readonly azimuthDeg: number;
  readonly slownessSecPerDeg: number;
}

export interface StationPrior {
  /** log10 of A/T of the noise: amplitude over SNR. */
  readonly noise: number;
  /** Logit by which it detects more than others of its noise. */
  readonly detection: number;
  readonly timeSec: number;
  readonly magnitude: number;
  readonly falsePerHour: number;
  /** Directions of chance detections: shares of sectors of azimuth for each of three ranges of slowness; empty for even. */
  readonly habits: readonly number[];
}

export interface BayesPriors {
  readonly format: "harken-bayes-priors";
  readonly version: 2;
  readonly name: string;
  readonly learnedFrom: string;
  readonly seismicity: {
    /** Events a day with `minMagnitude` or more. */
    readonly perDay: number;
    readonly minMagnitude: number;
    readonly bValue: number;
    /** Share that may happen anywhere alike. */
    readonly evenShare: number;
    readonly kernelDeg: number;
    /** Past events: latitude and longitude (half degrees), depth layer, count. */
    readonly places: readonly (readonly [latitudeDeg: number, longitudeDeg: number, layer: number, count: number])[];
  };
  readonly distanceKnotsDeg: readonly number[];
  readonly phases: Readonly<Record<string, PhasePrior>>;
  readonly kinds: Readonly<Record<StationKind, KindPrior>>;
  readonly stations: Readonly<Record<string, StationPrior>>;
}

/** Edges of the depth layers of the seismicity, km. */
export const layerEdgesKm: readonly number[] = [0, 45, 150, 300, 750];
export const layerOf = (depthKm: number): number => {
  const last = layerEdgesKm.length - 2;
  let layer = 0;
  while (layer < last && depthKm >= layerEdgesKm[layer + 1]!) layer++;
  return layer;
};

export const HABIT_SECTORS = 18;
/** Upper edges of the slowness ranges of habits, s/deg. */
export const habitEdgesSecPerDeg: readonly number[] = [10, 20, Number.POSITIVE_INFINITY];

/** Learned from simulated worlds alone (see docs/network-processing.md). */
export const defaultPriors: BayesPriors = defaults as unknown as BayesPriors;

/** Priors from a file's JSON, or the reason why it is none. */
export function readPriors(value: unknown): BayesPriors | string {
  if (typeof value !== "object" || value === null) return "it is no JSON object";
  const { format, version, seismicity, phases, kinds, stations } = value as Partial<BayesPriors>;
  if (format !== "harken-bayes-priors") return 'its format is not "harken-bayes-priors"';
  if (version !== PRIORS_VERSION)
    return `version ${String(version)} is not the one that this program reads, ${PRIORS_VERSION}; learn it again with harken learn`;
  if (!seismicity || !phases || !kinds?.array || !kinds.single || !stations) return "parts of it are missing";
  return value as BayesPriors;
}
