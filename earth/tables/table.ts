/**
 * Fast travel times: tables over distance and depth, whose rows are filled from ray integration at first use.
 *
 * At each node stand the time and its two derivatives (slowness and dT/dz), so interpolation is cubic in distance and in depth. Depth nodes
 * stand on both sides of a discontinuity, where dT/dz jumps. Where the first arrival changes branch inside a cell (a kink), the earlier of
 * the two neighbouring tangents is taken, which is what a kink is.
 */
import type { TravelTime } from "@harken/core";
import type { VelocityModel } from "../velocityModel.ts";
import { firstArrivals, type TableRow } from "./row.ts";

export interface TableAxes {
  readonly stepDeg: number;
  readonly maxDeltaDeg: number;
  readonly depthsKm: readonly number[];
}

/** Depth nodes on both sides of a discontinuity, where dT/dz jumps, a metre off. */
const around = (depthKm: number): readonly number[] => [depthKm - 1e-3, depthKm + 1e-3];

export const globalAxes: TableAxes = {
  stepDeg: 0.25,
  maxDeltaDeg: 180,
  depthsKm: [
    0,
    5,
    10,
    15,
    ...around(20),
    27.5,
    ...around(35),
    50,
    77.5,
    100,
    120,
    150,
    180,
    ...around(210),
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
    ...around(410),
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
    ...around(660),
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
  depthsKm: [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, ...around(20), 22, 25, 28, 31, ...around(35), 40, 50],
};

/** A phase's rows, made when a depth beside them is first asked for. */
export interface PhaseTable {
  readonly phase: string;
  readonly axes: TableAxes;
  readonly rows: (TableRow | undefined)[];
  readonly fill: (row: number) => TableRow;
}

export function createTable(model: VelocityModel, phase: string, axes: TableAxes): PhaseTable {
  const rows: (TableRow | undefined)[] = new Array(axes.depthsKm.length);
  const columns = Math.round(axes.maxDeltaDeg / axes.stepDeg) + 1;
  const fill = (row: number): TableRow => {
    const made = firstArrivals(model, phase, axes.depthsKm[row]!, axes.stepDeg, columns);
    rows[row] = made;
    return made;
  };
  return { phase, axes, rows, fill };
}

/** A cell counts as kinked when its secant misses the mean of its end slopes by more than this, s. */
const KINK_SEC = 0.01;
/** And as a jump when the secant is outside its end slopes by this, s. */
const JUMP_SEC = 0.25;

/** Interpolated first arrival; null outside the axes and where one of the four nodes around does not exist. */
export function lookUp(table: PhaseTable, deltaDeg: number, depthKm: number): TravelTime | null {
  const { axes, rows, fill } = table;
  const { depthsKm, stepDeg, maxDeltaDeg } = axes;
  const last = depthsKm.length - 1;
  if (!(deltaDeg >= 0 && deltaDeg <= maxDeltaDeg && depthKm >= 0 && depthKm <= depthsKm[last]!)) return null;
  let row = 0;
  while (row + 1 < last && depthsKm[row + 1]! < depthKm) row++;
  const h = depthsKm[row + 1]! - depthsKm[row]!;
  const g = (depthKm - depthsKm[row]!) / h;
  const above = rows[row] ?? fill(row);
  const a = Math.min(above.time.length - 2, Math.floor(deltaDeg / stepDeg));
  const b = a + 1;
  const f = deltaDeg / stepDeg - a;
  const upper = between(above.time[a]!, above.time[b]!, above.slowness[a]!, above.slowness[b]!, stepDeg, f);
  const upperSlope = slope;
  const z0 = above.depthDerivative[a]! + (above.depthDerivative[b]! - above.depthDerivative[a]!) * f;
  if (g === 0) {
    if (!Number.isFinite(upper)) return null;
    return { phase: table.phase, timeSec: upper, slownessSecPerDeg: upperSlope, depthDerivativeSecPerKm: z0 };
  }
  const below = rows[row + 1] ?? fill(row + 1);
  const lower = between(below.time[a]!, below.time[b]!, below.slowness[a]!, below.slowness[b]!, stepDeg, f);
  const lowerSlope = slope;
  const z1 = below.depthDerivative[a]! + (below.depthDerivative[b]! - below.depthDerivative[a]!) * f;
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

/**
 * The cubic; at a kink (the slope drops where a faster branch takes over) the earlier of the two tangents; at a jump (a branch begins or ends
 * between the nodes) the tangent of the nearer node.
 */
function between(t0: number, t1: number, m0: number, m1: number, h: number, f: number): number {
  if (Number.isNaN(t0 + t1)) return Number.NaN;
  const miss = Math.abs(t1 - t0 - 0.5 * h * (m0 + m1));
  const jump = miss > 0.5 * h * Math.abs(m1 - m0) + JUMP_SEC;
  if (!jump && (m1 >= m0 || miss <= KINK_SEC)) return cubic(t0, t1, m0, m1, h, f);
  const a = t0 + m0 * h * f;
  const b = t1 - m1 * h * (1 - f);
  const first = jump ? f < 0.5 : a <= b;
  slope = first ? m0 : m1;
  return first ? a : b;
}
