/**
 * The crust and the top of the mantle under a region, in the form of RSTT (Myers and others 2010, doi:10.1785/0120090198): at each node of a
 * grid the layers of the crust, and below it a velocity with a gradient.
 */
import { cellOf } from "@harken/core";
import type { Wave } from "../velocityModel.ts";

/** Just below the Moho. */
export interface MantleLid {
  readonly velocityKmPerSec: number;
  /** Increase with depth, km/s per km. */
  readonly gradientPerSec: number;
}

export interface RegionalColumn {
  /** Of the crust's layers from sea level down, km; all columns of a model have as many. */
  readonly thicknessesKm: readonly number[];
  /** Of those layers, km/s. */
  readonly velocitiesKmPerSec: Readonly<Record<Wave, readonly number[]>>;
  readonly mantle: Readonly<Record<Wave, MantleLid>>;
}

export interface RegionalModel {
  readonly name: string;
  /** Rising; the columns stand row after row from south to north, and within a row from west to east. */
  readonly latitudesDeg: readonly number[];
  /** Rising, beyond 180 where the grid crosses that meridian. */
  readonly longitudesDeg: readonly number[];
  readonly columns: readonly RegionalColumn[];
  /** Further than this the model does not say, deg. */
  readonly maxDeltaDeg: number;
  readonly errors: Readonly<Record<Wave, RegionalError>>;
}

/** What a predicted time is wrong by: at both ends, and along the way by slownesses that are wrong over stretches of `lengthKm`. */
export interface RegionalError {
  readonly endsSec: number;
  /** Standard deviation of the mantle's slowness, as a share of it. */
  readonly slownessShare: number;
  readonly lengthKm: number;
}

export const mohoDepthKm = ({ thicknessesKm }: RegionalColumn) => thicknessesKm.reduce((sum, value) => sum + value, 0);

/** The column at a place, linear between the nodes; null outside the grid. */
export function columnAt(model: RegionalModel, latitudeDeg: number, longitudeDeg: number): RegionalColumn | null {
  const { latitudesDeg, longitudesDeg, columns } = model;
  const west = longitudesDeg[0]!;
  const east = west + ((((longitudeDeg - west) % 360) + 360) % 360);
  if (!inside(latitudesDeg, latitudeDeg) || !inside(longitudesDeg, east)) return null;
  const [i, f] = cellOf(latitudesDeg, latitudeDeg);
  const [j, g] = cellOf(longitudesDeg, east);
  const width = longitudesDeg.length;
  const corners = [
    [columns[i * width + j]!, (1 - f) * (1 - g)],
    [columns[i * width + j + 1]!, (1 - f) * g],
    [columns[(i + 1) * width + j]!, f * (1 - g)],
    [columns[(i + 1) * width + j + 1]!, f * g],
  ] as const;
  const mix = (value: (column: RegionalColumn) => number) =>
    corners.reduce((sum, [corner, weight]) => sum + weight * value(corner), 0);
  const layers = corners[0][0].thicknessesKm.map((_, k) => k);
  const lid = (wave: Wave): MantleLid => ({
    velocityKmPerSec: mix(({ mantle }) => mantle[wave].velocityKmPerSec),
    gradientPerSec: mix(({ mantle }) => mantle[wave].gradientPerSec),
  });
  const velocities = (wave: Wave) => layers.map((k) => mix(({ velocitiesKmPerSec }) => velocitiesKmPerSec[wave][k]!));
  return {
    thicknessesKm: layers.map((k) => mix(({ thicknessesKm }) => thicknessesKm[k]!)),
    velocitiesKmPerSec: { P: velocities("P"), S: velocities("S") },
    mantle: { P: lid("P"), S: lid("S") },
  };
}

const inside = (points: readonly number[], at: number) =>
  points.length >= 2 && at >= points[0]! && at <= points.at(-1)!;
