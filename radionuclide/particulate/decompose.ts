/**
 * Areas of peaks as sums over nuclides: A_j = sum_k gain_jk a_k by weighted least squares with activities that are not negative: those that come out
 * negative are set to zero for good and the others solved again, simpler than core's `nonNegativeLeastSquares`, in which they may come back and sources
 * of one and the same peak would not share it. Peaks that several nuclides share are divided so.
 */
import { choleskyFactor, choleskyInverse, choleskySolve } from "@harken/core";
import type { Peak } from "../gamma/peaks.ts";
import type { Placed } from "./candidates.ts";

export interface Decomposition {
  readonly placed: readonly Placed[];
  /** Mean over the counting, Bq, in the order of `placed`, with standard uncertainties by the areas alone. */
  readonly activityBq: Float64Array;
  readonly activityErrorBq: Float64Array;
  /** Counts of each peak that the nuclides explain, and how well that is known. */
  readonly explained: Float64Array;
  readonly explainedError: Float64Array;
}

/** Gains of different lines agree no better than this, relative, so that the strongest peak alone does not decide. */
const MODEL_ERROR = 0.05;

export function decompose(peaks: readonly Peak[], placed: readonly Placed[], explanationError: number): Decomposition {
  const weight = peaks.map(
    ({ areaCounts, areaErrorCounts }) => 1 / (areaErrorCounts ** 2 + (MODEL_ERROR * areaCounts) ** 2),
  );
  let active = placed.map((_, k) => k);
  const activityBq = new Float64Array(placed.length);
  const activityErrorBq = new Float64Array(placed.length);
  while (active.length > 0) {
    const solved = solve(peaks, placed, active, weight);
    const negative = active.filter((_, i) => solved.values[i]! < 0);
    if (negative.length === 0) {
      active.forEach((k, i) => {
        activityBq[k] = solved.values[i]!;
        activityErrorBq[k] = solved.errors[i]!;
      });
      break;
    }
    active = active.filter((k) => !negative.includes(k));
  }
  const explained = new Float64Array(peaks.length);
  const variance = new Float64Array(peaks.length);
  placed.forEach(({ responses }, k) => {
    for (const { peak, gain, coincidenceError, efficiencyError } of responses) {
      const counts = gain * activityBq[k]!;
      explained[peak]! += counts;
      variance[peak]! +=
        (counts * Math.hypot(explanationError, coincidenceError, efficiencyError)) ** 2 +
        (gain * activityErrorBq[k]!) ** 2;
    }
  });
  return { placed, activityBq, activityErrorBq, explained, explainedError: variance.map(Math.sqrt) };
}

function solve(
  peaks: readonly Peak[],
  placed: readonly Placed[],
  active: readonly number[],
  weight: readonly number[],
) {
  const n = active.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  const rows: Map<number, number>[] = active.map((k) => new Map(placed[k]!.responses.map((r) => [r.peak, r.gain])));
  rows.forEach((row, a) => {
    for (const [peak, gain] of row) {
      right[a]! += weight[peak]! * gain * peaks[peak]!.areaCounts;
      for (let b = 0; b <= a; b++) matrix[a * n + b]! += weight[peak]! * gain * (rows[b]!.get(peak) ?? 0);
    }
  });
  // Scaled to ones on the diagonal; two sources of the same single peak stay apart by the ridge, and share it.
  const scale = Float64Array.from({ length: n }, (_, a) => Math.sqrt(matrix[a * n + a]!) || 1);
  for (let a = 0; a < n; a++) {
    right[a]! /= scale[a]!;
    for (let b = 0; b <= a; b++) {
      matrix[a * n + b]! /= scale[a]! * scale[b]!;
      matrix[b * n + a] = matrix[a * n + b]!;
    }
    matrix[a * n + a]! += RIDGE;
  }
  if (!choleskyFactor(matrix, n)) return { values: new Float64Array(n), errors: new Float64Array(n) };
  choleskySolve(matrix, n, right);
  const inverse = choleskyInverse(matrix, n);
  return {
    values: right.map((value, a) => value / scale[a]!),
    errors: right.map((_, a) => Math.sqrt(inverse[a * n + a]!) / scale[a]!),
  };
}

const RIDGE = 1e-9;
