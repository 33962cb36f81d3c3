/**
 * Every number that shapes network processing, as one named object; an origin's author is its name.
 *
 * Event-definition weights and the threshold of the automatic lists are the IDC's (facts: time 1.0 primary, 0.7 secondary; azimuth and
 * slowness 0.4 array, 0.2 three components; 3.55 and two stations). The rest describes what detections look like, in the manner of
 * NET-VISA (Arora, Russell and Sudderth 2013, doi:10.1785/0120120107): how likely a station detects a signal, how its measurements
 * scatter, and how often it detects something that belongs to no event.
 */
export interface DirectionModel {
  /** Least standard deviation of an azimuth, deg, whatever the station claims. */
  readonly minAzimuthErrorDeg: number;
  readonly minSlownessErrorSecPerDeg: number;
  /** Share of measurements that have nothing to do with the wave's direction. */
  readonly wildShare: number;
  /** Slownesses of chance detections spread evenly over this range, s/deg. */
  readonly clutterRangeSecPerDeg: number;
}

/** One grid of the search. */
export interface GridLevel {
  /** Distance of neighbouring points, deg. */
  readonly spacingDeg: number;
  /** Points are left out where fewer stations than `detection.referenceStation` are within this distance, deg. */
  readonly withinDeg: number;
  readonly depthsKm: readonly number[];
  /** Width of the bins of origin time, s. */
  readonly binSec: number;
  /** Spacings of the finer grids around a candidate, deg, each with its bins of origin time, s. */
  readonly refinements: readonly (readonly [spacingDeg: number, binSec: number])[];
}

/** What a station calls a signal, in four kinds and noise. */
export type LabelClass = "P" | "S" | "L" | "unknown" | "noise";

export interface AssociatorSettings {
  readonly name: string;
  readonly grid: {
    /** From the global grid to those of dense networks. */
    readonly levels: readonly GridLevel[];
    /** Depth layers looked at around a candidate, km; they contain those of the levels. */
    readonly fineDepthsKm: readonly number[];
    /** A point is left out when its nearest station is further away than this, deg. */
    readonly maxNearestDeg: number;
  };
  readonly search: {
    /** Log odds that a place and time of the global grid must reach to become a candidate. */
    readonly minCandidate: number;
    /** Log odds after refinement to go on to location. */
    readonly minRefined: number;
    /** The search is repeated with the arrivals that are left, at most so many times, while it finds new events. */
    readonly maxPasses: number;
    /** Bounds on the work of one call: candidates kept for each pass, and hypotheses located for each arrival. */
    readonly maxCandidates: number;
    readonly maxLocationsPerArrival: number;
  };
  readonly definition: {
    readonly primaryTime: number;
    readonly secondaryTime: number;
    readonly arrayAzimuth: number;
    readonly arraySlowness: number;
    readonly singleAzimuth: number;
    readonly singleSlowness: number;
    /** Least sum of weights of the defining observations. */
    readonly threshold: number;
    readonly minStations: number;
    /** Least log odds of the event against chance. */
    readonly minLogOdds: number;
    /** What is asked of an event that no more than `minStations` have seen: log odds, and the ellipse's major axis, km. */
    readonly fewest: { readonly minLogOdds: number; readonly maxSemiMajorKm: number };
  };
  /** Earthquakes of mb 4 and more an hour, over the Earth, and the law of Gutenberg and Richter. */
  readonly seismicity: {
    readonly eventsPerHour: number;
    readonly bValue: number;
    /** Share of the events from a depth (km) down, deepest first: of those anywhere, as few of the places have deep ones. */
    readonly shares: readonly (readonly [fromKm: number, share: number])[];
  };
  /** Events found within `radiusDeg` make more of them likely there, from `minEvents` on and up to `maxLogGain` (log odds). */
  readonly activity: { readonly radiusDeg: number; readonly minEvents: number; readonly maxLogGain: number };
  readonly detection: {
    /** Chance that a station that is up detects a signal far above its noise. */
    readonly maxProbability: number;
    /** Spread of amplitudes around the magnitude's, magnitude units. */
    readonly spread: number;
    /** log10 of the least A/T (nm/s) that a station without arrivals to judge by detects. */
    readonly defaultThreshold: { readonly array: number; readonly single: number };
    /** The default counts as much as this many arrivals. */
    readonly defaultCount: number;
    /** SNR at which a signal is detected. */
    readonly snr: number;
    /** Chance that a station that reported nothing at all in the time looked at was up. */
    readonly upWhenSilent: number;
    /** The grid looks for events that so many stations are about to detect. */
    readonly referenceStation: number;
  };
  readonly clutter: {
    /** Chance detections of a station before any is counted, per s. */
    readonly priorPerSec: number;
    readonly priorWeightSec: number;
    /** A station's directions are taken for even, but for what more arrivals than this say. */
    readonly evenCount: number;
    /** Detections in the coda of a strong signal: rate right after it, per s, the time it falls in, and the SNR of a strong signal. */
    readonly codaPerSec: number;
    readonly codaDecaySec: number;
    readonly codaSnr: number;
    /** Chance detections with ten times the amplitude are rarer by ten to this. */
    readonly strengthSlope: number;
    readonly maxStrength: number;
  };
  /** How much more often a wave gets a label than a chance detection does. */
  readonly labels: Readonly<Record<"P" | "S" | "L", Readonly<Record<LabelClass, number>>>>;
  readonly directions: { readonly array: DirectionModel; readonly single: DirectionModel };
  readonly times: {
    /** Half-width of the window around a predicted time, in standard deviations, when counting; and for an association. */
    readonly windowSigma: number;
    readonly maxSigma: number;
    /** Errors of the first guesses of a hypothesis, s: one for each round of association and location. */
    readonly roundsSec: readonly number[];
  };
  readonly association: {
    /** Odds that an arrival is the predicted phase rather than chance, for it to be associated. */
    readonly minOdds: number;
    /** Least odds for a phase that comes after those an event is built on. */
    readonly laterMinOdds: number;
  };
  readonly depth: {
    /** A free depth is kept when its interval is no wider than this to either side, km. */
    readonly maxErrorKm: number;
    /** By how much a depth below the surface must be more likely than the surface, log odds. */
    readonly minGain: number;
    /** The same for a depth that the locator resolves. */
    readonly minGainFree: number;
    /** Depths that are tried beside that of the candidate, km. */
    readonly laddersKm: readonly number[];
    /**
     * What must speak for a depth below the surface, one of four: reflections at so many stations; a station this near, in depths; a station
     * with S this near and distant stations; distant stations of P over so wide a range of distance.
     */
    readonly support: {
      readonly reflections: number;
      readonly nearDepths: number;
      readonly nearDepthsWithS: number;
      readonly distantWithS: number;
      readonly distant: number;
      readonly distantFromDeg: number;
      readonly distantRangeDeg: number;
    };
    /** Log odds that a depth loses for which nothing speaks. */
    readonly unsupportedLoss: number;
    /** Stations that show a reflection, and their log odds together, for a depth by reflections. */
    readonly minReflections: number;
    readonly minReflectionLogOdds: number;
  };
  /** A second event this near in place and time to another must have stations in common with it. */
  readonly split: { readonly nearDeg: number; readonly nearSec: number };
  readonly identity: {
    /** Share of the smaller event's arrivals that makes two events one. */
    readonly sharedArrivals: number;
    readonly samePlaceDeg: number;
    readonly sameTimeSec: number;
  };
}

