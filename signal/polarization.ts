/**
 * Polarisation of a three-component window from the eigenvectors of its covariance (Flinn 1965; Jurkevics 1988,
 * doi:10.1785/BSSA0780051725).
 */
import { RADIANS_PER_DEGREE, symmetricEigen, wrapAzimuth } from "@harken/core";

export interface Polarization {
  /** 1 - (l2 + l3) / (2 l1): 1 for motion along a line, 0 for a sphere. */
  readonly rectilinearity: number;
  /** 1 - 2 l3 / (l1 + l2). */
  readonly planarity: number;
  /** Back-azimuth of a P wave of this motion, deg: upward motion goes with motion away from the source. */
  readonly backAzimuthDeg: number;
  /** Angle of the principal motion from the vertical, 0 to 90 deg. */
  readonly incidenceDeg: number;
  /** Horizontal over vertical amplitude (root mean square). */
  readonly horizontalToVertical: number;
  /** Root of the largest eigenvalue: amplitude along the principal direction, in the unit of the samples. */
  readonly amplitude: number;
}

/** Windows of the same times, vertical positive up. Null for windows shorter than three samples or without motion. */
export function polarizationOf(vertical: Float64Array, north: Float64Array, east: Float64Array): Polarization | null {
  const n = Math.min(vertical.length, north.length, east.length);
  if (n < 3) return null;
  const components = [vertical, north, east];
  const means = components.map((x) => x.subarray(0, n).reduce((sum, v) => sum + v, 0) / n);
  const covariance = new Float64Array(9);
  for (let a = 0; a < 3; a++) {
    for (let b = a; b < 3; b++) {
      let sum = 0;
      const [x, y, mx, my] = [components[a]!, components[b]!, means[a]!, means[b]!];
      for (let i = 0; i < n; i++) sum += (x[i]! - mx) * (y[i]! - my);
      covariance[3 * a + b] = covariance[3 * b + a] = sum / n;
    }
  }
  if (!(covariance[0]! + covariance[4]! + covariance[8]! > 0)) return null;
  const { values, vectors } = symmetricEigen(covariance, 3);
  const [l1, l2, l3] = [values[0]!, Math.max(0, values[1]!), Math.max(0, values[2]!)];
  let [z, x, y] = [vectors[0]!, vectors[3]!, vectors[6]!];
  if (z < 0) [z, x, y] = [-z, -x, -y];
  return {
    rectilinearity: 1 - (l2 + l3) / (2 * l1),
    planarity: 1 - (2 * l3) / (l1 + l2),
    backAzimuthDeg: wrapAzimuth(Math.atan2(-y, -x) / RADIANS_PER_DEGREE),
    incidenceDeg: Math.acos(Math.min(1, z)) / RADIANS_PER_DEGREE,
    horizontalToVertical: Math.sqrt((covariance[4]! + covariance[8]!) / Math.max(1e-300, covariance[0]!)),
    amplitude: Math.sqrt(l1),
  };
}
