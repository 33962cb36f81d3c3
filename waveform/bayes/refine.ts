/**
 * Moves a hypothesis to where its score is highest: steps of place that halve, the origin time following as the median of the residuals, and
 * other depths. NET-VISA's improve-event move, without chance where none is needed.
 */
import { positionAt } from "@harken/core";
import type { AssessOptions, Assessor, Place } from "./assess.ts";

export interface Scored {
  readonly place: Place;
  readonly score: number;
  readonly magnitude: number;
}

/** Times that move by less than this are left, s. */
const LEAST_SHIFT_SEC = 0.08;
const MOVES_PER_STEP = 6;
const BEARINGS_DEG = [0, 90, 180, 270] as const;
/** Depths that are tried, km, one or more for each bend of the travel times. */
const DEPTHS_KM = [5, 33, 60, 100, 160, 220, 320, 420, 520, 600] as const;
const DEPTH_STEPS_KM = { first: 20, last: 2.5 } as const;
const DEEPEST_KM = 700;
/** Origin times follow the depth by about this much, s/km, where the ray goes down steeply. */
const SEC_PER_KM = { shallow: 0.1, deep: 0.085 } as const;
const DEEP_KM = 200;
/** A depth is followed further when its first score is no worse than this below the best. */
const HOPEFUL = 6;

/** Score of a place with the origin time that its arrivals ask for. */
export function settle(assessor: Assessor, place: Place, options: AssessOptions, rounds = 2): Scored {
  assessor.assess(place, options);
  let best: Scored = { place, score: assessor.score, magnitude: assessor.magnitude };
  for (let round = 0; round < rounds; round++) {
    const shift = assessor.timeShift();
    if (Math.abs(shift) < LEAST_SHIFT_SEC) break;
    const moved = { ...best.place, time: best.place.time + shift };
    assessor.assess(moved, { ...options, magnitude: best.magnitude });
    if (assessor.score <= best.score) break;
    best = { place: moved, score: assessor.score, magnitude: assessor.magnitude };
  }
  return best;
}

export function climb(
  assessor: Assessor,
  start: Scored,
  options: Omit<AssessOptions, "magnitude">,
  [firstStepDeg, lastStepDeg]: readonly [number, number],
): Scored {
  let best = settle(assessor, start.place, { ...options, magnitude: start.magnitude });
  for (let step = firstStepDeg; step >= lastStepDeg; step /= 2) {
    for (let move = 0; move < MOVES_PER_STEP; move++) {
      const before = best.score;
      for (const bearing of BEARINGS_DEG) {
        const { latitudeDeg, longitudeDeg } = best.place;
        const beside = positionAt(latitudeDeg, longitudeDeg, bearing, step);
        const other = settle(assessor, { ...best.place, ...beside }, { ...options, magnitude: best.magnitude }, 1);
        if (other.score > best.score) best = other;
      }
      if (best.score <= before + 1e-6) break;
    }
  }
  return best;
}

/** Depths in steps that halve, the origin time following. */
export function climbDepth(assessor: Assessor, start: Scored, options: Omit<AssessOptions, "magnitude">): Scored {
  let best = start;
  for (let step = DEPTH_STEPS_KM.first; step >= DEPTH_STEPS_KM.last; step /= 2) {
    for (const down of [step, -step]) {
      for (;;) {
        const next = deeperBy(best.place, down);
        if (next.depthKm < 0 || next.depthKm > DEEPEST_KM) break;
        const other = settle(assessor, next, { ...options, magnitude: best.magnitude });
        if (other.score <= best.score) break;
        best = other;
      }
    }
  }
  return best;
}

/** The place with another depth, and the origin time at which most of its arrivals would still fit. */
export function deeperBy(place: Place, downKm: number): Place {
  const depthKm = place.depthKm + downKm;
  const perKm = depthKm > DEEP_KM ? SEC_PER_KM.deep : SEC_PER_KM.shallow;
  return { ...place, depthKm, time: place.time + perKm * downKm };
}

/** The best of other depths, each with its own place; the start when none is better. */
export function tryDepths(assessor: Assessor, start: Scored, options: Omit<AssessOptions, "magnitude">): Scored {
  let best = start;
  for (const depthKm of DEPTHS_KM) {
    const down = depthKm - start.place.depthKm;
    if (Math.abs(down) < 4) continue;
    const wide = { ...options, blurSec: options.blurSec + 1.5, magnitude: start.magnitude };
    const rough = settle(assessor, deeperBy(start.place, down), wide);
    const sharp = settle(assessor, rough.place, { ...options, magnitude: rough.magnitude });
    if (sharp.score < best.score - HOPEFUL) continue;
    const own = climb(assessor, sharp, options, [0.4, 0.1]);
    if (own.score > best.score) best = own;
  }
  return best;
}
