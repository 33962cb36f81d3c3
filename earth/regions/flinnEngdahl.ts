/**
 * The Flinn-Engdahl region of a place, as bulletins name it.
 *
 *     regionName(41.3, 129.1); // "North Korea"
 */
import { wrapLongitude } from "@harken/core";
import { regionGrid } from "./grid.ts";
import { regionNames } from "./names.ts";

/** Region number, 1 to 757, of a geographic position. */
export function regionNumber(latitudeDeg: number, longitudeDeg: number): number {
  const row = regionGrid[Math.min(180, Math.max(0, Math.floor(90 - latitudeDeg)))]!;
  const east = Math.floor(wrapLongitude(longitudeDeg)) + 180;
  let found = 0;
  for (const entry of row.split(" ")) {
    const [start, number] = entry.split(":");
    if (Number(start) > east) break;
    found = Number(number);
  }
  return found;
}

export function regionName(latitudeDeg: number, longitudeDeg: number): string {
  return regionNames[regionNumber(latitudeDeg, longitudeDeg) - 1]!;
}
