/**
 * Distance and time of one leg of a ray through a column of shells, for a ray parameter p (s/rad). See velocityModel.ts for the closed forms.
 */
import type { ShellColumn } from "../velocityModel.ts";

/** One way through a column: `turned` when the ray came to its deepest point inside. */
export interface Leg {
  readonly distanceRad: number;
  readonly timeSec: number;
  readonly turned: boolean;
}

/** Below this exponent the slowness of a shell is constant to working precision. */
const FLAT = 1e-12;

/**
 * From the top of the column down to the turning point, or through its bottom. A ray whose parameter exceeds the slowness just below a
 * discontinuity turns at it (post-critical reflection). Null when the ray cannot enter.
 */
export function descend(column: ShellColumn, p: number): Leg | null {
  const { count, topRadius, bottomRadius, topSlowness, bottomSlowness, exponent } = column;
  let distanceRad = 0;
  let timeSec = 0;
  // Most shells begin with the slowness with which the one above ended: its root and angle serve again.
  let last = Number.NaN;
  let root = 0;
  let angle = 0;
  for (let i = 0; i < count; i++) {
    const ut = topSlowness[i]!;
    if (ut < p) return i === 0 ? null : { distanceRad, timeSec, turned: true };
    const ub = bottomSlowness[i]!;
    const k = exponent[i]!;
    if (ut !== last) {
      root = Math.sqrt(ut * ut - p * p);
      angle = Math.atan2(root, p);
    }
    if (ub < p) return { distanceRad: distanceRad + angle / k, timeSec: timeSec + root / k, turned: true };
    last = ub;
    const rootBottom = Math.sqrt(ub * ub - p * p);
    const angleBottom = Math.atan2(rootBottom, p);
    if (Math.abs(k) < FLAT) {
      const log = Math.log(topRadius[i]! / bottomRadius[i]!);
      distanceRad += (p * log) / root;
      timeSec += (ut * ut * log) / root;
    } else {
      distanceRad += (angle - angleBottom) / k;
      timeSec += (root - rootBottom) / k;
    }
    root = rootBottom;
    angle = angleBottom;
  }
  return { distanceRad, timeSec, turned: false };
}

/**
 * From the surface (top of the column) to a depth, one way; null when the ray turns above it. The shell that holds the depth is cut there by
 * its own law.
 */
export function descendTo(column: ShellColumn, p: number, radiusKm: number): Leg | null {
  const { count, topRadius, bottomRadius, topSlowness, bottomSlowness, exponent } = column;
  let distanceRad = 0;
  let timeSec = 0;
  let last = Number.NaN;
  let root = 0;
  let angle = 0;
  for (let i = 0; i < count; i++) {
    const rt = topRadius[i]!;
    if (rt <= radiusKm) break;
    const ut = topSlowness[i]!;
    const k = exponent[i]!;
    const rb = Math.max(radiusKm, bottomRadius[i]!);
    const ub = rb === bottomRadius[i]! ? bottomSlowness[i]! : ut * (rb / rt) ** k;
    if (ut < p || ub < p) return null;
    if (ut !== last) {
      root = Math.sqrt(ut * ut - p * p);
      angle = Math.atan2(root, p);
    }
    last = ub;
    const rootBottom = Math.sqrt(ub * ub - p * p);
    const angleBottom = Math.atan2(rootBottom, p);
    if (Math.abs(k) < FLAT) {
      const log = Math.log(rt / rb);
      distanceRad += (p * log) / root;
      timeSec += (ut * ut * log) / root;
    } else {
      distanceRad += (angle - angleBottom) / k;
      timeSec += (root - rootBottom) / k;
    }
    root = rootBottom;
    angle = angleBottom;
  }
  return { distanceRad, timeSec, turned: false };
}

/** Least slowness (s/rad) between the surface and a radius: the largest ray parameter that passes. */
export function leastSlowness(column: ShellColumn, radiusKm: number): number {
  let least = Infinity;
  for (let i = 0; i < column.count; i++) {
    const rt = column.topRadius[i]!;
    if (rt <= radiusKm) break;
    const rb = Math.max(radiusKm, column.bottomRadius[i]!);
    const ub = column.topSlowness[i]! * (rb / rt) ** column.exponent[i]!;
    least = Math.min(least, column.topSlowness[i]!, rb === column.bottomRadius[i]! ? column.bottomSlowness[i]! : ub);
  }
  return least;
}
