/**
 * Onset times that are wrong together: two stations side by side look through the same part of the Earth, so their model errors are nearly one
 * error. Least squares then weighs by the inverse of the whole covariance
 *
 *     C_ij = model_i model_j rho_ij  +  (reading_i^2 where i = j)
 *
 * which is done by taking out of each value what the ones before it already say (Cholesky). Bondar and McLaughlin 2009,
 * doi:10.1785/0120080075.
 */
import { choleskyFactor } from "@harken/core";
import type { ReadingPredictor } from "./predictor.ts";
import type { Reading } from "./reading.ts";

export interface TimeCorrelation {
  /** Quantities of the defining onset times. */
  readonly quantities: readonly number[];
  /** Lower factor of their correlation matrix, row after row. */
  readonly factor: Float64Array;
}

/** Correlations of one are kept this much below it, so that the matrix can be factored. */
const MOST_CORRELATION = 0.999;

/** `sigma` and `modelSigma` by quantity. Null where the predictor knows of no correlation. */
export function timeCorrelation(
  readings: readonly Reading[],
  quantities: readonly number[],
  readingOf: (quantity: number) => number,
  sigma: Float64Array,
  modelSigma: Float64Array,
  { correlation }: ReadingPredictor,
): TimeCorrelation | null {
  if (!correlation) return null;
  const n = quantities.length;
  const factor = new Float64Array(n * n);
  const share = quantities.map((q) => modelSigma[q]! / sigma[q]!);
  for (let i = 0; i < n; i++) {
    factor[n * i + i] = 1;
    const one = readings[readingOf(quantities[i]!)]!;
    for (let j = 0; j < i; j++) {
      const rho = Math.min(MOST_CORRELATION, correlation(one, readings[readingOf(quantities[j]!)]!));
      factor[n * i + j] = share[i]! * share[j]! * rho;
    }
  }
  return choleskyFactor(factor, n) ? { quantities, factor } : null;
}

/** Values over their standard deviations, by quantity: those of correlated times become independent, in place. */
export function decorrelate(values: Float64Array, correlation: TimeCorrelation | null): void {
  if (!correlation) return;
  const { quantities, factor } = correlation;
  const n = quantities.length;
  for (let i = 0; i < n; i++) {
    let value = values[quantities[i]!]!;
    for (let k = 0; k < i; k++) value -= factor[n * i + k]! * values[quantities[k]!]!;
    values[quantities[i]!] = value / factor[n * i + i]!;
  }
}

/** Log of the determinant of the correlation matrix. */
export function logDeterminant(correlation: TimeCorrelation | null): number {
  if (!correlation) return 0;
  const n = correlation.quantities.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(correlation.factor[n * i + i]!);
  return sum;
}
