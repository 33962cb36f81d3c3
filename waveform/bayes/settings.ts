/** Every number that shapes the Bayesian associator's search, as one named object; what it knows of the world are the priors. */
export interface BayesSettings {
  readonly name: string;
  /** Deterministic randomness of the moves. */
  readonly seed: number;
  /** Stretch of origin times in which events are born, one stretch after the other, and the arrivals behind it that are looked at, s. */
  readonly windowSec: number;
  readonly lookAheadSec: number;
  readonly birth: {
    /** Distance of the places of the global grid, deg, and width of the bins of origin time, s. */
    readonly spacingDeg: number;
    readonly binSec: number;
    /** Log odds at which a cell becomes a candidate, those of a look at it, and those of its best place for it to be followed. */
    readonly minCandidate: number;
    readonly minLook: number;
    readonly minRefined: number;
    /** Candidates nearer than this to a better one are left out. */
    readonly sameDeg: number;
    readonly sameSec: number;
    /** Most candidates of a stretch that are looked at, and of those the best that are worked on; rounds of births in a stretch. */
    readonly maxCandidates: number;
    readonly maxWorked: number;
    readonly rounds: number;
  };
  readonly sweeps: number;
  /** Random moves that each event is offered in a sweep. */
  readonly jumps: number;
  /** Log odds for an event to stand, to be reported, and of an association to be kept. */
  readonly minLogOdds: number;
  readonly reportLogOdds: number;
  readonly minAssociation: number;
  /** Log odds by which a depth below the crust must be better than one in it. */
  readonly minDepthGain: number;
  readonly minStations: number;
  /** Chance that a station which reported nothing in the time looked at was up. */
  readonly upWhenSilent: number;
  /** Chance at the most that a station which is up reports a phase. */
  readonly maxDetection: number;
  /** Hours of arrivals by which a station's learned rate and noise count. */
  readonly priorHours: number;
  /** A location's own place is taken when its ellipse is no longer than this; otherwise the most probable place, km. */
  readonly resolvedKm: number;
  readonly identity: {
    readonly sharedArrivals: number;
    readonly samePlaceDeg: number;
    readonly sameTimeSec: number;
  };
}

export const defaultBayesSettings: BayesSettings = Object.freeze<BayesSettings>({
  name: "bayes-1",
  seed: 1,
  windowSec: 3600,
  lookAheadSec: 1500,
  birth: {
    spacingDeg: 1.5,
    binSec: 3,
    minCandidate: -8,
    minLook: -2,
    minRefined: -8,
    sameDeg: 3,
    sameSec: 25,
    maxCandidates: 3000,
    maxWorked: 220,
    rounds: 3,
  },
  sweeps: 3,
  jumps: 3,
  minLogOdds: 0,
  reportLogOdds: 1,
  minAssociation: 0,
  minDepthGain: 2.5,
  minStations: 2,
  upWhenSilent: 0.2,
  maxDetection: 0.96,
  priorHours: 6,
  resolvedKm: 150,
  identity: { sharedArrivals: 0.5, samePlaceDeg: 1, sameTimeSec: 10 },
});
