/** The work of one thread: some particles over the steps of one leg. Pure in its arguments, so any thread may do it, and do it again. */
import { Air } from "./air.ts";
import { decayMatrix } from "./decay.ts";
import { airborne, type RainAt } from "./deposition.ts";
import { TransportKernel } from "./kernel.ts";
import { FLYING, GONE, type ParticleCloud } from "./particleCloud.ts";
import type { Convection } from "./physics.ts";
import { directionOf, type Leg, type TransportPlan } from "./plan.ts";
import type { Chunk } from "./release.ts";
import { type CellSums, GridSampler } from "./sampler.ts";
import type { TransportField } from "./transportField.ts";

/** Moves one plan's particles; owns the scratch of a thread. */
export class ChunkWorker {
  readonly #plan: TransportPlan;
  readonly #kernel: TransportKernel;
  readonly #sampler: GridSampler;
  readonly #decays: boolean;
  readonly #deposits: boolean;
  readonly #stepDecay: Float64Array;
  readonly #before: Float64Array;

  constructor(plan: TransportPlan) {
    const { species, physics, seed, sampling, stepSec } = plan;
    this.#plan = plan;
    this.#kernel = new TransportKernel(physics, seed, sampling.layerTopsM);
    this.#sampler = new GridSampler(sampling, species.length);
    this.#decays = species.some(({ halfLifeSec }) => halfLifeSec !== null);
    this.#deposits = species.some(({ dryVelocity, scavenging }) => dryVelocity || scavenging);
    this.#stepDecay = decayMatrix(species, stepSec);
    this.#before = new Float64Array(species.length);
  }

  /** Moves the particles of a chunk in place and returns what they leave in the cells: activity times seconds, scaled by density if backward. */
  advance(cloud: ParticleCloud, chunk: Chunk, leg: Leg, early: TransportField, late: TransportField): CellSums {
    const { startTime, stepSec, physics } = this.#plan;
    const sign = directionOf(this.#plan);
    const air = new Air(early, late);
    const span = late.time - early.time;
    const share = (time: number) => (span > 0 ? Math.max(0, Math.min(1, (time - early.time) / span)) : 0);
    const { firstStep, steps } = leg;
    for (let j = 0; j < chunk.count; j++) {
      const slot = chunk.first + j;
      const released = cloud.releaseTime[slot]!;
      for (let step = firstStep; step < firstStep + steps; step++) {
        if (cloud.state[slot] === GONE) break;
        let begin = startTime + sign * step * stepSec;
        const end = begin + sign * stepSec;
        if (sign * (released - end) >= 0) continue;
        if (sign * (released - begin) > 0) begin = released;
        const convects = physics.convection !== null && convectsAt(physics.convection, step, stepSec);
        this.#kernel.move(
          cloud,
          slot,
          air,
          end - begin,
          share(begin),
          share(0.5 * (begin + end)),
          chunk.index + j * chunk.chunks,
          step,
          convects,
        );
        if (cloud.state[slot] === FLYING) this.#afterStep(cloud, slot, air, Math.abs(end - begin), released, end);
      }
    }
    return this.#sampler.take();
  }

  #afterStep(cloud: ParticleCloud, slot: number, air: Air, seconds: number, released: number, now: number): void {
    const { species } = cloud;
    const { shares, densities, middle } = this.#kernel;
    const before = this.#before;
    for (let s = 0; s < species; s++) before[s] = cloud.activity[slot * species + s]!;
    if (this.#decays) this.#decay(cloud, slot, seconds);
    if (this.#deposits) this.#deposit(cloud, slot, air, seconds);
    let found = false;
    for (let layer = 0; layer < shares.length; layer++) {
      if (!(shares[layer]! > 0)) continue;
      if (!found) {
        found = true;
        if (!this.#sampler.locate(middle.latDeg, middle.lonDeg, Math.abs(now - released))) return;
      }
      // A sample is of air: backward, each kilogram of it on the way stands for as much as the sample's.
      const scale = this.#plan.direction === "backward" ? cloud.releaseDensity[slot]! / densities[layer]! : 1;
      for (let s = 0; s < species; s++) {
        const activity = 0.5 * (before[s]! + cloud.activity[slot * species + s]!);
        this.#sampler.add(s, layer, activity * shares[layer]! * seconds * scale);
      }
    }
  }

  #decay(cloud: ParticleCloud, slot: number, seconds: number): void {
    const { species, activity } = cloud;
    const matrix = seconds === this.#plan.stepSec ? this.#stepDecay : decayMatrix(this.#plan.species, seconds);
    for (let i = 0; i < species; i++) {
      let sum = 0;
      for (let k = 0; k < species; k++) sum += matrix[i * species + k]! * this.#before[k]!;
      activity[slot * species + i] = sum;
    }
  }

  #deposit(cloud: ParticleCloud, slot: number, air: Air, seconds: number): void {
    air.weatherAt();
    const rain: RainAt | null = air.hasWeather
      ? { precipitationMmPerH: air.weather[2]!, cloudBaseM: air.weather[3]!, cloudTopM: air.weather[4]! }
      : null;
    this.#plan.species.forEach((species, s) => {
      cloud.activity[slot * cloud.species + s]! *= airborne(species, cloud.heightM[slot]!, rain, seconds);
    });
  }
}

/** Mass fluxes work all the time; whole mixing in the step in which another of its intervals since the run's start ends. */
function convectsAt(convection: Convection, step: number, stepSec: number): boolean {
  if (convection.kind === "massFlux") return true;
  const { intervalSec } = convection;
  return Math.floor(((step + 1) * stepSec) / intervalSec) > Math.floor((step * stepSec) / intervalSec);
}
