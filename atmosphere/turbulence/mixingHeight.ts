/**
 * Height of the boundary layer from a profile: where the bulk Richardson number against the ground passes 0.25 (Vogelezang and Holtslag 1996,
 * doi:10.1007/BF02430331), with the excess temperature of convective plumes. And the thermal tropopause by the WMO's definition.
 */
import { GRAVITY, type SurfaceLayer } from "./surfaceLayer.ts";

/** Levels from the ground upward; `count` of them are filled. */
export interface Profile {
  readonly heightM: Float64Array;
  readonly temperatureK: Float64Array;
  readonly thetaK: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly count: number;
}

const CRITICAL = 0.25;
/** Weight of the friction velocity in the shear, and of the heat flux in the plumes' excess. */
const FRICTION_WEIGHT = 100;
const EXCESS_WEIGHT = 8.5;
/** The excess depends on the height that it leads to. */
const EXCESS_ROUNDS = 4;

export const LEAST_MIXING_HEIGHT_M = 100;
export const LARGEST_MIXING_HEIGHT_M = 4500;

/** Above the ground, m, within 100 to 4500. */
export function mixingHeight(profile: Profile, { frictionVelocity, heatFlux }: SurfaceLayer): number {
  const theta0 = profile.thetaK[0]!;
  let height = richardsonHeight(profile, theta0, frictionVelocity);
  for (let round = 0; heatFlux > 0 && round < EXCESS_ROUNDS; round++) {
    const convective = Math.cbrt((GRAVITY / theta0) * height * heatFlux);
    height = richardsonHeight(profile, theta0 + (EXCESS_WEIGHT * heatFlux) / convective, frictionVelocity);
  }
  return height;
}

function richardsonHeight(profile: Profile, thetaK: number, frictionVelocity: number): number {
  const { heightM, thetaK: theta, east, north, count } = profile;
  let below = 0;
  for (let k = 1; k < count; k++) {
    const rise = heightM[k]! - heightM[0]!;
    const [du, dv] = [east[k]! - east[0]!, north[k]! - north[0]!];
    const shear = du * du + dv * dv + FRICTION_WEIGHT * frictionVelocity * frictionVelocity;
    const richardson = ((GRAVITY / theta[0]!) * (theta[k]! - thetaK) * rise) / shear;
    if (richardson > CRITICAL) {
      const part = Math.max(0, (CRITICAL - below) / (richardson - below));
      return bounded(heightM[k - 1]! + part * (heightM[k]! - heightM[k - 1]!));
    }
    below = richardson;
    if (heightM[k]! > LARGEST_MIXING_HEIGHT_M) break;
  }
  return LARGEST_MIXING_HEIGHT_M;
}

export function bounded(heightM: number): number {
  return Math.max(LEAST_MIXING_HEIGHT_M, Math.min(LARGEST_MIXING_HEIGHT_M, heightM));
}

/** Lapse rate below which the stratosphere begins, K/m, and how far above it must hold, m. */
const TROPOPAUSE_LAPSE = 0.002;
const TROPOPAUSE_DEPTH_M = 2000;

/**
 * Height of the lowest level above `leastHeightM` (which keeps inversions near the ground out) where the temperature falls by no more than 2 K/km, on
 * average to every level within 2 km. The top of the profile where there is none.
 */
export function tropopauseHeight({ heightM, temperatureK, count }: Profile, leastHeightM: number): number {
  search: for (let k = 0; k < count - 1; k++) {
    if (heightM[k]! < leastHeightM) continue;
    for (let above = k + 1; above < count; above++) {
      const rise = heightM[above]! - heightM[k]!;
      if (above > k + 1 && rise > TROPOPAUSE_DEPTH_M) break;
      if ((temperatureK[k]! - temperatureK[above]!) / rise > TROPOPAUSE_LAPSE) continue search;
    }
    return heightM[k]!;
  }
  return heightM[count - 1]!;
}

/** Below this there is no tropopause: 5 km within 20 deg of the equator, 2.5 km beyond 40 deg. */
export function leastTropopause(latitudeDeg: number): number {
  return 2500 + 2500 * Math.max(0, Math.min(1, (40 - Math.abs(latitudeDeg)) / 20));
}
