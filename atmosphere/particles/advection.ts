/**
 * Particles carried by the wind on the sphere: the midpoint rule. The wind is taken half a step ahead; its displacement is a chord of the sphere,
 * so a steady rotation is followed exactly, over the poles as well.
 *
 *     advect(particles, wind, 300, 12);     // an hour forward
 *     advect(particles, wind, -300, 12);    // an hour backward
 */
import { type WindField, type WindLookup, windLookup } from "../wind/windField.ts";
import { createSphereStep, toEnd, toMidpoint } from "./sphere.ts";

export interface Particles {
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  readonly pressureHPa: Float64Array;
}

/** Wind between two times, or one that stands still. */
export interface WindSource {
  /** Wind at `secondsAhead` after the step's start. */
  readonly at: (secondsAhead: number) => WindLookup;
  readonly surfacePressureHPa: (latDeg: number, lonDeg: number) => number;
}

/** One field for all times. */
export function frozenWind(field: WindField): WindSource {
  const { wind, surfacePressureHPa } = windLookup(field);
  return { at: () => wind, surfacePressureHPa };
}

export const METEOROLOGICAL_RADIUS_M = 6_371_000;

/** Moves all particles by `steps` steps of `stepSec` (negative: backward). The highest level is the lid, the ground reflects. */
export function advect(
  particles: Particles,
  source: WindSource,
  stepSec: number,
  steps: number,
  radiusM = METEOROLOGICAL_RADIUS_M,
): void {
  const { latitudeDeg, longitudeDeg, pressureHPa } = particles;
  const uvw = new Float64Array(3);
  const step = createSphereStep();
  const angle = stepSec / radiusM;
  for (let n = 0; n < steps; n++) {
    const begin = source.at(n * stepSec);
    const middle = source.at((n + 0.5) * stepSec);
    for (let i = 0; i < latitudeDeg.length; i++) {
      const [lat, lon, p] = [latitudeDeg[i]!, longitudeDeg[i]!, pressureHPa[i]!];
      begin(lat, lon, p, uvw);
      toMidpoint(step, lat, lon, 0.5 * angle * uvw[0]!, 0.5 * angle * uvw[1]!);
      middle(step.latDeg, step.lonDeg, p + 0.5 * stepSec * uvw[2]!, uvw);
      toEnd(step, lat, lon, angle * uvw[0]!, angle * uvw[1]!);
      latitudeDeg[i] = step.latDeg;
      longitudeDeg[i] = step.lonDeg;
      pressureHPa[i] = p + stepSec * uvw[2]!;
    }
    reflect(particles, source);
  }
}

/** Particles that went under the ground come up by as much, in log pressure. */
function reflect({ latitudeDeg, longitudeDeg, pressureHPa }: Particles, source: WindSource): void {
  for (let i = 0; i < latitudeDeg.length; i++) {
    const p = pressureHPa[i]!;
    // Pressure at the ground is lower than this only above 10 km.
    if (p < 250) {
      pressureHPa[i] = Math.max(p, LEAST_PRESSURE_HPA);
      continue;
    }
    const ground = source.surfacePressureHPa(latitudeDeg[i]!, longitudeDeg[i]!);
    if (p > ground) pressureHPa[i] = (ground * ground) / p;
  }
}

const LEAST_PRESSURE_HPA = 0.01;
