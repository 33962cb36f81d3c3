/**
 * What an earthquake's mechanism does to the P wave that leaves towards a station: sign of the first motion and strength.
 *
 * Source: Aki and Richards 2002, Quantitative Seismology, equation 4.89 (far-field P of a double couple).
 *
 *     radiationP({ strikeDeg: 0, dipDeg: 90, rakeDeg: 0 }, 45, 90); // 1: the middle of the compressional quadrant
 */
import { EARTH_RADIUS_KM, RADIANS_PER_DEGREE } from "@harken/core";
import type { Mechanism } from "../world/seismicity.ts";

/** P radiation of a double couple, -1 to 1, positive outwards; `takeOffDeg` is measured from straight down. */
export function radiationP({ strikeDeg, dipDeg, rakeDeg }: Mechanism, azimuthDeg: number, takeOffDeg: number): number {
  const rake = rakeDeg * RADIANS_PER_DEGREE;
  const dip = dipDeg * RADIANS_PER_DEGREE;
  const i = takeOffDeg * RADIANS_PER_DEGREE;
  const f = (azimuthDeg - strikeDeg) * RADIANS_PER_DEGREE;
  return (
    Math.cos(rake) * Math.sin(dip) * Math.sin(i) ** 2 * Math.sin(2 * f) -
    Math.cos(rake) * Math.cos(dip) * Math.sin(2 * i) * Math.cos(f) +
    Math.sin(rake) * Math.sin(2 * dip) * (Math.cos(i) ** 2 - Math.sin(i) ** 2 * Math.sin(f) ** 2) +
    Math.sin(rake) * Math.cos(2 * dip) * Math.sin(2 * i) * Math.sin(f)
  );
}

/** P velocity where earthquakes happen, km/s, from each depth on: the main steps of ak135 (Kennett, Engdahl and Buland 1995). */
const sourceVelocities: readonly (readonly [fromDepthKm: number, kmPerSec: number])[] = [
  [0, 5.8],
  [20, 6.5],
  [35, 8.04],
  [120, 8.05],
  [210, 8.3],
  [410, 9.36],
  [660, 10.79],
];

/** Angle from straight down at which a ray of a slowness leaves the source, deg; upgoing rays beyond 90. */
export function takeOffDeg(slownessSecPerDeg: number, depthKm: number, upGoing: boolean): number {
  const velocity = sourceVelocities.findLast(([from]) => from <= depthKm)![1];
  const radius = EARTH_RADIUS_KM - depthKm;
  const sine = (Math.abs(slownessSecPerDeg) / RADIANS_PER_DEGREE / radius) * velocity;
  const angle = Math.asin(Math.min(1, sine)) / RADIANS_PER_DEGREE;
  return upGoing ? 180 - angle : angle;
}
