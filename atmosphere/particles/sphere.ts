/**
 * A step of the midpoint rule on the sphere. Displacements are laid off as chords in the frame of the particle's meridian, so that a steady rotation
 * is followed exactly, over the poles as well.
 *
 *     const step = createSphereStep();
 *     toMidpoint(step, latDeg, lonDeg, halfEast, halfNorth);   // half of the displacement by the wind at the start, radians
 *     toEnd(step, latDeg, lonDeg, east, north);                // the displacement by the wind at step.latDeg, step.lonDeg
 */
import { RADIANS_PER_DEGREE } from "@harken/core";

export interface SphereStep {
  latDeg: number;
  /** In [-180, 180). */
  lonDeg: number;
  // The start's and the midpoint's directions, kept between the two halves.
  sinLat: number;
  cosLat: number;
  sinMid: number;
  cosMid: number;
  sinTurn: number;
  cosTurn: number;
}

export function createSphereStep(): SphereStep {
  return { latDeg: 0.1, lonDeg: 0.1, sinLat: 0.1, cosLat: 0.1, sinMid: 0.1, cosMid: 0.1, sinTurn: 0.1, cosTurn: 0.1 };
}

/** Half a step along the tangent at the start, radians. */
export function toMidpoint(step: SphereStep, latDeg: number, lonDeg: number, east: number, north: number): void {
  const lat = latDeg * RADIANS_PER_DEGREE;
  const sinLat = Math.sin(lat);
  const cosLat = Math.cos(lat);
  // x through the particle's meridian on the equator, y east, z north pole.
  const x = cosLat - north * sinLat;
  const z = sinLat + north * cosLat;
  const equatorial = Math.sqrt(x * x + east * east);
  const norm = 1 / Math.sqrt(1 + north * north + east * east);
  step.sinLat = sinLat;
  step.cosLat = cosLat;
  step.sinMid = z * norm;
  step.cosMid = equatorial * norm;
  // At a pole the midpoint has no meridian of its own; that of the start serves.
  step.sinTurn = equatorial > 0 ? east / equatorial : 0;
  step.cosTurn = equatorial > 0 ? x / equatorial : 1;
  place(step, latDeg, lonDeg, x, east, z, equatorial);
}

/** The whole step from the start, along the chord of the arc (`east`, `north`) that the wind at the midpoint makes, radians. */
export function toEnd(step: SphereStep, latDeg: number, lonDeg: number, east: number, north: number): void {
  const { sinMid, cosMid, sinTurn, cosTurn } = step;
  // sin(a / 2) / (a / 2) of the arc a; the next term is a^6 / 322560.
  const quarter = 0.25 * (east * east + north * north);
  const chord = 1 - (quarter / 6) * (1 - quarter / 20);
  const u = east * chord;
  const v = north * chord;
  const x = step.cosLat - u * sinTurn - v * sinMid * cosTurn;
  const y = u * cosTurn - v * sinMid * sinTurn;
  const z = step.sinLat + v * cosMid;
  place(step, latDeg, lonDeg, x, y, z, Math.sqrt(x * x + y * y));
}

/** The place of a point of the start's frame: its turn from the start by arctangents of small angles. */
function place(
  step: SphereStep,
  latDeg: number,
  lonDeg: number,
  x: number,
  y: number,
  z: number,
  equatorial: number,
): void {
  const { sinLat, cosLat } = step;
  const rise = arctangent(z * cosLat - equatorial * sinLat, equatorial * cosLat + z * sinLat);
  step.latDeg = Math.max(-90, Math.min(90, latDeg + rise / RADIANS_PER_DEGREE));
  const lon = lonDeg + arctangent(y, x) / RADIANS_PER_DEGREE;
  step.lonDeg = lon >= 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
}

/** Math.atan2, faster for angles below 0.1; the series is off by 2e-12 at most. */
function arctangent(y: number, x: number): number {
  const q = y / x;
  if (!(x > 0 && q < 0.1 && q > -0.1)) return Math.atan2(y, x);
  const s = q * q;
  return q * (1 - s * (1 / 3 - s * (1 / 5 - s * (1 / 7 - s * (1 / 9 - s / 11)))));
}
