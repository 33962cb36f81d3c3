/**
 * What a particle keeps in the air over a step: dry deposition in the lowest 30 m, and scavenging by rain below clouds and within (Pisso et al. 2019,
 * doi:10.5194/gmd-12-4955-2019, sections 2.5 and 2.6). Noble gases are not deposited.
 */
import type { Species } from "./physics.ts";

/** Deposition velocities belong to half of this height, m. */
export const DRY_DEPTH_M = 30;
/** Share of a soluble species in a cloud's water. */
const DISSOLVED = 0.9;
/** Water of a cloud that rains I mm/h, as a volume of liquid in one of cloud: 2e-7 I^0.36. */
const CLOUD_WATER = 2e-7;
const CLOUD_WATER_POWER = 0.36;
const MM_PER_HOUR = 1 / 3.6e6;

export interface RainAt {
  readonly precipitationMmPerH: number;
  readonly cloudBaseM: number;
  readonly cloudTopM: number;
}

/** Share that is left after `seconds` at a height. */
export function airborne(species: Species, heightM: number, rain: RainAt | null, seconds: number): number {
  let rate = heightM < DRY_DEPTH_M ? (species.dryVelocity ?? 0) / DRY_DEPTH_M : 0;
  const { scavenging } = species;
  if (scavenging && rain && rain.precipitationMmPerH > 0 && heightM < rain.cloudTopM) {
    const { precipitationMmPerH: intensity, cloudBaseM, cloudTopM } = rain;
    if (heightM < cloudBaseM) rate += scavenging.a * intensity ** scavenging.b;
    else if (scavenging.inCloud)
      rate +=
        (DISSOLVED / (CLOUD_WATER * intensity ** CLOUD_WATER_POWER)) *
        ((intensity * MM_PER_HOUR) / (cloudTopM - cloudBaseM));
  }
  return rate > 0 ? Math.exp(-rate * seconds) : 1;
}
