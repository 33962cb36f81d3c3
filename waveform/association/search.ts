/** What a search over places works with, and the prior chance that it starts from. */
import { KM_PER_DEGREE } from "@harken/core";
import type { Activity } from "./activity.ts";
import type { ArrivalTable } from "./arrivalTable.ts";
import type { Geometry, GlobalGrid } from "./grid.ts";
import { logSeismicity } from "./seismicity.ts";
import type { AssociatorSettings } from "./settings.ts";
import type { Outlook, Stacker } from "./stack.ts";
import type { TravelTimeGrid } from "./travelTimeGrid.ts";

/** A unit vector. */
export type Place = readonly [x: number, y: number, z: number];

/** What is computed once for a set of stations. */
export interface SearchGround {
  readonly grid: GlobalGrid;
  readonly geometry: Geometry;
  readonly travelTimes: TravelTimeGrid;
}

export interface Search extends SearchGround {
  readonly table: ArrivalTable;
  readonly stacker: Stacker;
  readonly activity: Activity;
  readonly settings: AssociatorSettings;
}

/** A place, depth and time at which the arrivals speak for an event. */
export interface Candidate {
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
