/**
 * Worlds of arrivals: what the seismic stations of the whole monitoring system would report over days, without making a waveform. They are for
 * judging association at real rates, and are not the model of any associator: errors are not Laplace's, noise drifts and is correlated,
 * travel times have smooth anomalies, stations have terms that nobody knows, detections crowd after strong signals and mask weaker ones.
 *
 *     const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: 7, seed: 3 }, earth);
 */
import { epoch } from "@harken/core";

/** One mainshock and what follows it. */
export interface AftershockSequence {
  readonly dayOfMainshock: number;
  readonly magnitude: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
}

export interface ArrivalWorldConfig {
  readonly name: string;
  /** Changes whenever the same configuration would give other arrivals. */
  readonly version: number;
  readonly seed: number;
  /** Epoch s. */
  readonly startTime: number;
  /** 1 to 90. */
  readonly days: number;
  /** Earthquakes of mb 4 and more a day, b = 1. */
  readonly eventsPerDay: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /** Share of the earthquakes that lie anywhere instead of in the zones. */
  readonly elsewhereShare: number;
  readonly sequences: readonly AftershockSequence[];
  /** Factor on the scatter of amplitudes, times and directions. */
  readonly scatter: number;
  /** Share of times and directions that are wrong altogether. */
  readonly outlierShare: number;
  /** Standard deviation of what is wrong for good at a station: onset, s; magnitude; slowness vector, s/deg. */
  readonly stationTerms: { readonly timeSec: number; readonly magnitude: number; readonly slownessSecPerDeg: number };
  /** Standard deviation of the smooth travel-time anomalies of teleseismic P, s; regional waves have twice, S waves 1.7 times as much. */
  readonly pathSec: number;
  /** Standard deviation of a station's noise over hours, log10 units. */
  readonly noiseDrift: number;
  /** Chance detections a day at an array and at a three-component station. */
  readonly falsePerDay: { readonly array: number; readonly single: number };
  /** Standard deviation of the logarithm (base e) of a station's rate of chance detections over hours. */
  readonly falseBursts: number;
  /** Share of chance detections that come from a few directions of the station's own. */
  readonly habitShare: number;
  /** Detections in a strong signal's coda, as a factor on the usual. */
  readonly coda: number;
  /** Share of the time that a station is out. */
  readonly outageShare: number;
}

const usual: ArrivalWorldConfig = Object.freeze({
  name: "usual",
  version: 1,
  seed: 1,
  startTime: epoch(2026, 3, 1),
  days: 1,
  eventsPerDay: 14,
  minimumMagnitude: 2.7,
  maximumMagnitude: 7,
  elsewhereShare: 0.1,
  sequences: [],
  scatter: 1,
  outlierShare: 0.04,
  stationTerms: { timeSec: 0.3, magnitude: 0.15, slownessSecPerDeg: 0.3 },
  pathSec: 0.7,
  noiseDrift: 0.12,
  falsePerDay: { array: 100, single: 45 },
  falseBursts: 0.5,
  habitShare: 0.3,
  coda: 1,
  outageShare: 0.03,
});

/**
 * `usual` is what priors are learned from; the others differ from it in one way each: `scattered` has half as much scatter again and twice the
 * outliers, `biased` station terms and path anomalies twice as large and earthquakes where there were none, `noisy` twice the chance
 * detections, in bursts, and a richer coda, `aftershocks` a great earthquake with hundreds of aftershocks an hour, `broken` a fifth of the
 * network out at any time and noise that drifts by a factor of two.
 */
export const arrivalWorldVariants = Object.freeze({
  usual,
  scattered: Object.freeze({ ...usual, name: "scattered", scatter: 1.5, outlierShare: 0.08 }),
  biased: Object.freeze({
    ...usual,
    name: "biased",
    elsewhereShare: 0.35,
    stationTerms: { timeSec: 0.8, magnitude: 0.35, slownessSecPerDeg: 0.8 },
    pathSec: 1.4,
  }),
  noisy: Object.freeze({
    ...usual,
    name: "noisy",
    falsePerDay: { array: 200, single: 90 },
    falseBursts: 1,
    habitShare: 0.5,
    coda: 1.8,
  }),
  aftershocks: Object.freeze({
    ...usual,
    name: "aftershocks",
    sequences: [{ dayOfMainshock: 0.2, magnitude: 7.6, latitudeDeg: 38.1, longitudeDeg: 142.6, depthKm: 22 }],
  }),
  broken: Object.freeze({ ...usual, name: "broken", outageShare: 0.2, noiseDrift: 0.3 }),
} satisfies Record<string, ArrivalWorldConfig>);

export type ArrivalWorldVariant = keyof typeof arrivalWorldVariants;
