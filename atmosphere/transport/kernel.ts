/**
 * One step of one particle: wind at the place, half a step ahead, wind there; turbulence of the boundary layer or diffusion above it; ground and lid.
 * The step may be negative: the wind is then followed backward, and turbulence mixes as it does forward.
 */
import { ConvectionColumns, redistribute } from "../convection/redistribution.ts";
import { mixWhole } from "../convection/wholeMixing.ts";
import { METEOROLOGICAL_RADIUS_M } from "../particles/advection.ts";
import { type CounterRandom, counterRandom } from "../particles/counterRandom.ts";
import { createSphereStep, toEnd, toMidpoint } from "../particles/sphere.ts";
import { createLayer, horizontalAt, setLayer } from "../turbulence/hanna.ts";
import { createMixedParticle, type MixedParticle, mixingSteps, mixVertically } from "../turbulence/langevin.ts";
import { LARGEST_MIXING_HEIGHT_M } from "../turbulence/mixingHeight.ts";
import { createWalk, drawVelocity } from "../turbulence/randomVelocity.ts";
import type { Air } from "./air.ts";
import { FLYING, GONE, type ParticleCloud, WAITING } from "./particleCloud.ts";
import type { Convection, Physics } from "./physics.ts";

/** Depth over which the stratosphere's diffusion takes over from the troposphere's, m. */
const TRANSITION_M = 1000;
const DENSITY_HEIGHT_M = 7000;
const LOWEST_TROPOPAUSE_M = 2500;

export class TransportKernel {
  /** What is sampled of a step: where the particle was half-way, the share of the time that it spent in each layer, and the density there. */
  readonly middle = { latDeg: 0.1, lonDeg: 0.1 };
  readonly shares: Float64Array;
  readonly densities: Float64Array;

  readonly #physics: Physics;
  readonly #random: CounterRandom;
  readonly #step = createSphereStep();
  readonly #layer = createLayer();
  readonly #mixed: MixedParticle;
  readonly #walk = createWalk();
  readonly #columns = new ConvectionColumns();
  // East and north m of the step's random displacement, and height after it.
  #east = 0.1;
  #north = 0.1;
  #height = 0.1;

  /** `layerTopsM`: the layers that are sampled, from the ground upward. */
  constructor(physics: Physics, seed: number, layerTopsM: readonly number[]) {
    this.#physics = physics;
    this.#random = counterRandom(seed);
    this.#mixed = createMixedParticle(layerTopsM);
    this.shares = this.#mixed.shares;
    this.densities = new Float64Array(layerTopsM.length);
  }

  /**
   * Moves the particle in `slot` by `stepSec`. `startShare` and `middleShare` are the second field's weights at the start and the middle of the step;
   * `number` and `stepNumber` name its random numbers.
   */
  move(
    cloud: ParticleCloud,
    slot: number,
    air: Air,
    stepSec: number,
    startShare: number,
    middleShare: number,
    number: number,
    stepNumber: number,
    convectsNow: boolean,
  ): void {
    const lat = cloud.latitudeDeg[slot]!;
    const lon = cloud.longitudeDeg[slot]!;
    const height = cloud.heightM[slot]!;
    const physics = this.#physics;
    const step = this.#step;
    const { wind, layer } = air;
    if (!air.locate(lat, lon, startShare)) {
      cloud.state[slot] = GONE;
      return;
    }
    air.windAt(height);
    if (cloud.state[slot] === WAITING) cloud.releaseDensity[slot] = wind[3]!;
    const angle = stepSec / METEOROLOGICAL_RADIUS_M;
    toMidpoint(step, lat, lon, 0.5 * angle * wind[0]!, 0.5 * angle * wind[1]!);
    if (!air.locate(step.latDeg, step.lonDeg, middleShare)) {
      cloud.state[slot] = GONE;
      return;
    }
    this.middle.latDeg = step.latDeg;
    this.middle.lonDeg = step.lonDeg;
    this.#random.seek(number, stepNumber);
    this.#east = 0;
    this.#north = 0;
    let mixes = false;
    if (physics.boundaryLayer && height <= LARGEST_MIXING_HEIGHT_M) {
      air.layerAt();
      mixes = height <= layer[0]!;
    }
    if (mixes) {
      this.#mix(cloud, slot, air, stepSec);
    } else {
      const middle = bounce(height + 0.5 * stepSec * wind[2]!, air.topM);
      air.windAt(middle);
      this.#stay(middle, wind[3]!);
      this.#height = height + stepSec * wind[2]!;
      cloud.upward[slot] = Number.NaN;
      if (physics.troposphereDiffusivity > 0 || physics.stratosphereDiffusivity > 0)
        this.#diffuse(air, height, Math.abs(stepSec));
    }
    if (physics.mesoscale) this.#wander(cloud, slot, air, height, Math.abs(stepSec));
    toEnd(
      step,
      lat,
      lon,
      angle * wind[0]! + this.#east / METEOROLOGICAL_RADIUS_M,
      angle * wind[1]! + this.#north / METEOROLOGICAL_RADIUS_M,
    );
    if (physics.convection && convectsNow) this.#convect(physics.convection, air, stepSec);
    cloud.latitudeDeg[slot] = step.latDeg;
    cloud.longitudeDeg[slot] = step.lonDeg;
    cloud.heightM[slot] = bounce(this.#height, air.topM);
    cloud.state[slot] = FLYING;
  }

  /** The whole step is spent at one height. */
  #stay(height: number, density: number): void {
    const { shares, layerTopsM } = this.#mixed;
    const count = layerTopsM.length;
    let layer = 0;
    shares.fill(0);
    while (layer < count && height >= layerTopsM[layer]!) layer++;
    if (layer === count) return;
    shares[layer] = 1;
    this.densities[layer] = density;
  }

