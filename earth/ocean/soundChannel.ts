/**
 * The sound channel of the ocean through the seasons: temperature falls from the surface towards that of the deep, pressure rises, and between the
 * two the speed of sound has its least, along which H and T phases travel. The temperatures are zonal means in round figures (after the Levitus
 * atlas): good to about 3 m/s of the channel's speed away from fronts and marginal seas.
 *
 *     soundChannel(10, 0.5); // { axisKm: 1.26, axisKmPerSec: 1.488, ... }
 */
import { soundSpeedMetresPerSec } from "./soundSpeed.ts";

export interface SoundChannel {
  /** Depth of the least speed, 0 where the channel reaches the surface. */
  readonly axisKm: number;
  readonly axisKmPerSec: number;
}

/** Surface temperature by latitude, deg C, from 80 S to 80 N in steps of 10: the mean of the year, and half of the seasons' difference. */
const SURFACE_MEAN = [-1.6, -1.4, 0.5, 5, 12.5, 19, 23.5, 26, 27, 27.5, 25.5, 21.5, 15, 9, 5.5, 1.5, -1.2];
const SURFACE_SWING = [0.2, 0.6, 1.2, 1.5, 2.2, 3, 2.2, 1.2, 0.6, 0.6, 1.8, 3.2, 4.8, 3.8, 2.8, 2, 0.5];
const FIRST_LATITUDE = -80;
const STEP_DEG = 10;
const DEEP_C = 2;
/** Depth over which the difference to the deep falls to a third, and that of the seasons, m. */
const THERMOCLINE_M = 500;
const SEASON_M = 60;
const SALINITY_PPT = 35;
/** Depths that the least is looked for at, m. */
const STEP_M = 20;
const DEEPEST_M = 2500;
/** The surface is warmest in the north, and coldest in the south, so late in the year (end of August). */
const WARMEST = 0.65;

/** Temperature at a depth, deg C. `yearFraction` is 0 at the begin of January. */
export function seaTemperatureC(latitudeDeg: number, depthM: number, yearFraction: number): number {
  const mean = interpolate(SURFACE_MEAN, latitudeDeg);
  const sign = latitudeDeg >= 0 ? 1 : -1;
  const season = sign * interpolate(SURFACE_SWING, latitudeDeg) * Math.cos(2 * Math.PI * (yearFraction - WARMEST));
  // Polar water is as cold at the surface as in the deep or colder; there the deep is reached soon.
  const deep = Math.min(DEEP_C, Math.max(0, mean + 1));
  return Math.max(
    -1.8,
    deep + (mean - deep) * Math.exp(-depthM / THERMOCLINE_M) + season * Math.exp(-depthM / SEASON_M),
  );
}

export function soundChannel(latitudeDeg: number, yearFraction: number): SoundChannel {
  let [axisM, least] = [0, Infinity];
  for (let depth = 0; depth <= DEEPEST_M; depth += STEP_M) {
    const speed = soundSpeedMetresPerSec(seaTemperatureC(latitudeDeg, depth, yearFraction), SALINITY_PPT, depth);
    if (speed < least) [axisM, least] = [depth, speed];
  }
  return { axisKm: axisM / 1000, axisKmPerSec: least / 1000 };
}

function interpolate(table: readonly number[], latitudeDeg: number): number {
  const at = Math.min(table.length - 1, Math.max(0, (latitudeDeg - FIRST_LATITUDE) / STEP_DEG));
  const below = Math.min(table.length - 2, Math.floor(at));
  return table[below]! + (at - below) * (table[below + 1]! - table[below]!);
}
