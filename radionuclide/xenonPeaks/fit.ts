/**
 * Poisson counts by a model that is linear in its parameters: maximum likelihood by Fisher scoring, in which each step is a weighted least-squares
 * solution with the variances that the last one expects.
 */
import { choleskyFactor, choleskyInverse, choleskySolve } from "@harken/core";

export interface LinearModel {
  readonly columns: number;
  /** Row-major. */
  readonly design: Float64Array;
}

export interface LinearFit {
  readonly parameters: Float64Array;
  /** Row-major, of the parameters. */
  readonly covariance: Float64Array;
  /** Of each row. */
  readonly expected: Float64Array;
  /** Pearson's, over its degrees of freedom. */
  readonly reducedChiSquared: number;
}

const ROUNDS = 12;
/** An expectation is taken as no less than this, counts. */
const LEAST_EXPECTED = 0.3;

/** Null when the columns cannot be told apart. */
export function fitLinearPoisson(model: LinearModel, counts: ArrayLike<number>): LinearFit | null {
  const rows = model.design.length / model.columns;
  let expected = Float64Array.from({ length: rows }, (_, i) => Math.max(counts[i]!, 1));
  let parameters = new Float64Array(model.columns);
  for (let round = 0; round < ROUNDS; round++) {
    const factor = information(model, expected);
    if (!factor) return null;
    const next = new Float64Array(model.columns);
    for (let i = 0; i < rows; i++) {
      const weighted = counts[i]! / Math.max(LEAST_EXPECTED, expected[i]!);
      for (let j = 0; j < model.columns; j++) next[j]! += model.design[i * model.columns + j]! * weighted;
    }
    choleskySolve(factor, model.columns, next);
    const change = next.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - parameters[j]!) / (1 + Math.abs(value))),
      0,
    );
    parameters = next;
    expected = expectedCounts(model, parameters);
    if (change < 1e-9) break;
  }
  const covariance = covarianceFor(model, expected);
  if (!covariance) return null;
  let chiSquared = 0;
  for (let i = 0; i < rows; i++)
    chiSquared += (counts[i]! - expected[i]!) ** 2 / Math.max(LEAST_EXPECTED, expected[i]!);
  return { parameters, covariance, expected, reducedChiSquared: chiSquared / Math.max(1, rows - model.columns) };
}

export function expectedCounts(
  { design, columns }: LinearModel,
  parameters: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: design.length / columns }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += design[i * columns + j]! * parameters[j]!;
    return sum;
  });
}

/** Of the parameters when these counts are to be expected; null when the columns cannot be told apart. */
export function covarianceFor(model: LinearModel, expected: ArrayLike<number>): Float64Array | null {
  const factor = information(model, expected);
  return factor && choleskyInverse(factor, model.columns);
}

/** Cholesky factor of design' W design. */
function information({ design, columns }: LinearModel, expected: ArrayLike<number>): Float64Array | null {
  const matrix = new Float64Array(columns * columns);
  for (let i = 0; i < expected.length; i++) {
    const weight = 1 / Math.max(LEAST_EXPECTED, expected[i]!);
    const row = design.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < columns; j++) {
      if (row[j] === 0) continue;
      const scaled = weight * row[j]!;
      for (let k = 0; k <= j; k++) matrix[j * columns + k]! += scaled * row[k]!;
    }
  }
  for (let j = 0; j < columns; j++) for (let k = 0; k < j; k++) matrix[k * columns + j] = matrix[j * columns + k]!;
  return choleskyFactor(matrix, columns) ? matrix : null;
}
