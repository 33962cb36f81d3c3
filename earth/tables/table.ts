/**
 * Fast travel times: tables over distance and depth, filled from ray integration at first use.
 *
 * At each node stand the time and its two derivatives (slowness and dT/dz), so interpolation is cubic in distance and in depth. Depth nodes
 * stand on both sides of a discontinuity, where dT/dz jumps. Where the first arrival changes branch inside a cell (a kink), the earlier of
 * the two neighbouring tangents is taken, which is what a kink is.
 */
import type { TravelTime } from "@harken/core";
import { phaseArrivals } from "../taup/travelTimes.ts";
import type { VelocityModel } from "../velocityModel.ts";

export interface TableAxes {
  readonly stepDeg: number;
  readonly maxDeltaDeg: number;
  readonly depthsKm: readonly number[];
}

/** Close to the source the curve of a phase bends too much for its samples: the nodes there are integrated one by one, deg. */
const EXACT_BELOW_DEG = 5;

/** Just below a discontinuity, km. */
const BELOW = 1e-3;

export const globalAxes: TableAxes = {
  stepDeg: 0.25,
  maxDeltaDeg: 180,
  depthsKm: [
    0,
    5,
    10,
    15,
    20,
    20 + BELOW,
    27.5,
    35,
    35 + BELOW,
    50,
    77.5,
    100,
    120,
    150,
    180,
    210,
    210 + BELOW,
    240,
    270,
    300,
    325,
    350,
    370,
    385,
    395,
    400,
    405,
    410,
    410 + BELOW,
    420,
    435,
    450,
    475,
    500,
    525,
    550,
    575,
    600,
    620,
    635,
    645,
    650,
    655,
    660,
    660 + BELOW,
    670,
    685,
    700,
    725,
    750,
    800,
  ],
};

/** Near the source times are hyperbolas, which need finer steps. */
export const localAxes: TableAxes = {
  stepDeg: 0.02,
  maxDeltaDeg: 3,
  depthsKm: [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20, 20 + BELOW, 22, 25, 28, 31, 35, 35 + BELOW, 40, 50],
};

export interface PhaseTable {
  readonly phase: string;
  readonly axes: TableAxes;
  readonly columns: number;
  /** Rows by depth, columns by distance; NaN where the phase does not arrive. */
  readonly time: Float64Array;
  readonly slowness: Float64Array;
  readonly depthDerivative: Float64Array;
}

/** Fills the table of one phase: the first arrival of its name at every node. */
export function buildTable(model: VelocityModel, phase: string, axes: TableAxes): PhaseTable {
  const columns = Math.round(axes.maxDeltaDeg / axes.stepDeg) + 1;
  const size = axes.depthsKm.length * columns;
  const time = new Float64Array(size).fill(Number.NaN);
  const slowness = new Float64Array(size).fill(Number.NaN);
  const depthDerivative = new Float64Array(size).fill(Number.NaN);
  axes.depthsKm.forEach((depthKm, row) => {
    for (let column = 0; column < columns; column++) {
      const deltaDeg = Math.min(180, column * axes.stepDeg);
      const first = phaseArrivals(model, phase, deltaDeg, depthKm, deltaDeg < EXACT_BELOW_DEG ? "exact" : "table")[0];
      if (!first) continue;
      const at = row * columns + column;
      time[at] = first.timeSec;
      slowness[at] = first.slownessSecPerDeg;
      depthDerivative[at] = first.depthDerivativeSecPerKm;
    }
  });
  return { phase, axes, columns, time, slowness, depthDerivative };
}

/** A cell counts as kinked when its secant misses the mean of its end slopes by more than this, s. */
const KINK_SEC = 0.01;

/** Interpolated first arrival; null outside the axes and where one of the four nodes around does not exist. */
export function lookUp(table: PhaseTable, deltaDeg: number, depthKm: number): TravelTime | null {
  const { axes, columns, time, slowness, depthDerivative } = table;
  const { depthsKm, stepDeg } = axes;
  const last = depthsKm.length - 1;
  if (!(deltaDeg >= 0 && deltaDeg <= axes.maxDeltaDeg && depthKm >= 0 && depthKm <= depthsKm[last]!)) return null;
  const column = Math.min(columns - 2, Math.floor(deltaDeg / stepDeg));
  const f = deltaDeg / stepDeg - column;
  let row = 0;
  while (row + 1 < last && depthsKm[row + 1]! < depthKm) row++;
  const h = depthsKm[row + 1]! - depthsKm[row]!;
  const g = (depthKm - depthsKm[row]!) / h;
  const a = row * columns + column;
  const b = a + columns;
  const upper = between(time[a]!, time[a + 1]!, slowness[a]!, slowness[a + 1]!, stepDeg, f);
  const upperSlope = slope;
  const z0 = depthDerivative[a]! + (depthDerivative[a + 1]! - depthDerivative[a]!) * f;
  if (g === 0) {
    if (!Number.isFinite(upper)) return null;
    return { phase: table.phase, timeSec: upper, slownessSecPerDeg: upperSlope, depthDerivativeSecPerKm: z0 };
  }
  const lower = between(time[b]!, time[b + 1]!, slowness[b]!, slowness[b + 1]!, stepDeg, f);
  const lowerSlope = slope;
  const z1 = depthDerivative[b]! + (depthDerivative[b + 1]! - depthDerivative[b]!) * f;
  const timeSec = between(upper, lower, z0, z1, h, g);
  if (!Number.isFinite(timeSec)) return null;
  return {
    phase: table.phase,
    timeSec,
    slownessSecPerDeg: upperSlope + (lowerSlope - upperSlope) * g,
    depthDerivativeSecPerKm: slope,
  };
}

/** Slope of the last interpolation: a second result without an object per call. */
let slope = 0;

function cubic(t0: number, t1: number, m0: number, m1: number, h: number, f: number): number {
  const f2 = f * f;
  const f3 = f2 * f;
  slope = ((6 * f2 - 6 * f) * (t0 - t1)) / h + (3 * f2 - 4 * f + 1) * m0 + (3 * f2 - 2 * f) * m1;
  return (2 * f3 - 3 * f2 + 1) * t0 + (f3 - 2 * f2 + f) * h * m0 + (3 * f2 - 2 * f3) * t1 + (f3 - f2) * h * m1;
}

/** The cubic, or at a kink (the slope drops where a faster branch takes over) the earlier of the two tangents. */
function between(t0: number, t1: number, m0: number, m1: number, h: number, f: number): number {
  if (m1 >= m0 || Math.abs(t1 - t0 - 0.5 * h * (m0 + m1)) <= KINK_SEC) return cubic(t0, t1, m0, m1, h, f);
  const a = t0 + m0 * h * f;
  const b = t1 - m1 * h * (1 - f);
  slope = a <= b ? m0 : m1;
  return Math.min(a, b);
}
