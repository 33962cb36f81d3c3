/**
 * Everything that shapes a location, as one named object. The custom of LocSAT at the IDC: readings weigh by their own and the model's
 * error, residuals beyond three of those do not define, and ellipses are 90 % coverage ellipses.
 */
import type { Origin } from "@harken/core";

/** A depth that is not solved for. */
export interface HeldDepth {
  readonly fixedKm: number;
  readonly type: Exclude<Origin["depthType"], "free">;
}

export interface LocationSettings {
  readonly name: string;
  /** Held, or free within `depthRangeKm`. */
  readonly depth: HeldDepth | "free";
  readonly depthRangeKm: readonly [shallowest: number, deepest: number];
  /** A free depth counts as resolved when its interval (at `confidence`) is this wide or less to either side, or leaves out the surface. */
  readonly maxDepthErrorKm: number;
  /** Where the depth is held when it is free but not resolved. */
  readonly unresolvedDepth: HeldDepth;
  readonly maxIterations: number;
  /** The solution stands when a step moves the source by less. */
  readonly convergenceKm: number;
  /** Longest step of one iteration. */
  readonly maxStepKm: number;
  /** A reading does not define when its phase ends further than this from its distance. */
  readonly maxExtrapolationDeg: number;
  readonly residuals: {
    /** A quantity whose residual is beyond this many standard deviations does not define; null keeps all. */
    readonly largeSigma: number | null;
    /** At most this part of the defining quantities is lost that way. */
    readonly maxLostFraction: number;
  };
  /** Errors of predicted directions, added to the readings' own. */
  readonly azimuthModelErrorDeg: number;
  readonly slownessModelErrorSecPerDeg: number;
  /**
   * Model errors of one phase at two stations are correlated by exp(-distance / this), km; null takes each for its own. Clusters of stations
   * then weigh as what they are, and ellipses do not shrink with their number.
   */
  readonly correlationKm: number | null;
  /** Where station corrections of direction are given, their errors stand in for those above. */
  readonly stationCorrections: {
    /** The IDC corrects the directions of arrays alone. */
    readonly directionsOf: "arrays" | "all";
    readonly leastAzimuthErrorDeg: number;
    readonly leastSlownessErrorSecPerDeg: number;
  };
  /** Confidence of ellipse and intervals. */
  readonly confidence: number;
  /**
   * Weight K of the claimed errors in the scale of ellipse and intervals (Jordan and Sverdrup 1981, doi:10.1785/BSSA0710041105): Infinity
   * takes them as they are (coverage), 0 lets the residuals alone decide (confidence), 8 is the custom between.
   */
  readonly priorWeight: number;
}

/**
 * Model errors of direction: the scatter of the best directions of a real IDC bulletin (2010-05-20: 5 deg and 1 s/deg rms) where no station
 * corrections are given. Those of the IDC's tables of 1999 are too small for the best arrays (slownesses of WRA in that bulletin scatter by
 * twice what they claim), hence the least errors.
 */
export const defaultLocationSettings: LocationSettings = Object.freeze({
  name: "idc-custom",
  depth: "free",
  depthRangeKm: [0, 700] as const,
  maxDepthErrorKm: 30,
  unresolvedDepth: { fixedKm: 0, type: "surface" } as const,
  maxIterations: 40,
  convergenceKm: 0.005,
  maxStepKm: 2000,
  maxExtrapolationDeg: 1,
  residuals: { largeSigma: 3, maxLostFraction: 0.34 },
  azimuthModelErrorDeg: 5,
  slownessModelErrorSecPerDeg: 1,
  correlationKm: null,
  stationCorrections: { directionsOf: "arrays", leastAzimuthErrorDeg: 2.5, leastSlownessErrorSecPerDeg: 0.5 } as const,
  confidence: 0.9,
  priorWeight: Number.POSITIVE_INFINITY,
});
