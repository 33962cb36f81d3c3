/** Natural cubic splines: through every point, with second derivatives that are smooth inside and zero at both ends. */

import { cellOf } from "./cellOf.ts";

/** Second derivatives at the points; `x` rises. With two points the spline is their straight line. */
export function splineCurvature(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = x.length;
  const curvature = new Float64Array(n);
  const right = new Float64Array(n);
  // Thomas's algorithm for the tridiagonal system; the ends stay zero.
  for (let i = 1; i < n - 1; i++) {
    const width = x[i + 1]! - x[i - 1]!;
    const share = (x[i]! - x[i - 1]!) / width;
    const pivot = share * curvature[i - 1]! + 2;
    curvature[i] = (share - 1) / pivot;
    const bend = (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!) - (y[i]! - y[i - 1]!) / (x[i]! - x[i - 1]!);
    right[i] = ((6 * bend) / width - share * right[i - 1]!) / pivot;
  }
  if (n > 0) curvature[n - 1] = 0;
  for (let i = n - 2; i >= 0; i--) curvature[i] = curvature[i]! * curvature[i + 1]! + right[i]!;
  return curvature;
}

/** The spline at a place inside the points. */
export function splineAt(x: ArrayLike<number>, y: ArrayLike<number>, curvature: ArrayLike<number>, at: number): number {
  const [low, b] = cellOf(x, at);
  const high = low + 1;
  const width = x[high]! - x[low]!;
  const a = 1 - b;
  const bend = (a ** 3 - a) * curvature[low]! + (b ** 3 - b) * curvature[high]!;
  return a * y[low]! + b * y[high]! + (bend * width * width) / 6;
}
