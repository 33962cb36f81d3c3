/** The name that a sample's fields have in common, whoever computed them: STATION.YYYYMMDDHH, as the WMO's centres name their files. */
import { dateParts } from "@harken/core";

/** The hour is the one in which sampling ended; a centre's code follows in its own file's name. */
export function fieldName(station: string, sampleStop: number): string {
  const { year, month, day, hour } = dateParts(sampleStop, 0);
  return `${station}.${[year, month, day, hour].map((n) => String(n).padStart(2, "0")).join("")}`;
}
