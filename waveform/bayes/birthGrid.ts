/** The places and depths at which events may be born, with what never changes about them: paths to the stations, and phases by distance. */
import { type EvenGrid, geometryOf, globalGrid, positionOf } from "../association/grid.ts";
import type { Model } from "./model.ts";
import { applies, modelPhases } from "./phases.ts";
import { layerOf } from "./priors.ts";
import { COLUMNS, STEP_DEG } from "./tables.ts";

/** A place of the grid with a depth. */
export interface BirthCell {
  readonly point: number;
  readonly depthKm: number;
}

export interface BirthGrid {
  /** By depth: for each column of distance the quick phases that may apply in it, as rows of `modelPhases`. */
  readonly rows: ReadonlyMap<number, readonly (readonly number[])[]>;
  /** All that may be asked. */
  readonly cells: readonly BirthCell[];
  readonly grid: EvenGrid;
  readonly deltaDeg: Float32Array;
  readonly azimuthDeg: Float32Array;
  readonly places: readonly { readonly latitudeDeg: number; readonly longitudeDeg: number }[];
}

/** Depths of the search: everywhere, and where the priors know events in that layer, km. */
const EVERYWHERE_KM = 10;
const KNOWN_DEPTHS_KM = [80, 210, 420, 580] as const;
export function birthGridOf({ network, settings, seismicity }: Model): BirthGrid {
  const grid = globalGrid(settings.birth.spacingDeg);
  const { deltaDeg, azimuthDeg } = geometryOf(grid, network.stations);
  const places = Array.from({ length: grid.count }, (_, i) => positionOf(grid, i));
  const cells = places.flatMap(({ latitudeDeg, longitudeDeg }, point): BirthCell[] => {
    const active = KNOWN_DEPTHS_KM.filter((km) => seismicity.isActive(latitudeDeg, longitudeDeg, layerOf(km)));
    return [EVERYWHERE_KM, ...active].map((depthKm) => ({ point, depthKm }));
  });
  const rows = new Map([EVERYWHERE_KM, ...KNOWN_DEPTHS_KM].map((depthKm) => [depthKm, rowsByColumn(depthKm)]));
  return { rows, cells, grid, deltaDeg, azimuthDeg, places };
}

function rowsByColumn(depthKm: number): number[][] {
  return Array.from({ length: COLUMNS }, (_, column) => {
    const [low, high] = [column * STEP_DEG, (column + 1) * STEP_DEG];
    return modelPhases.flatMap((row, p) =>
      row.quick && applies(row, Math.min(high, Math.max(low, row.minDeltaDeg)), depthKm) ? [p] : [],
    );
  });
}
