/**
 * Every number that shapes station processing, as one named object. A run records the recipe's name; a station may be given its own.
 *
 * Windows and thresholds follow the open successors of the IDC's software (GMS PI7: STA 3 s, LTA 24 s, spike ratio, 750 repeated samples;
 * amplitude A5/2 of PI27) and are tuned for the trailing windows of signal/staLta.ts on real noise of the array CMAR.
 */
export interface DetectionBand {
  readonly name: string;
  readonly lowHz: number;
  readonly highHz: number;
  readonly staSec: number;
  /** Ratio at which a detection begins. */
  readonly on: number;
}

export interface StationRecipe {
  readonly name: string;
  readonly quality: {
    /** Largest gap that is bridged by a straight line, s; longer ones end a block. */
    readonly bridgeSec: number;
    /** A sample further from both neighbours than this many median absolute differences is a spike. */
    readonly spikeRatio: number;
    /** Identical samples from this length on are no ground motion, s. */
    readonly repeatedSec: number;
    /** Identical samples at the extreme of the trace that count as clipping. */
    readonly clippedSamples: number;
    /** Least extreme for clipping to be thought of, counts. */
    readonly clippedLeastCounts: number;
    /** After a masked stretch nothing is detected for this time, s. */
    readonly recoverySec: number;
  };
  readonly filterOrder: number;
  readonly bands: readonly DetectionBand[];
  readonly ltaSec: number;
  readonly gapSec: number;
  readonly minLtaSec: number;
  /** A detection ends when the ratio falls below this. */
  readonly off: number;
  /** Detections closer than this are one, s. */
  readonly mergeSec: number;
  /** Secondary signals inside the coda of a strong one: a shorter background, and a lower ratio. */
  readonly coda: {
    readonly staSec: number;
    readonly ltaSec: number;
    readonly gapSec: number;
    readonly on: number;
    readonly withinSec: number;
  };
  readonly onset: {
    readonly order: number;
    readonly beforeSec: number;
    readonly afterSec: number;
    readonly noiseSec: number;
    readonly signalSec: number;
    /** Least fall of the criterion for the onset to be believed. */
    readonly minQuality: number;
  };
  /** Standard deviation of an onset by its SNR: `max` at snr 3 and below, falling by `slope` a decade of snr / 3 over log10(6), to `min`. */
  readonly timeError: { readonly maxSec: number; readonly slopeSec: number; readonly minSec: number };
  readonly array: {
    /** Rings of beams, s/km, with the number of beams on each. */
    readonly rings: readonly (readonly [slownessSecPerKm: number, beams: number])[];
    readonly fkWindowSec: number;
    readonly fkLeadSec: number;
    readonly fkGrid: number;
    readonly fkMaxSlowness: number;
    /** Least F statistic for azimuth and slowness to be given. */
    readonly minF: number;
    /** Error that the Earth adds to every slowness vector, s/km. */
    readonly modelSlowness: number;
  };
  readonly threeComponent: {
    readonly windowSec: number;
    readonly minRectilinearity: number;
    readonly azimuthErrorDeg: number;
    readonly slownessErrorSecPerDeg: number;
    /** Surface S velocity, km/s, by which the angle of incidence becomes a slowness. */
    readonly surfaceSvelocity: number;
  };
  readonly amplitude: {
    readonly lowHz: number;
    readonly highHz: number;
    readonly leadSec: number;
    readonly lengthSec: number;
    readonly minPeriodSec: number;
    readonly maxPeriodSec: number;
    /** Window of the Wood-Anderson maximum after the onset, s: long enough to hold Lg after Pn at 12 degrees. */
    readonly localLengthSec: number;
    readonly localLowHz: number;
  };
  readonly longPeriod: {
    readonly lowHz: number;
    readonly highHz: number;
    readonly staSec: number;
    readonly ltaSec: number;
    readonly minLtaSec: number;
    readonly on: number;
    readonly minPeriodSec: number;
    readonly maxPeriodSec: number;
  };
}

export const defaultRecipe: StationRecipe = Object.freeze<StationRecipe>({
  name: "station-1",
  quality: {
    bridgeSec: 1,
    spikeRatio: 40,
    repeatedSec: 10,
    clippedSamples: 4,
    clippedLeastCounts: 100_000,
    recoverySec: 5,
  },
  filterOrder: 3,
  bands: [
    { name: "0.8-2", lowHz: 0.8, highHz: 2, staSec: 1.5, on: 4.2 },
    { name: "1.2-3", lowHz: 1.2, highHz: 3, staSec: 1.2, on: 4 },
    { name: "2-4", lowHz: 2, highHz: 4, staSec: 1, on: 4 },
    { name: "3-6", lowHz: 3, highHz: 6, staSec: 1, on: 4 },
    { name: "5-9", lowHz: 5, highHz: 9, staSec: 1, on: 4.2 },
  ],
  ltaSec: 40,
  gapSec: 1,
  minLtaSec: 8,
  off: 2,
  mergeSec: 4,
  coda: { staSec: 2.5, ltaSec: 10, gapSec: 1, on: 2.2, withinSec: 400 },
  onset: { order: 6, beforeSec: 7, afterSec: 4, noiseSec: 4, signalSec: 2.5, minQuality: 0.02 },
  timeError: { maxSec: 1.07, slopeSec: 0.95, minSec: 0.12 },
  array: {
    rings: [
      [0, 1],
      [0.05, 6],
      [0.09, 8],
      [0.14, 12],
      [0.22, 16],
      [0.29, 18],
    ],
    fkWindowSec: 4,
    fkLeadSec: 0.7,
    fkGrid: 61,
    fkMaxSlowness: 0.36,
    minF: 2.2,
    modelSlowness: 0.006,
  },
  threeComponent: {
    windowSec: 2,
    minRectilinearity: 0.75,
    azimuthErrorDeg: 15,
    slownessErrorSecPerDeg: 3,
    surfaceSvelocity: 3.46,
  },
  amplitude: {
    lowHz: 0.8,
    highHz: 4.5,
    leadSec: 0.5,
    lengthSec: 5.5,
    minPeriodSec: 0.2,
    maxPeriodSec: 1.5,
    localLengthSec: 220,
    localLowHz: 0.5,
  },
  longPeriod: {
    lowHz: 0.04,
    highHz: 0.065,
    staSec: 60,
    ltaSec: 600,
    minLtaSec: 240,
    on: 3,
    minPeriodSec: 17,
    maxPeriodSec: 23,
  },
});
