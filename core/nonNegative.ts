/**
 * Least squares with unknowns that are not negative, by active sets (Lawson and Hanson 1974, Solving Least Squares Problems, chapter 23), over the
 * normal equations. Columns of any scale; exactly dependent columns share nothing, one of them is left at 0.
 */
import { choleskyFactor, choleskySolve } from "./linalg.ts";

/** The x >= 0 that makes |A x - b| least; `matrix` is row-major with `columns` numbers a row, one row for each of `right`. */
export function nonNegativeLeastSquares(
  matrix: ArrayLike<number>,
  columns: number,
  right: ArrayLike<number>,
): Float64Array {
  const rows = right.length;
  const gram = new Float64Array(columns * columns);
  const moment = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) {
      const a = matrix[r * columns + i]!;
      if (a === 0) continue;
      moment[i]! += a * right[r]!;
      for (let j = 0; j <= i; j++) gram[i * columns + j]! += a * matrix[r * columns + j]!;
    }
  }
  // Columns of length 1, so that one tolerance serves all.
  const scale = Float64Array.from({ length: columns }, (_, i) => {
    const length = Math.sqrt(gram[i * columns + i]!);
    return length > 0 ? 1 / length : 0;
  });
  for (let i = 0; i < columns; i++) {
    moment[i]! *= scale[i]!;
    for (let j = 0; j <= i; j++) {
      gram[i * columns + j]! *= scale[i]! * scale[j]!;
      gram[j * columns + i] = gram[i * columns + j]!;
    }
  }
  return solve(gram, moment, columns).map((x, i) => x * scale[i]!);
}

/** Gains in the direction of an unknown below this share of the largest are rounding. */
const TOLERANCE = 1e-10;

function solve(gram: Float64Array, moment: Float64Array, n: number): Float64Array {
  let x = new Float64Array(n);
  const active: number[] = [];
  const refused = new Set<number>();
  const largest = moment.reduce((top, m) => Math.max(top, Math.abs(m)), 0);
  // Each round lowers the sum of squares, so none repeats; the bound is for rounding.
  for (let round = 0; round < 10 * n; round++) {
    let [best, gain] = [-1, TOLERANCE * largest];
    for (let i = 0; i < n; i++) {
      if (x[i]! > 0 || active.includes(i) || refused.has(i)) continue;
      let slope = moment[i]!;
      for (const j of active) slope -= gram[i * n + j]! * x[j]!;
      if (slope > gain) [best, gain] = [i, slope];
    }
    if (best < 0) break;
    active.push(best);
    const next = descend(gram, moment, n, active, x);
    if (next === null || !(next[best]! > 0)) {
      // A combination of the others; it stays out until they change.
      if (next === null) active.pop();
      refused.add(best);
      if (next === null) continue;
    } else refused.clear();
    x = next;
  }
  return x;
}

/** From a feasible x to the least squares of the active unknowns, those that reach 0 on the way leaving. Null for dependent columns. */
function descend(
  gram: Float64Array,
  moment: Float64Array,
  n: number,
  active: number[],
  from: Float64Array,
): Float64Array<ArrayBuffer> | null {
  const x = Float64Array.from(from);
  for (;;) {
    const k = active.length;
    const factor = new Float64Array(k * k);
    const wanted = new Float64Array(k);
    active.forEach((i, a) => {
      wanted[a] = moment[i]!;
      active.forEach((j, b) => {
        factor[a * k + b] = gram[i * n + j]!;
      });
    });
    if (!choleskyFactor(factor, k) || factor.some((v, at) => at % (k + 1) === 0 && v < 1e-7)) return null;
    choleskySolve(factor, k, wanted);
    let [share, leaving] = [1, false];
    active.forEach((i, a) => {
      if (wanted[a]! > 0) return;
      leaving = true;
      share = Math.min(share, x[i]! / (x[i]! - wanted[a]!));
    });
    active.forEach((i, a) => {
      x[i] = x[i]! + share * (wanted[a]! - x[i]!);
    });
    if (!leaving) return x;
    for (let a = active.length - 1; a >= 0; a--) {
      const i = active[a]!;
      if (wanted[a]! > 0 || x[i]! > 1e-12 * Math.abs(wanted[a]!)) continue;
      x[i] = 0;
      active.splice(a, 1);
    }
    if (active.length === 0) return x;
  }
}
