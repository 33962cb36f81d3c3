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

/**
 * How far the residuals themselves set the scale of the errors. With weight K = Infinity (coverage) the errors that readings and model
 * claim are taken as they are; with 0 (confidence) the residuals alone set the scale; between, both do (Jordan and Sverdrup 1981).
 */
export interface ErrorScaling {
  readonly priorWeight: number;
}

export interface LocationSettings {
  readonly name: string;
  /** Held, or free between `depthRangeKm`. */
  readonly depth: HeldDepth | "free";
  readonly depthRangeKm: readonly [shallowest: number, deepest: number];
  /** A free depth counts as resolved when its interval at `confidence` is no wider than this to either side, km. */
  readonly maxDepthErrorKm: number;
  /** Where the depth is held when it is free but not resolved. */
  readonly unresolvedDepth: HeldDepth;
  readonly maxIterations: number;
  /** Solved when a step moves the source by less than this (km; seconds count as `KM_PER_SEC` km). */
  readonly convergenceKm: number;
  /** Longest step, km: a start on the wrong side of the Earth comes home in several. */
  readonly maxStepKm: number;
  /** Confidence of ellipse and intervals. */
  readonly confidence: number;
  readonly errors: ErrorScaling;
  readonly residuals: {
    /** A quantity whose residual is beyond this many of its standard deviations does not define; null keeps all. */
    readonly largeSigma: number | null;
    /** No more than this part of the defining quantities is lost that way. */
    readonly maxLostFraction: number;
  };
  /** Errors of the predictions of direction, added to the readings' own. */
  readonly azimuthModelErrorDeg: number;
  readonly slownessModelErrorSecPerDeg: number;
}

export const defaultLocationSettings: LocationSettings = Object.freeze({
  name: "idc-custom",
  depth: "free",
  depthRangeKm: [0, 700] as const,
  maxDepthErrorKm: 100,
  unresolvedDepth: { fixedKm: 0, type: "surface" } as const,
  maxIterations: 40,
  convergenceKm: 0.005,
  maxStepKm: 2000,
  confidence: 0.9,
  errors: { priorWeight: Number.POSITIVE_INFINITY },
  residuals: { largeSigma: 3, maxLostFraction: 0.34 },
  azimuthModelErrorDeg: 0,
  slownessModelErrorSecPerDeg: 0,
});
