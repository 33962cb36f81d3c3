/**
 * Geiger's method: iterated weighted least squares for the place and time of a source, damped (Levenberg and Marquardt) when a full step
 * would not lessen the misfit, and kept inside the Earth. Weights are those at the place of each iteration, as LocSAT has them
 * (Bratt and Bache 1988, doi:10.1785/BSSA0780020780).
 */
import { choleskyFactor, choleskySolve, KM_PER_DEGREE, positionAt, RADIANS_PER_DEGREE } from "@harken/core";
import type { ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import type { LocationSettings } from "./settings.ts";
import { chiSquare, type DefiningMask, normalEquations, type System, systemAt, UNKNOWNS } from "./system.ts";

export interface Problem {
  readonly readings: readonly Reading[];
  readonly mask: DefiningMask;
  readonly predictor: ReadingPredictor;
}

export type SolverSettings = Pick<LocationSettings, "depthRangeKm" | "maxIterations" | "convergenceKm" | "maxStepKm">;

export interface Solution {
  readonly system: System;
  readonly iterations: number;
  readonly converged: boolean;
}

const FIRST_DAMPING = 1e-3;
const DAMPING_FACTOR = 10;
/** Below this the damping is switched off, above the other the misfit cannot be lessened any more. */
const LEAST_DAMPING = 1e-6;
const LARGEST_DAMPING = 1e8;
const DEPTH = 2;

/** The nearest minimum of the misfit from `start`; with a free depth also in depth. */
export function solve(problem: Problem, start: Hypocentre, freeDepth: boolean, settings: SolverSettings): Solution {
  const { readings, mask, predictor } = problem;
  const { depthRangeKm, maxIterations, convergenceKm, maxStepKm } = settings;
  let system = systemAt(readings, mask, predictor, inside(start, depthRangeKm));
  let damping = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const { a, b } = normalEquations(system, mask);
    const before = chiSquare(system, mask);
    for (;;) {
      const step = boundedStep(a, b, damping, freeDepth, system.source.depthKm, depthRangeKm);
      if (step) {
        const km = shorten(step, maxStepKm);
        if (km < convergenceKm) return { system, iterations: iteration, converged: true };
        const trial = systemAt(readings, mask, predictor, moved(system.source, step, depthRangeKm));
        if (chiSquare(trial, mask, system) < before) {
          system = trial;
          damping = damping < LEAST_DAMPING ? 0 : damping / DAMPING_FACTOR;
          break;
        }
      }
      damping = Math.max(FIRST_DAMPING, damping * DAMPING_FACTOR);
      if (damping > LARGEST_DAMPING) return { system, iterations: iteration, converged: true };
    }
  }
  return { system, iterations: maxIterations, converged: false };
}

function inside(source: Hypocentre, [shallowest, deepest]: readonly [number, number]): Hypocentre {
  return { ...source, depthKm: Math.min(deepest, Math.max(shallowest, source.depthKm)) };
}

/** The damped step (km, km, km, s); a depth that would leave its range goes to the edge and the others follow. Null when singular. */
function boundedStep(
  a: Float64Array,
  b: Float64Array,
  damping: number,
  freeDepth: boolean,
  depthKm: number,
  [shallowest, deepest]: readonly [number, number],
): Float64Array | null {
  if (!freeDepth) return dampedStep(a, b, damping, 0);
  const step = dampedStep(a, b, damping, null);
  if (!step) return null;
  const target = depthKm + step[DEPTH]!;
  if (target >= shallowest && target <= deepest) return step;
  return dampedStep(a, b, damping, (target < shallowest ? shallowest : deepest) - depthKm);
}

/** Solves (A + damping diag A) d = b for all unknowns, or with the change of depth given. */
function dampedStep(
  a: Float64Array,
  b: Float64Array,
  damping: number,
  depthChange: number | null,
): Float64Array | null {
  const active = depthChange === null ? [0, 1, 2, 3] : [0, 1, 3];
  const n = active.length;
  const factor = new Float64Array(n * n);
  const part = new Float64Array(n);
  active.forEach((row, i) => {
    active.forEach((column, j) => {
      factor[n * i + j] = a[UNKNOWNS * row + column]!;
    });
    factor[n * i + i]! *= 1 + damping;
    part[i] = b[row]! - (depthChange === null ? 0 : a[UNKNOWNS * row + DEPTH]! * depthChange);
  });
  if (!choleskyFactor(factor, n)) return null;
  choleskySolve(factor, n, part);
  const step = new Float64Array(UNKNOWNS);
  if (depthChange !== null) step[DEPTH] = depthChange;
  active.forEach((unknown, i) => {
    step[unknown] = part[i]!;
  });
  return step.every(Number.isFinite) ? step : null;
}

/** Shortens a step in place to the longest allowed; its length in km. The origin time is balanced anew at each place, so it does not count. */
function shorten(step: Float64Array, maxStepKm: number): number {
  const km = Math.hypot(step[0]!, step[1]!, step[DEPTH]!);
  if (km <= maxStepKm) return km;
  for (let i = 0; i < UNKNOWNS; i++) step[i]! *= maxStepKm / km;
  return maxStepKm;
}

function moved(source: Hypocentre, step: Float64Array, depthRangeKm: readonly [number, number]): Hypocentre {
  const [east, north, down, later] = step as unknown as [number, number, number, number];
  const azimuthDeg = Math.atan2(east, north) / RADIANS_PER_DEGREE;
  const place = positionAt(
    source.latitudeDeg,
    source.longitudeDeg,
    azimuthDeg,
    Math.hypot(east, north) / KM_PER_DEGREE,
  );
  return inside({ ...place, depthKm: source.depthKm + down, time: source.time + later }, depthRangeKm);
}
