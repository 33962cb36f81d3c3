/**
 * Particles of one run as a structure of arrays, in memory that threads can share. The chunks (release.ts) that
 * threads work on lie together in memory, and each chunk is an even sample of the whole release.
 */
import type { Allocate } from "./transportField.ts";

export interface ParticleCloud {
  readonly count: number;
  readonly species: number;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** Above ground. */
  readonly heightM: Float64Array;
  /** Epoch seconds. */
  readonly releaseTime: Float64Array;
  readonly state: Uint8Array;
  /** Turbulent velocities over their standard deviations: upward, along the wind, across it; NaN outside the boundary layer. */
  readonly upward: Float32Array;
  readonly along: Float32Array;
  readonly across: Float32Array;
  /** East, north, upward mesoscale velocities, m/s. */
  readonly mesoscale: Float32Array;
  /** Air density where the particle was released, kg/m^3. */
  readonly releaseDensity: Float32Array;
  /** [particle][species], Bq, or 1 for a particle that carries nothing. */
  readonly activity: Float64Array;
}

export const WAITING = 0;
export const FLYING = 1;
export const GONE = 2;

export function createCloud(
  count: number,
  species: number,
  allocate: Allocate = (bytes) => new ArrayBuffer(bytes),
): ParticleCloud {
  const doubles = (length: number) => new Float64Array(allocate(8 * length));
  const floats = (length: number) => new Float32Array(allocate(4 * length));
  return {
    count,
    species,
    latitudeDeg: doubles(count),
    longitudeDeg: doubles(count),
    heightM: doubles(count),
    releaseTime: doubles(count),
    state: new Uint8Array(allocate(count)),
    upward: floats(count).fill(Number.NaN),
    along: floats(count).fill(Number.NaN),
    across: floats(count).fill(Number.NaN),
    mesoscale: floats(3 * count),
    releaseDensity: floats(count),
    activity: doubles(count * species),
  };
}
