/**
 * The linear system of one location: each quantity of each reading gives one equation,
 *
 *     residual = east dx + north dy + depth dz + dt,   weighted by 1 / sigma,
 *
 * with sigma the root of the squares of the reading's and the model's errors. Quantity 3 i + k belongs to reading i: onset time (k = 0),
 * azimuth (1), slowness (2).
 */
import { azimuthDifference } from "@harken/core";
import type { PredictedQuantity, Prediction, ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import { decorrelate, logDeterminant, type TimeCorrelation, timeCorrelation } from "./timeCorrelation.ts";

export const QUANTITIES = 3;
export type QuantityKind = 0 | 1 | 2;
export const TIME: QuantityKind = 0;
export const AZIMUTH: QuantityKind = 1;
export const SLOWNESS: QuantityKind = 2;
/** Unknowns in the order of the covariance: km east, km north, km depth, s. */
export const UNKNOWNS = 4;
const DEPTH = 2;
/** An error of zero would give a reading all the weight there is. */
const LEAST_SIGMA = 1e-3;

export interface System {
  readonly source: Hypocentre;
  /** By reading; null where it is not predicted. */
  readonly predictions: readonly (Prediction | null)[];
  /** By quantity; NaN where there is none. */
  readonly residual: Float64Array;
  readonly sigma: Float64Array;
  /** Four derivatives by quantity. */
  readonly rows: Float64Array;
  /** Of the defining onset times; null when each error is its own. */
  readonly correlation: TimeCorrelation | null;
}

/** Which quantities define: 1 by quantity. */
export type DefiningMask = Uint8Array;

export function definingMask(readings: readonly Reading[]): DefiningMask {
  const mask = new Uint8Array(QUANTITIES * readings.length);
  readings.forEach((reading, i) => {
    if (reading.timeDefining) mask[QUANTITIES * i + TIME] = 1;
    if (reading.azimuthDefining && reading.azimuthDeg !== null) mask[QUANTITIES * i + AZIMUTH] = 1;
    if (reading.slownessDefining && reading.slownessSecPerDeg !== null) mask[QUANTITIES * i + SLOWNESS] = 1;
  });
  return mask;
}

/** The system at a source; readings without a defining quantity are left out unless `all`. */
export function systemAt(
  readings: readonly Reading[],
  mask: DefiningMask,
  predictor: ReadingPredictor,
  source: Hypocentre,
  all = false,
): System {
  const size = QUANTITIES * readings.length;
  const predictions: (Prediction | null)[] = [];
  const residual = new Float64Array(size).fill(Number.NaN);
  const sigma = new Float64Array(size).fill(Number.NaN);
  const rows = new Float64Array(size * UNKNOWNS);
  const modelSigma = new Float64Array(size);
  const put = (q: number, misfit: number, error: number, predicted: PredictedQuantity) => {
    residual[q] = misfit;
    sigma[q] = Math.max(LEAST_SIGMA, Math.hypot(error, predicted.modelError));
    modelSigma[q] = predicted.modelError;
    const row = UNKNOWNS * q;
    rows[row] = predicted.perEastKm;
    rows[row + 1] = predicted.perNorthKm;
    rows[row + DEPTH] = predicted.perDepthKm;
  };
  readings.forEach((reading, i) => {
    const q = QUANTITIES * i;
    const used = all || mask[q + TIME]! + mask[q + AZIMUTH]! + mask[q + SLOWNESS]! > 0;
    const prediction = used ? predictor.predict(reading, source) : null;
    predictions.push(prediction);
    if (!prediction) return;
    put(q, reading.time - source.time - prediction.time.value, reading.timeErrorSec, prediction.time);
    rows[UNKNOWNS * q + 3] = 1;
    if (reading.azimuthDeg !== null) {
      const misfit = azimuthDifference(reading.azimuthDeg, prediction.azimuth.value);
      put(q + AZIMUTH, misfit, reading.azimuthErrorDeg ?? 0, prediction.azimuth);
    }
    if (reading.slownessSecPerDeg !== null) {
      const misfit = reading.slownessSecPerDeg - prediction.slowness.value;
      put(q + SLOWNESS, misfit, reading.slownessErrorSecPerDeg ?? 0, prediction.slowness);
    }
  });
  const times = predictor.correlation
    ? readings.flatMap((_, i) => (mask[QUANTITIES * i + TIME] && predictions[i] ? [QUANTITIES * i + TIME] : []))
    : [];
  const correlation = timeCorrelation(readings, times, (q) => q / QUANTITIES, sigma, modelSigma, predictor);
  return balanced({ source, predictions, residual, sigma, rows, correlation }, mask);
}

/** Moves the origin time to where the weighted time residuals cancel: the best time for the place, since residuals are linear in it. */
function balanced(system: System, mask: DefiningMask): System {
  const { residual, sigma, source, correlation } = system;
  let sum = 0;
  let weights = 0;
  if (correlation) {
    const ones = over(system, mask, (q) => (q % QUANTITIES === TIME ? 1 : 0));
    sum = dot(
      ones,
      over(system, mask, (q) => (q % QUANTITIES === TIME ? residual[q]! : 0)),
    );
    weights = dot(ones, ones);
  } else
    for (let q = TIME; q < residual.length; q += QUANTITIES) {
      if (!mask[q]) continue;
      const weight = 1 / sigma[q]! ** 2;
      sum += weight * residual[q]!;
      weights += weight;
    }
  if (!(weights > 0)) return system;
  const shift = sum / weights;
  for (let q = TIME; q < residual.length; q += QUANTITIES) residual[q]! -= shift;
  return { ...system, source: { ...source, time: source.time + shift } };
}

/**
 * Values of the defining quantities over their standard deviations on the scale of a system, independent of each other; zero elsewhere.
 * Where no times are correlated the sums below do without: an associator asks for them by the million.
 */
function over(scale: System, mask: DefiningMask, value: (q: number) => number): Float64Array {
  const values = new Float64Array(mask.length);
  for (let q = 0; q < mask.length; q++) if (mask[q]) values[q] = value(q) / scale.sigma[q]!;
  decorrelate(values, scale.correlation);
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Normal equations A d = b of the defining quantities; `a` is 4 x 4 row-major. */
export function normalEquations(system: System, mask: DefiningMask): { a: Float64Array; b: Float64Array } {
  const a = new Float64Array(UNKNOWNS * UNKNOWNS);
  const b = new Float64Array(UNKNOWNS);
  const { residual, sigma, rows, correlation } = system;
  if (correlation) {
    const values = over(system, mask, (q) => residual[q]!);
    const columns = Array.from({ length: UNKNOWNS }, (_, i) => over(system, mask, (q) => rows[UNKNOWNS * q + i]!));
    columns.forEach((column, i) => {
      b[i] = dot(column, values);
      for (let j = 0; j < UNKNOWNS; j++) a[UNKNOWNS * i + j] = dot(column, columns[j]!);
    });
    return { a, b };
  }
  for (let q = 0; q < residual.length; q++) {
    if (!mask[q]) continue;
    const weight = 1 / sigma[q]! ** 2;
    for (let i = 0; i < UNKNOWNS; i++) {
      const weighted = rows[UNKNOWNS * q + i]! * weight;
      b[i]! += weighted * residual[q]!;
      for (let j = 0; j < UNKNOWNS; j++) a[UNKNOWNS * i + j]! += weighted * rows[UNKNOWNS * q + j]!;
    }
  }
  return { a, b };
}

/** Sum of squared residuals over sigma; `scale` may be another system, so that two places are compared on one scale. */
export function chiSquare(system: System, mask: DefiningMask, scale: System = system): number {
  const { residual } = system;
  if (scale.correlation) {
    const values = over(scale, mask, (q) => residual[q]!);
    return dot(values, values);
  }
  let sum = 0;
  for (let q = 0; q < mask.length; q++) if (mask[q]) sum += (residual[q]! / scale.sigma[q]!) ** 2;
  return sum;
}

/** -2 log likelihood but for a constant: unlike chi-square it does not favour places where the model claims larger errors. */
export function misfit(system: System, mask: DefiningMask): number {
  let sum = chiSquare(system, mask) + logDeterminant(system.correlation);
  for (let q = 0; q < mask.length; q++) if (mask[q]) sum += 2 * Math.log(system.sigma[q]!);
  return sum;
}

export function countOnes(mask: DefiningMask): number {
  let count = 0;
  for (const one of mask) count += one;
  return count;
}
