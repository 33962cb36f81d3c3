/**
 * What the search asks of the earth, for one depth layer after the other, in typed arrays by distance: time, slowness and error of each kind
 * of phase, and the distance term of the magnitude. Filled when first asked for, so that a small network never waits for core phases.
 */
import { type EarthModel, KM_PER_DEGREE } from "@harken/core";
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

/**
 * Q at a distance. The magnitude tables were made for distant stations and end near the source; there amplitudes fall with the distance from
 * the hypocentre, by a power between those of body waves and of real crusts.
 */
export function magnitudeTermAt(deltaDeg: number, depthKm: number): number {
  if (deltaDeg >= LOCAL_DEG) return mbCorrection(deltaDeg, depthKm) ?? INVISIBLE;
  const edge = mbCorrection(LOCAL_DEG, depthKm) ?? INVISIBLE;
  const toKm = (delta: number) => Math.hypot(delta * KM_PER_DEGREE, depthKm, LEAST_KM);
  return edge - LOCAL_POWER * Math.log10(toKm(LOCAL_DEG) / toKm(deltaDeg));
}

const LOCAL_DEG = 2;
const LOCAL_POWER = 1.7;
const LEAST_KM = 1;

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
