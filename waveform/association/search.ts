/** What a search over places works with, and the prior chance that it starts from. */
import { type EarthModel, KM_PER_DEGREE, type Station } from "@harken/core";
import type { Activity } from "./activity.ts";
import type { ArrivalTable } from "./arrivalTable.ts";
import { type EvenGrid, type Geometry, geometryOf, globalGrid, gridNear } from "./grid.ts";
import { logSeismicity } from "./seismicity.ts";
import type { AssociatorSettings, GridLevel } from "./settings.ts";
import type { Outlook, Stacker } from "./stack.ts";
import { createTravelTimeGrid, type TravelTimeGrid } from "./travelTimeGrid.ts";

/** A unit vector. */
export type Place = readonly [x: number, y: number, z: number];

/** One of the grids with what it needs of the stations. */
export interface LevelGround {
  readonly level: GridLevel;
  readonly grid: EvenGrid;
  readonly geometry: Geometry;
}

/** What is computed once for a set of stations. */
export interface SearchGround {
  readonly levels: readonly LevelGround[];
  readonly travelTimes: TravelTimeGrid;
}

export function prepareGround(
  stations: readonly Station[],
  earth: EarthModel,
  { grid: { levels }, detection }: AssociatorSettings,
): SearchGround {
  const least = Math.min(stations.length, detection.referenceStation);
  return {
    levels: levels.map((level) => {
      const { spacingDeg, withinDeg } = level;
      const grid = withinDeg >= 180 ? globalGrid(spacingDeg) : gridNear(stations, spacingDeg, withinDeg, least);
      return { level, grid, geometry: geometryOf(grid, stations) };
    }),
    travelTimes: createTravelTimeGrid(earth),
  };
}

export interface Search extends SearchGround {
  readonly table: ArrivalTable;
  readonly stacker: Stacker;
  readonly activity: Activity;
  readonly settings: AssociatorSettings;
}

/** A place, depth and time at which the arrivals speak for an event. */
export interface Candidate {
  /** The grid that it was found on. */
  readonly ground: LevelGround;
  readonly place: Place;
  readonly depthKm: number;
  readonly time: number;
  /** Log odds of an event in the cell against none. */
  readonly score: number;
}

/** Distances and azimuths of the i-th of several places. */
export function outlookOf({ deltaDeg, azimuthDeg }: Geometry, stations: number, i: number): Outlook {
  const part = (x: Float32Array) => x.subarray(i * stations, (i + 1) * stations);
  return { deltaDeg: part(deltaDeg), azimuthDeg: part(azimuthDeg) };
}

export function vectorAt({ vectors }: { readonly vectors: Float64Array }, i: number): Place {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}

/** Log of the prior chance of an event of at least this magnitude in a cell of the search. */
export function logPrior(
  { settings, activity }: Search,
  [x, y, z]: Place,
  magnitude: number,
  depthKm: number,
  spacingDeg: number,
  binSec: number,
): number {
  const cell = Math.log((spacingDeg * KM_PER_DEGREE) ** 2 * binSec);
  return logSeismicity(magnitude, depthKm, settings) + activity.logGain(x, y, z) + cell;
}

/** The middle of the flat top that begins at bin `b`, in bins, and its last bin. */
export function flatTop(
  gain: Float64Array,
  b: number,
  bins: number,
): { readonly middle: number; readonly last: number } {
  let last = b;
  while (last + 1 < bins && gain[last + 1] === gain[b]) last++;
  return { middle: (b + last + 1) / 2, last };
}
