/**
 * A run in numbers: what is released where and when, how long it is followed in which direction, and what is kept of it. A plan and its weather decide
 * the result to the last bit.
 */
import { isoTime } from "@harken/core";
import type { Physics, Species } from "./physics.ts";
import type { SamplingGrid } from "./sampler.ts";

/** Particles spread evenly over a box and over a time. */
export interface Release {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  /** East of west; may be above 180. */
  readonly eastDeg: number;
  /** Above ground. */
  readonly bottomM: number;
  readonly topM: number;
  /** Epoch seconds; the same for a puff. */
  readonly startTime: number;
  readonly endTime: number;
  readonly particles: number;
  /** Of each species of the plan, Bq. Backward, 1 for the sample's whole air: sums are then residence times. */
  readonly activityBq: readonly number[];
}

export interface TransportPlan {
  readonly seed: number;
  readonly direction: "forward" | "backward";
  /** Epoch seconds at which the run begins: its latest time when it goes backward. */
  readonly startTime: number;
  readonly stepSec: number;
  /** Length of one output, a multiple of the step. */
  readonly outputSec: number;
  readonly outputs: number;
  readonly releases: readonly Release[];
  readonly species: readonly Species[];
  readonly physics: Physics;
  readonly sampling: SamplingGrid;
  /** Particles that a thread takes at a time, about; results depend on it only by the order of sums. */
  readonly chunkSize: number;
}

/** Parts that the particles are divided into to see how much chance is in the result. */
export const CLASSES = 8;

/** Steps that lie between the same two weather fields and in the same output. */
export interface Leg {
  readonly firstStep: number;
  readonly steps: number;
  readonly output: number;
  /** Indices of the weather's times; the same twice where there is only one. */
  readonly early: number;
  readonly late: number;
}

export function particleCount(plan: TransportPlan): number {
  return plan.releases.reduce((sum, { particles }) => sum + particles, 0);
}

/** A multiple of the classes, so that each class has as many. */
export function chunkCount(plan: TransportPlan): number {
  return CLASSES * Math.max(1, Math.round(particleCount(plan) / (CLASSES * plan.chunkSize)));
}

/** 1 or -1. */
export function directionOf({ direction }: TransportPlan): 1 | -1 {
  return direction === "forward" ? 1 : -1;
}

/** Throws RangeError, with a sentence, for a plan that cannot be run. */
export function checkPlan(plan: TransportPlan): void {
  const { stepSec, outputSec, outputs, species, releases, sampling } = plan;
  if (!(stepSec > 0)) throw new RangeError(`a step of ${stepSec} s is none`);
  const steps = outputSec / stepSec;
  if (!(steps >= 1) || Math.abs(steps - Math.round(steps)) > 1e-9)
    throw new RangeError(`an output of ${outputSec} s is not made of whole steps of ${stepSec} s`);
  if (!(outputs >= 1)) throw new RangeError("the run has no output");
  if (species.length === 0) throw new RangeError("the particles carry no species");
  if (sampling.layerTopsM.some((top, k) => !(top > (sampling.layerTopsM[k - 1] ?? 0))))
    throw new RangeError("the tops of the layers must rise from above 0");
  if (releases.length === 0) throw new RangeError("nothing is released");
  for (const release of releases) {
    const { southDeg, northDeg, westDeg, eastDeg, bottomM, topM, startTime, endTime, particles, activityBq } = release;
    if (!(southDeg >= -90 && northDeg >= southDeg && northDeg <= 90 && eastDeg >= westDeg && topM >= bottomM))
      throw new RangeError("a release's box is turned inside out");
    if (!(endTime >= startTime && bottomM >= 0 && Number.isInteger(particles) && particles > 0))
      throw new RangeError("a release needs particles, a height above ground and an end after its start");
    if (activityBq.length !== species.length)
      throw new RangeError(`a release gives ${activityBq.length} activities for ${species.length} species`);
  }
}

/** The run's legs in its order. Throws RangeError where the weather does not cover the run; a single field stands for all times. */
export function legsOf(plan: TransportPlan, times: readonly number[]): Leg[] {
  const { stepSec, outputSec, outputs, startTime } = plan;
  const perOutput = Math.round(outputSec / stepSec);
  const sign = directionOf(plan);
  const legs: { firstStep: number; steps: number; output: number; early: number; late: number }[] = [];
  for (let step = 0; step < outputs * perOutput; step++) {
    const middle = startTime + sign * (step + 0.5) * stepSec;
    const early = times.length === 1 ? 0 : times.findLastIndex((time) => time <= middle);
    const late = times.length === 1 ? 0 : early + 1;
    if (early < 0 || late >= times.length) throw new RangeError(`the weather does not cover ${isoTime(middle, 0)}`);
    const output = Math.floor(step / perOutput);
    const last = legs.at(-1);
    if (last && last.output === output && last.early === early) last.steps++;
    else legs.push({ firstStep: step, steps: 1, output, early, late });
  }
  return legs;
}
