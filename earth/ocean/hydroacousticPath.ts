/**
 * The way of an H or T phase through the ocean: along the geodesic at the speed of the sound channel, unless land or a bank stands in it. The
 * bathymetry is the caller's.
 *
 *     hydroacousticPath({ latitudeDeg: -33.6, longitudeDeg: 113.5 }, { latitudeDeg: 32.2, longitudeDeg: -64.6 }, { yearFraction: 0.2 });
 */
import { distanceAzimuth, geodesicPosition, localOffsetKm, type Place, RADIANS_PER_DEGREE } from "@harken/core";
import { soundChannel } from "./soundChannel.ts";

export interface OceanOptions {
  /** Part of the year that has gone, 0 to 1. */
  readonly yearFraction: number;
  /** Depth of the sea floor, km; 0 or less on land, null where it is not known. Nothing blocks where it is not given. */
  readonly depthKm?: (latitudeDeg: number, longitudeDeg: number) => number | null;
}

export interface HydroacousticPath {
  readonly distanceKm: number;
  readonly timeSec: number;
  /** Standard deviation of the time, s: of the speed, and of where the sound leaves the slope. */
  readonly timeErrorSec: number;
  readonly meanSpeedKmPerSec: number;
  /** Azimuth at the second place towards the first, deg. */
  readonly backAzimuthDeg: number;
  /** Length of the way over land or banks, km; the phase is blocked when there is any. */
  readonly blockedKm: number;
  /** Distance from the first place to the first obstacle, km; null for a free way. */
  readonly firstObstacleKm: number | null;
}

/** Steps along the way: fine where obstacles are looked for, else as the channel changes. */
const STEP_KM = 20;
const FREE_STEP_KM = 100;
/** Water shallower than this stops the sound, km. */
const BLOCKING_DEPTH_KM = 0.2;
/** Shallow water at the very ends is the source's and the station's own, km of way. */
const END_KM = 60;
/** Uncertainty of the channel's speed, km/s, and of the time at the two ends, s. */
const SPEED_ERROR = 0.003;
const END_ERROR_SEC = 2;

/** From a source to a station. */
export function hydroacousticPath(
  from: Place,
  to: Place,
  options: OceanOptions,
  axisKmPerSec: (latitudeDeg: number) => number = (latitudeDeg) =>
    soundChannel(latitudeDeg, options.yearFraction).axisKmPerSec,
): HydroacousticPath {
  const { depthKm } = options;
  const { backAzimuthDeg } = distanceAzimuth(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
  // The geodesic's own azimuth: along that of the sphere it would miss the station by up to tens of kilometres.
  const { eastKm, northKm } = localOffsetKm(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
  const distanceKm = Math.hypot(eastKm, northKm);
  const azimuthDeg = Math.atan2(eastKm, northKm) / RADIANS_PER_DEGREE;
  const count = Math.max(1, Math.ceil(distanceKm / (depthKm ? STEP_KM : FREE_STEP_KM)));
  const stepKm = distanceKm / count;
  let [timeSec, blockedKm] = [0, 0];
  let firstObstacleKm: number | null = null;
  for (let k = 0; k < count; k++) {
    const km = (k + 0.5) * stepKm;
    const at = geodesicPosition(from.latitudeDeg, from.longitudeDeg, azimuthDeg, km);
    timeSec += stepKm / axisKmPerSec(at.latitudeDeg);
    const depth = depthKm?.(at.latitudeDeg, at.longitudeDeg) ?? null;
    if (depth === null || depth >= BLOCKING_DEPTH_KM || km < END_KM || distanceKm - km < END_KM) continue;
    blockedKm += stepKm;
    firstObstacleKm ??= km;
  }
  const meanSpeedKmPerSec = timeSec > 0 ? distanceKm / timeSec : axisKmPerSec(from.latitudeDeg);
  return {
    ...{ distanceKm, timeSec, meanSpeedKmPerSec, backAzimuthDeg, blockedKm, firstObstacleKm },
    timeErrorSec: Math.hypot((SPEED_ERROR / meanSpeedKmPerSec) * timeSec, END_ERROR_SEC),
  };
}
