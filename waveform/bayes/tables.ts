/**
 * Times and slownesses of the model's phases in typed arrays over distance and depth, and the distance term of mb: what the search looks up a
 * hundred million times. Linear between the nodes, good to some tenths of a second; bulletins are located with the earth model itself.
 */
import { cellOf, type EarthModel } from "@harken/core";
import { magnitudeTermAt } from "../association/travelTimeGrid.ts";
import { modelPhases } from "./phases.ts";

export const STEP_DEG = 0.25;
export const COLUMNS = 180 / STEP_DEG + 2;

/** Depth nodes, km; closer where times bend. */
export const depthNodesKm: readonly number[] = [0, 10, 20, 35, 50, 77.5, 100, 150, 210, 300, 410, 500, 600, 660, 700];

export interface PhaseTable {
  /** Node by node, `COLUMNS` each; NaN where there is none. */
  readonly timeSec: Float32Array;
  readonly slownessSecPerDeg: Float32Array;
}

export interface Tables {
  /** In the order of `modelPhases`. */
  readonly phases: readonly PhaseTable[];
  readonly magnitudeTerm: Float32Array;
}

const made = new WeakMap<EarthModel, Tables>();

/** Kept for each earth model. */
export function tablesOf(earth: EarthModel): Tables {
  let tables = made.get(earth);
  if (!tables) made.set(earth, (tables = makeTables(earth)));
  return tables;
}

function makeTables(earth: EarthModel): Tables {
  const size = depthNodesKm.length * COLUMNS;
  const magnitudeTerm = new Float32Array(size);
  depthNodesKm.forEach((depthKm, node) => {
    for (let i = 0; i < COLUMNS; i++)
      magnitudeTerm[node * COLUMNS + i] = magnitudeTermAt(Math.min(180, i * STEP_DEG), depthKm);
  });
  const byName = new Map<string, PhaseTable>();
  const phases = modelPhases.map(({ phase }) => {
    let table = byName.get(phase);
    if (!table) byName.set(phase, (table = tableOf(earth, phase, size)));
    return table;
  });
  return { phases, magnitudeTerm };
}

/** A node on either side of a phase's range is filled too, so that the range is covered to its ends. */
function tableOf(earth: EarthModel, phase: string, size: number): PhaseTable {
  const table = { timeSec: new Float32Array(size).fill(Number.NaN), slownessSecPerDeg: new Float32Array(size) };
  const rows = modelPhases.filter((row) => row.phase === phase);
  depthNodesKm.forEach((depthKm, node) => {
    for (const { minDeltaDeg, maxDeltaDeg, minDepthKm, maxDepthKm } of rows) {
      const above = depthNodesKm[node + 1] ?? Number.POSITIVE_INFINITY;
      const below = depthNodesKm[node - 1] ?? Number.NEGATIVE_INFINITY;
      if (above <= minDepthKm || below >= maxDepthKm) continue;
      const first = Math.max(0, Math.floor(minDeltaDeg / STEP_DEG));
      const last = Math.min(COLUMNS - 1, Math.ceil(maxDeltaDeg / STEP_DEG));
      for (let i = first; i <= last; i++) {
        const travel = earth.predict(phase, Math.min(180, i * STEP_DEG), depthKm);
        if (!travel) continue;
        table.timeSec[node * COLUMNS + i] = travel.timeSec;
        table.slownessSecPerDeg[node * COLUMNS + i] = travel.slownessSecPerDeg;
      }
    }
  });
  return table;
}

/** The node above a depth and its share of the way to the next; the ends stand for depths beyond them. */
export function depthCell(depthKm: number): { node: number; share: number } {
  const [node, share] = cellOf(depthNodesKm, depthKm);
  return { node, share: Math.min(1, Math.max(0, share)) };
}

/** Value between four nodes; where some are missing, the nearest that exist stand for them; NaN without any. */
export function between(values: Float32Array, node: number, depthShare: number, column: number, share: number): number {
  const at = node * COLUMNS + column;
  const upper = along(values[at]!, values[at + 1]!, share);
  if (depthShare === 0) return upper;
  const lower = along(values[at + COLUMNS]!, values[at + COLUMNS + 1]!, share);
  if (Number.isNaN(lower)) return upper;
  if (Number.isNaN(upper)) return lower;
  return upper + (lower - upper) * depthShare;
}

function along(a: number, b: number, share: number): number {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return a + (b - a) * share;
}
