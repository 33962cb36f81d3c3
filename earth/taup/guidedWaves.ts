/**
 * Waves that crust, surface, water or air guide. They have no single ray, and their times are conventions of the bulletins, not a model's
 * prediction: constant velocities over the hypocentral distance (crustal waves, as in the IDC's and GMS's tables of Pg, Lg, Sg and Rg, where
 * the earth below the source's crust plays no part) or over the epicentral distance.
 *
 * Pg at 6.1 km/s is faster than the ray in the models' upper crust (5.8 km/s), whose path is named p or, turning, P.
 * LR's 3.3 km/s is the group velocity of 20 s Rayleigh waves over mixed paths (continental paths are slower, oceanic ones faster).
 */
import { KM_PER_DEGREE, type TravelTime } from "@harken/core";

export const groupVelocityKmPerSec = Object.freeze({
  Pg: 6.1,
  Sg: 3.5,
  Lg: 3.5,
  Rg: 3.0,
  LR: 3.3,
  LQ: 3.9,
  T: 1.48,
  I: 0.3,
});

const velocities: ReadonlyMap<string, number> = new Map(Object.entries(groupVelocityKmPerSec));
const hypocentral: ReadonlySet<string> = new Set(["Pg", "Sg", "Lg", "Rg"]);

export const isGuided = (phase: string): boolean => velocities.has(phase);

/** Travel time of a guided wave, or null when `phase` is none. */
export function guidedWaveTime(phase: string, deltaDeg: number, depthKm: number): TravelTime | null {
  const velocity = velocities.get(phase);
  if (velocity === undefined || !(deltaDeg >= 0 && Number.isFinite(depthKm))) return null;
  const flat = deltaDeg * KM_PER_DEGREE;
  const depth = hypocentral.has(phase) ? depthKm : 0;
  const distance = Math.hypot(flat, depth);
  // Above the source itself a wave goes straight up; with no distance at all, along the surface.
  const alongFlat = distance === 0 ? 1 : flat / distance;
  return {
    phase,
    timeSec: distance / velocity,
    slownessSecPerDeg: (alongFlat * KM_PER_DEGREE) / velocity,
    depthDerivativeSecPerKm: distance === 0 ? 0 : depth / distance / velocity,
  };
}
