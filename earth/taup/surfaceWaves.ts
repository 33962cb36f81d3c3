/**
 * Surface and channel waves, which have no ray: constant group velocities. They are conventions, not a model's prediction, and stand here as
 * named figures. Lg 3.5 km/s and Rg 3.0 km/s are common regional values; LR's 3.3 km/s is the group velocity of 20 s Rayleigh waves over
 * mixed paths (continental paths are slower, oceanic ones faster).
 */
import { KM_PER_DEGREE, type TravelTime } from "@harken/core";

export const groupVelocityKmPerSec: Readonly<Record<string, number>> = Object.freeze({
  Lg: 3.5,
  Rg: 3.0,
  LR: 3.3,
  LQ: 3.9,
  T: 1.48,
  I: 0.3,
});

/** Travel time of a surface wave, or null when `phase` is none. Depth plays no part. */
export function surfaceWaveTime(phase: string, deltaDeg: number): TravelTime | null {
  const velocity = groupVelocityKmPerSec[phase];
  if (velocity === undefined) return null;
  const slownessSecPerDeg = KM_PER_DEGREE / velocity;
  return { phase, timeSec: deltaDeg * slownessSecPerDeg, slownessSecPerDeg, depthDerivativeSecPerKm: 0 };
}
