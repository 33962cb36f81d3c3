/**
 * What the search asks of the earth, for one depth layer after the other, in typed arrays by distance: time, slowness and error of each kind
 * of phase, and the distance term of the magnitude. Filled when first asked for, so that a small network never waits for core phases.
 */
import type { EarthModel } from "@harken/core";
import { mbCorrection } from "@harken/earth";
import { phaseKinds } from "./phases.ts";

/** Columns of the tables, deg. Times between them are linear, good to 0.1 s away from the source. */
export const TABLE_STEP_DEG = 0.25;
const COLUMNS = 180 / TABLE_STEP_DEG + 1;

/** NaN where the phase does not arrive. */
export interface KindTable {
  readonly timeSec: Float32Array;
  readonly slownessSecPerDeg: Float32Array;
  readonly errorSec: Float32Array;
}

export interface DepthLayer {
  readonly depthKm: number;
  /** Q of mb = log10(A/T) + Q. */
  readonly magnitudeTerm: Float32Array;
  /** The table of a phase kind, by its place in `phaseKinds`; null when the kind does not come from this depth. */
  table(kind: number): KindTable | null;
}

export interface TravelTimeGrid {
  layer(depthKm: number): DepthLayer;
}

/** Beyond what the magnitude tables cover nothing short-period is seen. */
const INVISIBLE = 9;

export function createTravelTimeGrid(earth: EarthModel): TravelTimeGrid {
  const layers = new Map<number, DepthLayer>();
  return {
    layer(depthKm) {
      let layer = layers.get(depthKm);
      if (!layer) layers.set(depthKm, (layer = makeLayer(earth, depthKm)));
      return layer;
    },
  };
}

function makeLayer(earth: EarthModel, depthKm: number): DepthLayer {
  const tables: (KindTable | null | undefined)[] = [];
  const magnitudeTerm = Float32Array.from({ length: COLUMNS }, (_, i) => magnitudeTermAt(i * TABLE_STEP_DEG, depthKm));
  return {
    depthKm,
    magnitudeTerm,
    table(kind) {
      let table = tables[kind];
      if (table === undefined) table = tables[kind] = makeTable(earth, kind, depthKm);
      return table;
    },
  };
}

/** Q at a distance; near the source, where the tables have none, that of the nearest distance at which they begin. */
export function magnitudeTermAt(deltaDeg: number, depthKm: number): number {
  for (let delta = deltaDeg; delta <= Math.max(deltaDeg, TABLES_BEGIN_DEG); delta = Math.floor(delta) + 1) {
    const term = mbCorrection(delta, depthKm);
    if (term !== null) return term;
  }
  return INVISIBLE;
}

/** At all depths the magnitude tables begin no further out than this, deg. */
const TABLES_BEGIN_DEG = 20;

function makeTable(earth: EarthModel, kind: number, depthKm: number): KindTable | null {
  const { minDeltaDeg, maxDeltaDeg, maxDepthKm, name } = phaseKinds[kind]!;
  if (depthKm > maxDepthKm) return null;
  const empty = () => new Float32Array(COLUMNS).fill(Number.NaN);
  const table = { timeSec: empty(), slownessSecPerDeg: empty(), errorSec: empty() };
  for (let i = 0; i < COLUMNS; i++) {
    const deltaDeg = i * TABLE_STEP_DEG;
    if (deltaDeg < minDeltaDeg || deltaDeg > maxDeltaDeg) continue;
    const phase = name(deltaDeg, depthKm);
    const travel = earth.predict(phase, deltaDeg, depthKm);
    if (!travel) continue;
    table.timeSec[i] = travel.timeSec;
    table.slownessSecPerDeg[i] = travel.slownessSecPerDeg;
    table.errorSec[i] = earth.modelErrorSec(phase, deltaDeg, depthKm);
  }
  return table;
}