export const defaultAssociatorSettings: AssociatorSettings = Object.freeze<AssociatorSettings>({
  name: "grid-1",
  grid: {
    levels: [
      {
        ...{ spacingDeg: 1.5, withinDeg: 180, depthsKm: [0, 180, 480], binSec: 4 },
        refinements: [
          [0.5, 1.5],
          [0.2, 0.7],
        ],
      },
      { spacingDeg: 0.5, withinDeg: 3, depthsKm: [0, 40, 180], binSec: 2, refinements: [[0.18, 0.7]] },
      { spacingDeg: 0.17, withinDeg: 1, depthsKm: [0, 15, 40], binSec: 1, refinements: [[0.06, 0.3]] },
    ],
    fineDepthsKm: [0, 15, 40, 80, 130, 180, 250, 320, 400, 480, 560, 640],
    maxNearestDeg: 98,
  },
  search: {
    minCandidate: -3,
    minRefined: -3,
    maxPasses: 5,
    maxCandidates: 20000,
    maxLocationsPerArrival: 1,
  },
  definition: {
    primaryTime: 1,
    secondaryTime: 0.7,
    arrayAzimuth: 0.4,
    arraySlowness: 0.4,
    singleAzimuth: 0.2,
    singleSlowness: 0.2,
    threshold: 3.55,
    minStations: 2,
    minLogOdds: 3,
    fewest: { minLogOdds: 4.5, maxSemiMajorKm: 1000 },
  },
  seismicity: {
    eventsPerHour: 20,
    bValue: 1,
    shares: [
      [300, 0.02],
      [70, 0.08],
      [0, 1],
    ],
  },
  activity: { radiusDeg: 1.5, minEvents: 4, maxLogGain: 6 },
  detection: {
    maxProbability: 0.95,
    spread: 0.4,
    defaultThreshold: { array: -0.3, single: 0.3 },
    defaultCount: 4,
    snr: 4,
    upWhenSilent: 0.4,
    referenceStation: 4,
  },
  clutter: {
    priorPerSec: 1 / 600,
    priorWeightSec: 600,
    evenCount: 15,
    codaPerSec: 0.04,
    codaDecaySec: 50,
    codaSnr: 12,
    strengthSlope: 2.5,
    maxStrength: 12,
  },
  labels: {
    P: { P: 1.4, S: 0.25, L: 0.1, unknown: 0.7, noise: 0.3 },
    S: { P: 0.35, S: 2, L: 1, unknown: 1.2, noise: 0.8 },
    L: { P: 0.25, S: 1.5, L: 3, unknown: 1.2, noise: 0.8 },
  },
  directions: {
    array: { minAzimuthErrorDeg: 5, minSlownessErrorSecPerDeg: 1, wildShare: 0.12, clutterRangeSecPerDeg: 30 },
    single: { minAzimuthErrorDeg: 15, minSlownessErrorSecPerDeg: 3, wildShare: 0.35, clutterRangeSecPerDeg: 20 },
  },
  times: { windowSigma: 1.8, maxSigma: 2.5, roundsSec: [3, 2, 1, 0.5, 0.5, 0.5] },
  association: { minOdds: 1, laterMinOdds: 3 },
  depth: {
    maxErrorKm: 60,
    minGain: 3,
    minGainFree: 1,
    laddersKm: [80, 250],
    support: {
      reflections: 2,
      nearDepths: 1,
      nearDepthsWithS: 2,
      distantWithS: 2,
      distant: 5,
      distantFromDeg: 20,
      distantRangeDeg: 40,
    },
    unsupportedLoss: 5,
    minReflections: 3,
    minReflectionLogOdds: 5,
  },
  split: { nearDeg: 5, nearSec: 40 },
  identity: { sharedArrivals: 0.5, samePlaceDeg: 2, sameTimeSec: 20 },
});
