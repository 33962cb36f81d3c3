/** Readings of an event from its associations, the arrivals they name and the stations that saw them. */
import type { Arrival, Association, Station } from "@harken/core";
import type { Reading } from "./reading.ts";

/** The part of an association that says how its arrival takes part. */
export type ReadingChoice = Pick<
  Association,
  "arrivalKey" | "phase" | "timeDefining" | "azimuthDefining" | "slownessDefining"
>;

export interface FoundReadings {
  readonly readings: readonly Reading[];
  /** Codes of stations whose place is not known, in alphabetical order; their arrivals are left out. */
  readonly unknownStations: readonly string[];
}

export function readingsOf(
  choices: readonly ReadingChoice[],
  arrivals: ReadonlyMap<string, Arrival>,
  stationOf: (code: string) => Station | undefined,
): FoundReadings {
  const unknown = new Set<string>();
  const readings = choices.flatMap(({ arrivalKey, phase, ...defining }): Reading[] => {
    const arrival = arrivals.get(arrivalKey);
    if (!arrival) return [];
    const station = stationOf(arrival.station);
    if (!station) {
      unknown.add(arrival.station);
      return [];
    }
    const { time, timeErrorSec, azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, slownessErrorSecPerDeg } = arrival;
    const direction = { azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, slownessErrorSecPerDeg };
    const { timeDefining, azimuthDefining, slownessDefining } = defining;
    return [
      { arrivalKey, station, phase, time, timeErrorSec, ...direction, timeDefining, azimuthDefining, slownessDefining },
    ];
  });
  return { readings, unknownStations: [...unknown].sort() };
}
