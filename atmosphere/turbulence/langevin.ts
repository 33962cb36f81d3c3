/**
 * Vertical movement of a particle within the boundary layer: Thomson's Langevin equation for the velocity over its standard deviation, with the
 * drift that keeps a well-mixed tracer well mixed where standard deviation and air density change with height (Thomson 1987,
 * doi:10.1017/S0022112087001940; Stohl and Thomson 1999, doi:10.1023/A:1001767110592; Wilson et al. 1983, doi:10.1007/BF00121946):
 *
 *     d(w/s) = -(w/s) dt/T + (ds/dz + (s/rho) drho/dz) dt + sqrt(2/T) dW,    dz = w dt
 *
 * In the coordinate dz/s this is a particle with friction 1/T in the potential -ln(rho s). So it is stepped as molecular dynamics does: drift,
 * kick, fluctuation, kick, drift, symmetric in time (Leimkuhler and Matthews 2013, doi:10.1093/amrx/abs010). The fluctuation is scaled so that
 * diffusion over many steps is exact however long they are (Gronbech-Jensen and Farago 2013, doi:10.1080/00268976.2012.760055).
 *
 * Turbulence has no direction in time: backward runs call this with the same positive duration.
 */
import type { CounterRandom } from "../particles/counterRandom.ts";
import { type TurbulentLayer, UNSTABLE, verticalAt } from "./hanna.ts";

/** Air over one place: levels from the ground upward, [east m/s, north m/s, upward m/s, density kg/m^3] of each. */
export interface AirColumn {
  readonly heightsM: Float64Array;
  readonly lanes: Float64Array;
  /** Of each layer between two levels: 1 / thickness, 1/m, and d ln(density) / dz, 1/m. */
  readonly perThickness: Float64Array;
  readonly densitySlope: Float64Array;
  /** Levels that are filled. */
  levels: number;
}

/** A particle on its way through a boundary layer. Mutable: made once and used for every particle. */
export interface MixedParticle {
  heightM: number;
  /** Vertical turbulent velocity over its standard deviation. */
  velocity: number;
  /** Means over the time of the air's velocity where the particle was, m/s. */
  east: number;
  north: number;
  up: number;
  /** Share of the time that it spent in each of the layers whose rising tops are `layerTopsM`, the first standing on the ground. */
  readonly shares: Float64Array;
  readonly layerTopsM: Float64Array;
  /** Scratch for the steps' normal deviates. */
  readonly noise: Float64Array;
}

export function createMixedParticle(layerTopsM: readonly number[] = []): MixedParticle {
  return {
    heightM: 0.1,
    velocity: 0.1,
    east: 0.1,
    north: 0.1,
    up: 0.1,
    shares: new Float64Array(layerTopsM.length),
    layerTopsM: Float64Array.from(layerTopsM),
    noise: new Float64Array(MOST_STEPS),
  };
}

/** Share of the layer that a step may cross at its usual velocity: keeps ten equal parts within 2.5 % of well mixed. */
const STEP_SHARE = 0.08;
const SHORTEST_STEP_SEC = 40;
const LONGEST_STEP_SEC = 100;
const MOST_STEPS = 512;

/** How many steps a time in this layer is divided into. */
export function mixingSteps(layer: TurbulentLayer, durationSec: number): number {
  const { regime, ustar2, wstar2, mixingHeightM } = layer;
  // The largest standard deviation of the layer.
  const velocity = Math.sqrt(regime === UNSTABLE ? 0.4 * wstar2 + 1.5 * ustar2 : 1.69 * ustar2) + 0.01;
  const step = (STEP_SHARE * mixingHeightM) / velocity;
  const steps = Math.ceil(durationSec / Math.max(SHORTEST_STEP_SEC, Math.min(LONGEST_STEP_SEC, step)));
  return Math.min(MOST_STEPS, steps);
}

/** Moves a particle of a layer for `durationSec` in `steps` equal steps, 512 at most. Ground and top of the layer reflect. */
export function mixVertically(
  particle: MixedParticle,
  layer: TurbulentLayer,
  column: AirColumn,
  durationSec: number,
  steps: number,
  random: CounterRandom,
): void {
  const { heightsM, lanes, perThickness, densitySlope } = column;
  const { shares, layerTopsM, noise } = particle;
  const { vertical } = layer;
  const layers = layerTopsM.length;
  const last = column.levels - 2;
  const top = layer.mixingHeightM;
  const step = durationSec / steps;
  const half = 0.5 * step;
  const share = 1 / steps;
  let z = particle.heightM;
  let velocity = particle.velocity;
  let east = 0;
  let north = 0;
  let up = 0;
  let level = 0;
  shares.fill(0);
  random.fillNormal(noise, steps);
  verticalAt(layer, z);
  let way = velocity * half;
  for (let n = 0; n <= steps; n++) {
    z += vertical[0]! * way * (1 + 0.5 * vertical[1]! * way);
    if (z < 0 || z > top) {
      z = reflected(z, top);
      velocity = -velocity;
    }
    if (n === steps) break;
    verticalAt(layer, z);
    while (level < last && heightsM[level + 1]! <= z) level++;
    while (level > 0 && heightsM[level]! > z) level--;
    let sampled = 0;
    while (sampled < layers && z >= layerTopsM[sampled]!) sampled++;
    if (sampled < layers) shares[sampled]! += share;
    const at = 4 * level;
    const f = (z - heightsM[level]!) * perThickness[level]!;
    east += lanes[at]! + f * (lanes[at + 4]! - lanes[at]!);
    north += lanes[at + 1]! + f * (lanes[at + 5]! - lanes[at + 1]!);
    up += lanes[at + 2]! + f * (lanes[at + 6]! - lanes[at + 2]!);
    const kick = half * (vertical[1]! + vertical[0]! * densitySlope[level]!);
    // exp(-step / T) to second order, and exact in what diffusion comes of it: (T - half) / (T + half), here with both parts times s.
    const memory = vertical[2]!;
    const lost = half * vertical[0]!;
    const scale = 1 / (memory + lost);
    velocity = (memory - lost) * scale * (velocity + kick) + 2 * Math.sqrt(memory * lost) * scale * noise[n]! + kick;
    way = velocity * (n === steps - 1 ? half : step);
  }
  particle.heightM = z;
  particle.velocity = velocity;
  particle.east = east * share;
  particle.north = north * share;
  particle.up = up * share;
}

/** A height outside the layer, reflected at ground and top; within it after any number of times. */
function reflected(z: number, top: number): number {
  const folded = Math.abs(z) % (2 * top);
  return folded > top ? 2 * top - folded : folded;
}
