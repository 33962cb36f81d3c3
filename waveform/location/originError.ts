/** From the covariance of a solution to its ellipse and intervals: the row `origerr` of CSS3.0. */
import { choleskyFactor, choleskyInverse, ellipseOf, type OriginError } from "@harken/core";
import type { ErrorScale } from "./scaling.ts";
import { UNKNOWNS } from "./system.ts";

/** Axes beyond a quarter of the way round the Earth do not describe a place. */
const LARGEST_AXIS_KM = 10_000;
const DEPTH = 2;

/** Covariance (4 x 4, km and s) of a solution; rows of a held depth are zero. Null when the readings do not fix the source. */
export function covarianceOf(normal: Float64Array, freeDepth: boolean): Float64Array | null {
  const active = freeDepth ? [0, 1, 2, 3] : [0, 1, 3];
  const n = active.length;
  const factor = new Float64Array(n * n);
  // Columns of unit length first: kilometres and seconds are different things, and a pivot must be judged by its own.
  const scale = active.map((unknown) => Math.sqrt(normal[(UNKNOWNS + 1) * unknown]!));
  if (scale.some((length) => !(length > 0))) return null;
  active.forEach((row, i) => {
    active.forEach((column, j) => {
      factor[n * i + j] = normal[UNKNOWNS * row + column]! / (scale[i]! * scale[j]!);
    });
  });
  if (!choleskyFactor(factor, n)) return null;
  const inverse = choleskyInverse(factor, n);
  const covariance = new Float64Array(UNKNOWNS * UNKNOWNS);
  active.forEach((row, i) => {
    active.forEach((column, j) => {
      covariance[UNKNOWNS * row + column] = inverse[n * i + j]! / (scale[i]! * scale[j]!);
    });
  });
  const { semiMajorKm } = ellipseOf(covariance[0]!, covariance[UNKNOWNS + 1]!, covariance[1]!, 1);
  return semiMajorKm <= LARGEST_AXIS_KM ? covariance : null;
}

export function originError(
  covariance: Float64Array,
  freeDepth: boolean,
  scale: ErrorScale,
  confidence: number,
  sdobs: number,
): OriginError {
  const at = (row: number, column: number) => covariance[UNKNOWNS * row + column]!;
  return {
    sxxKm2: at(0, 0),
    syyKm2: at(1, 1),
    szzKm2: at(DEPTH, DEPTH),
    sttSec2: at(3, 3),
    sxyKm2: at(0, 1),
    sxzKm2: at(0, DEPTH),
    syzKm2: at(1, DEPTH),
    stxKmSec: at(3, 0),
    styKmSec: at(3, 1),
    stzKmSec: at(3, DEPTH),
    sdobs,
    ...ellipseOf(at(0, 0), at(1, 1), at(0, 1), scale.ellipse),
    depthErrorKm: freeDepth ? scale.interval * Math.sqrt(at(DEPTH, DEPTH)) : null,
    timeErrorSec: scale.interval * Math.sqrt(at(3, 3)),
    confidence,
  };
}
