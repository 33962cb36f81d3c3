/**
 * Areas of peaks as sums over nuclides: A_j = sum_k gain_jk a_k by weighted least squares with activities that are not negative. Peaks that several
 * nuclides share are divided so.
 */
import { choleskyFactor, choleskyInverse, nonNegativeLeastSquares } from "@harken/core";
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
  const { activityBq, activityErrorBq } = solve(peaks, placed, weight);
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

function solve(peaks: readonly Peak[], placed: readonly Placed[], weight: readonly number[]) {
  const n = placed.length;
  const rows = peaks.length + n;
  const matrix = new Float64Array(rows * n);
  const right = new Float64Array(rows);
  peaks.forEach(({ areaCounts }, j) => {
    right[j] = Math.sqrt(weight[j]!) * areaCounts;
  });
  placed.forEach(({ responses }, k) => {
    let squares = 0;
    for (const { peak, gain } of responses) {
      const value = Math.sqrt(weight[peak]!) * gain;
      matrix[peak * n + k] = value;
      squares += value * value;
    }
    // Two sources of the same single peak stay apart by the ridge, and share it.
    matrix[(peaks.length + k) * n + k] = Math.sqrt(RIDGE * squares);
  });
  const activityBq = nonNegativeLeastSquares(matrix, n, right);
  return { activityBq, activityErrorBq: errorsOf(matrix, rows, n, activityBq) };
}

/** Standard errors of the activities above zero, by the normal equations of their columns; 0 for the others. */
function errorsOf(matrix: Float64Array, rows: number, n: number, activityBq: Float64Array): Float64Array {
  const active = [...activityBq.keys()].filter((k) => activityBq[k]! > 0);
  const m = active.length;
  const normal = new Float64Array(m * m);
  active.forEach((k, a) => {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += matrix[r * n + k]! * matrix[r * n + active[b]!]!;
      normal[a * m + b] = sum;
      normal[b * m + a] = sum;
    }
  });
  // Scaled to ones on the diagonal.
  const scale = active.map((_, a) => Math.sqrt(normal[a * m + a]!) || 1);
  const scaled = normal.map((v, at) => v / (scale[Math.floor(at / m)]! * scale[at % m]!));
  const errors = new Float64Array(n);
  if (!choleskyFactor(scaled, m)) return errors;
  const inverse = choleskyInverse(scaled, m);
  active.forEach((k, a) => {
    errors[k] = Math.sqrt(inverse[a * m + a]!) / scale[a]!;
  });
  return errors;
}

const RIDGE = 1e-9;
