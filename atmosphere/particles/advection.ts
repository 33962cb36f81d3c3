/**
 * Particles carried by the wind on the sphere: the midpoint rule. The wind is taken half a step ahead; its displacement is a chord of the sphere,
 * so a steady rotation is followed exactly, over the poles as well.
 *
 *     advect(particles, wind, 300, 12);     // an hour forward
 *     advect(particles, wind, -300, 12);    // an hour backward
 */
import { RADIANS_PER_DEGREE, wrapLongitude } from "@harken/core";
import { type WindField, type WindLookup, windLookup } from "../wind/windField.ts";

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
  const angle = stepSec / radiusM;
  for (let n = 0; n < steps; n++) {
    const begin = source.at(n * stepSec);
    const middle = source.at((n + 0.5) * stepSec);
    for (let i = 0; i < latitudeDeg.length; i++) {
      const lat = latitudeDeg[i]! * RADIANS_PER_DEGREE;
      const lon = longitudeDeg[i]!;
      const p = pressureHPa[i]!;
      const [sinLat, cosLat] = [Math.sin(lat), Math.cos(lat)];
      begin(latitudeDeg[i]!, lon, p, uvw);
      // In the frame of the particle's meridian: x through it on the equator, y east, z north pole.
      const half = 0.5 * angle;
      const xm = cosLat - half * uvw[1]! * sinLat;
      const ym = half * uvw[0]!;
      const zm = sinLat + half * uvw[1]! * cosLat;
      const pm = p + 0.5 * stepSec * uvw[2]!;
      const equatorial = Math.hypot(xm, ym);
      const latM = Math.atan2(zm, equatorial);
      const dLonM = Math.atan2(ym, xm);
      middle(latM / RADIANS_PER_DEGREE, lon + dLonM / RADIANS_PER_DEGREE, pm, uvw);
      const [u, v] = [uvw[0]!, uvw[1]!];
      const norm = Math.hypot(equatorial, zm);
      const [sinM, cosM] = [zm / norm, equatorial / norm];
      // At a pole the midpoint has no meridian of its own; that of the start serves.
      const [sinD, cosD] = equatorial > 0 ? [ym / equatorial, xm / equatorial] : [0, 1];
      // Chord of the arc that the wind at the midpoint makes.
      const arc = Math.abs(angle) * Math.hypot(u, v);
      const chord = angle * (arc > 1e-9 ? Math.sin(0.5 * arc) / (0.5 * arc) : 1);
      const x = cosLat + chord * (-u * sinD - v * sinM * cosD);
      const y = chord * (u * cosD - v * sinM * sinD);
      const z = sinLat + chord * v * cosM;
      latitudeDeg[i] = Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE;
      longitudeDeg[i] = wrapLongitude(lon + Math.atan2(y, x) / RADIANS_PER_DEGREE);
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