  /** Within the boundary layer: the wind that counts is the mean over the heights that turbulence takes the particle through. */
  #mix(cloud: ParticleCloud, slot: number, air: Air, stepSec: number): void {
    const { wind, layer: values } = air;
    const layer = this.#layer;
    const mixed = this.#mixed;
    const walk = this.#walk;
    const random = this.#random;
    const duration = Math.abs(stepSec);
    const height = cloud.heightM[slot]!;
    setLayer(layer, values[0]!, values[1]!, values[2]!);
    air.fillColumn(layer.mixingHeightM);
    // Air that comes into the layer takes up its turbulence.
    let upward = cloud.upward[slot]!;
    let along = cloud.along[slot]!;
    let across = cloud.across[slot]!;
    if (Number.isNaN(upward)) {
      upward = random.normal();
      along = random.normal();
      across = random.normal();
    }
    mixed.heightM = height;
    mixed.velocity = upward;
    mixVertically(mixed, layer, air.column, duration, mixingSteps(layer, duration), random);
    wind[0] = mixed.east;
    wind[1] = mixed.north;
    this.#height = mixed.heightM + stepSec * mixed.up;
    const tops = mixed.layerTopsM;
    for (let k = 0; k < tops.length; k++)
      if (mixed.shares[k]! > 0)
        this.densities[k] = air.columnDensity(0.5 * ((tops[k - 1] ?? 0) + Math.min(tops[k]!, layer.mixingHeightM)));
    horizontalAt(layer, height);
    const speed = Math.sqrt(mixed.east * mixed.east + mixed.north * mixed.north);
    const toEast = speed > 0 ? mixed.east / speed : 1;
    const toNorth = speed > 0 ? mixed.north / speed : 0;
    drawVelocity(walk, along, layer.timeU, duration, random);
    cloud.along[slot] = walk.velocity;
    const wayAlong = layer.sigmaU * walk.way;
    drawVelocity(walk, across, layer.timeV, duration, random);
    cloud.across[slot] = walk.velocity;
    const wayAcross = layer.sigmaV * walk.way;
    cloud.upward[slot] = mixed.velocity;
    this.#east = wayAlong * toEast - wayAcross * toNorth;
    this.#north = wayAlong * toNorth + wayAcross * toEast;
  }

  /** Above it: horizontal diffusion in the troposphere, vertical in the stratosphere, with the drifts of its change with height. */
  #diffuse(air: Air, height: number, duration: number): void {
    const { troposphereDiffusivity, stratosphereDiffusivity } = this.#physics;
    const random = this.#random;
    let above = 0;
    if (height > LOWEST_TROPOPAUSE_M) {
      if (height > LARGEST_MIXING_HEIGHT_M || !this.#physics.boundaryLayer) air.layerAt();
      above = (height - air.layer[3]!) / TRANSITION_M;
    }
    if (above < 1) {
      const reach = Math.sqrt(2 * troposphereDiffusivity * (1 - Math.max(0, above)) * duration);
      random.fillNormal(this.#walk.noise, 2);
      this.#east = reach * this.#walk.noise[0]!;
      this.#north = reach * this.#walk.noise[1]!;
    }
    if (above > 0) {
      const diffusivity = stratosphereDiffusivity * Math.min(1, above);
      const change = above < 1 ? stratosphereDiffusivity / TRANSITION_M : 0;
      this.#height +=
        Math.sqrt(2 * diffusivity * duration) * random.normal() + (change - diffusivity / DENSITY_HEIGHT_M) * duration;
    }
  }

  #convect(convection: Convection, air: Air, stepSec: number): void {
    const random = this.#random;
    if (convection.kind === "wholeMixing") {
      this.#height = mixWhole(air, this.#height, convection.thresholdJPerKg, random);
      return;
    }
    air.pick(random.uniform());
    const column = this.#columns.of(air.pickedField, air.pickedPoint);
    if (column) this.#height = redistribute(column, bounce(this.#height, air.topM), stepSec, random);
  }

  /** Wind that the grid does not resolve, drawn from that which it does. */
  #wander(cloud: ParticleCloud, slot: number, air: Air, height: number, duration: number): void {
    const { share, memorySec } = this.#physics.mesoscale!;
    const memory = Math.exp(-duration / memorySec);
    const fresh = share * Math.sqrt(1 - memory * memory);
    air.spreadAt(height);
    const { mesoscale } = cloud;
    for (let lane = 0; lane < 3; lane++)
      mesoscale[3 * slot + lane] =
        memory * mesoscale[3 * slot + lane]! + fresh * air.spread[lane]! * this.#random.normal();
    this.#east += duration * mesoscale[3 * slot]!;
    this.#north += duration * mesoscale[3 * slot + 1]!;
    this.#height += duration * mesoscale[3 * slot + 2]!;
  }
}

/** A height reflected at the ground and held under the lid. */
function bounce(heightM: number, topM: number): number {
  return heightM < 0 ? Math.min(topM, -heightM) : Math.min(heightM, topM);
}
