/** The point of a phase's curve at a distance that lies between two of its samples. */
import type { Curve, CurvePoint } from "./branch.ts";

/** The exact p between two samples at which the curve reaches `target`: regula falsi (Illinois). */
export function solveFor(curve: Curve, a: CurvePoint, b: CurvePoint, target: number): CurvePoint {
  let [lo, hi] = [a, b];
  let [flo, fhi] = [a.distanceRad - target, b.distanceRad - target];
  let best = Math.abs(flo) < Math.abs(fhi) ? a : b;
  for (let i = 0; i < 60 && Math.abs(best.distanceRad - target) > 1e-11; i++) {
    let p = (lo.p * fhi - hi.p * flo) / (fhi - flo);
    if (!(p > Math.min(lo.p, hi.p) && p < Math.max(lo.p, hi.p))) p = 0.5 * (lo.p + hi.p);
    const point = curve.at(p);
    if (!point) break;
    const f = point.distanceRad - target;
    if (Math.abs(f) < Math.abs(best.distanceRad - target)) best = point;
    if (f * fhi < 0) {
      lo = hi;
      flo = fhi;
    } else flo *= 0.5;
    hi = point;
    fhi = f;
  }
  return best;
}

/**
 * Without another ray: between samples the time is the cubic of distance whose slopes are the samples' p. Good to about a millisecond between
 * samples that are close.
 */
export function interpolate(a: CurvePoint, b: CurvePoint, target: number): CurvePoint {
  const h = b.distanceRad - a.distanceRad;
  if (h === 0) return a;
  const f = (target - a.distanceRad) / h;
  const f2 = f * f;
  const f3 = f2 * f;
  const timeSec =
    (2 * f3 - 3 * f2 + 1) * a.timeSec +
    (f3 - 2 * f2 + f) * h * a.p +
    (3 * f2 - 2 * f3) * b.timeSec +
    (f3 - f2) * h * b.p;
  const slope = ((6 * f2 - 6 * f) * (a.timeSec - b.timeSec)) / h + (3 * f2 - 4 * f + 1) * a.p + (3 * f2 - 2 * f) * b.p;
  return { p: Math.min(Math.max(slope, Math.min(a.p, b.p)), Math.max(a.p, b.p)), distanceRad: target, timeSec };
}
