/** The IDC's test of an event: the weights of its defining observations add up, and enough stations take part. */
import type { Association, Station } from "@harken/core";
import { isPrimary } from "./phases.ts";
import type { AssociatorSettings } from "./settings.ts";

/** Directions count at stations whose task is to report them: primary ones, and those outside the monitoring system. */
export function directionCounts(station: Station): boolean {
  return station.role === null || station.role === "primary";
}

export interface DefinitionSum {
  readonly weight: number;
  /** Stations with a defining time. */
  readonly stations: number;
}

export function definitionOf(
  associations: readonly Association[],
  stationOf: (code: string) => Station | undefined,
  { definition }: AssociatorSettings,
): DefinitionSum {
  const stations = new Set<string>();
  const primary = new Set<string>();
  let weight = 0;
  for (const association of associations) {
    const { phase, timeDefining, azimuthDefining, slownessDefining } = association;
    const station = stationOf(association.station);
    if (!station) continue;
    const isArray = station.kind === "array";
    if (timeDefining) {
      // A station's second onset of the P wave is a later phase, whatever it is called.
      const first = isPrimary(phase) && !primary.has(station.code);
      if (first) primary.add(station.code);
      weight += first ? definition.primaryTime : definition.secondaryTime;
      stations.add(station.code);
    }
    if (!directionCounts(station)) continue;
    if (azimuthDefining) weight += isArray ? definition.arrayAzimuth : definition.singleAzimuth;
    if (slownessDefining) weight += isArray ? definition.arraySlowness : definition.singleSlowness;
  }
  return { weight, stations: stations.size };
}
