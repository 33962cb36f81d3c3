/**
 * One row of a table: the first arrival of a phase at every distance node from one depth. The curve of each path is walked once, from sample
 * to sample, and fills the nodes it passes; unfolded, the nodes are the multiples of the step, whether the ray goes the short way or the long.
 */
import { type Curve, type CurvePoint, phaseCurves } from "../taup/branch.ts";
import { type PhasePath, parsePhase, pathsOf } from "../taup/phase.ts";
import { interpolate, solveFor } from "../taup/reach.ts";
import { boundaryWave, comesFromBehind, depthDerivativeSecPerKm } from "../taup/travelTimes.ts";
import type { VelocityModel } from "../velocityModel.ts";

/** By distance node; NaN where the phase does not arrive. */
export interface TableRow {
  readonly time: Float64Array;
  readonly slowness: Float64Array;
  readonly depthDerivative: Float64Array;
}

const DEGREES = 180 / Math.PI;
/** Samples farther apart than this are not interpolated between: the ray to each node is found exactly, deg. */
const CLOSE_DEG = 0.5;
/** Close to the source the curve of a ray that turns below it bends too much for its samples, deg. */
const EXACT_BELOW_DEG = 5;

/** Whether a phase arrives close to the source by rays that only turn in crust and mantle, so that its times are hyperbolas there. */
export function isNearField(phase: string): boolean {
  return pathsOf(phase).some((name) => {
    const path = parsePhase(name);
    return path !== null && turnsInMantle(path);
  });
}

const turnsInMantle = ({ legs, diffracted }: PhasePath) =>
  !diffracted && legs.every(({ region, turning }) => region === "mantle" && turning);

export function firstArrivals(
  model: VelocityModel,
  phase: string,
  depthKm: number,
  stepDeg: number,
  columns: number,
): TableRow {
  const blank = () => new Float64Array(columns).fill(Number.NaN);
  const row: TableRow = { time: blank(), slowness: blank(), depthDerivative: blank() };
  const perTurn = Math.round(360 / stepDeg);
  const columnOf = (node: number) => {
    const inTurn = node % perTurn;
    return inTurn <= perTurn / 2 ? inTurn : perTurn - inTurn;
  };
  const offer = (path: PhasePath, node: number, timeSec: number, p: number) => {
    const column = columnOf(node);
    if (timeSec >= row.time[column]!) return;
    row.time[column] = timeSec;
    row.slowness[column] = ((comesFromBehind(node * stepDeg) ? -1 : 1) * p) / DEGREES;
    row.depthDerivative[column] = depthDerivativeSecPerKm(model, path, depthKm, p);
  };
  for (const name of pathsOf(phase)) {
    const path = parsePhase(name);
    if (!path) continue;
    const start = boundaryWave(model, path, depthKm);
    if (start === undefined) {
      const exactBelowDeg = turnsInMantle(path) ? EXACT_BELOW_DEG : 0;
      for (const curve of phaseCurves(model, path, depthKm)) {
        for (let i = 1; i < curve.points.length; i++) {
          for (const node of nodesBetween(curve.points[i - 1]!, curve.points[i]!, stepDeg)) {
            if (columnOf(node) >= columns) continue;
            const { p, timeSec } = reach(curve, i, (node * stepDeg) / DEGREES, exactBelowDeg / DEGREES);
            offer(path, node, timeSec, p);
          }
        }
      }
    } else if (start) {
      const last = Math.min(columns - 1, Math.floor(start.lastDeg / stepDeg));
      for (let node = Math.ceil((start.distanceRad * DEGREES) / stepDeg); node <= last; node++) {
        const beyond = (node * stepDeg) / DEGREES - start.distanceRad;
        offer(path, node, start.timeSec + start.p * beyond, start.p);
      }
    }
  }
  return row;
}

/** A jump of the curve, as where a low-velocity zone begins, is no piece of it: between true neighbours time grows by p for each radian. */
const JUMP_SEC = 1e-4;

/** The unfolded nodes between two samples. */
function nodesBetween(a: CurvePoint, b: CurvePoint, stepDeg: number): number[] {
  const step = stepDeg / DEGREES;
  const first = Math.ceil(Math.min(a.distanceRad, b.distanceRad) / step - 1e-9);
  const last = Math.floor(Math.max(a.distanceRad, b.distanceRad) / step + 1e-9);
  if (first > last) return [];
  const apart = b.distanceRad - a.distanceRad;
  const miss = b.timeSec - a.timeSec - 0.5 * (a.p + b.p) * apart;
  if (Math.abs(miss) > Math.abs((b.p - a.p) * apart) + JUMP_SEC) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Time and p at a distance between sample i - 1 and i. */
function reach(curve: Curve, i: number, target: number, exactBelow: number): { p: number; timeSec: number } {
  const [a, b] = [curve.points[i - 1]!, curve.points[i]!];
  const exact = target < exactBelow || Math.abs(b.distanceRad - a.distanceRad) > CLOSE_DEG / DEGREES;
  const { p, timeSec, distanceRad } = exact ? solveFor(curve, a, b, target) : interpolate(a, b, target);
  return { p, timeSec: timeSec + p * (target - distanceRad) };
}
