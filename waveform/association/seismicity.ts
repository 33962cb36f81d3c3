/**
 * How often events happen before any arrival is looked at: the law of Gutenberg and Richter, alike everywhere on the Earth, and rarer with
 * depth.
 */
import type { AssociatorSettings } from "./settings.ts";

const EARTH_KM2 = 5.1e8;
const REFERENCE_MAGNITUDE = 4;

/** Log of the rate of events of `magnitude` and more around a depth, per s and km2. */
export function logSeismicity(magnitude: number, depthKm: number, { seismicity }: AssociatorSettings): number {
  const { eventsPerHour, bValue, shares } = seismicity;
  const share = shares.find(([fromKm]) => depthKm >= fromKm)?.[1] ?? 1;
  return Math.log((share * eventsPerHour) / 3600 / EARTH_KM2) - Math.LN10 * bValue * (magnitude - REFERENCE_MAGNITUDE);
}
