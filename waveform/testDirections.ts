/** For tests: the IDC's slowness-azimuth station corrections of 1999. */
import type { DirectionCorrection } from "@harken/core";

/**
 * Of the stations that have them; a file's header explains its columns. `read` gives the text of a file such as `sasc.ASAR`, null where there
 * is none.
 */
export function directionTables(
  read: (name: string) => string | null,
  stations: readonly string[],
): DirectionCorrection[] {
  return stations.flatMap((station) => {
    const text = read(`sasc.${station}`);
    if (text === null) return [];
    const rows = text
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("#"))
      .map((line) => line.trim().split(/\s+/).map(Number));
    const [[eastSecPerDeg, northSecPerDeg, errorSecPerDeg], , ...bins] = rows as [
      [number, number, number],
      [number],
      ...number[][],
    ];
    return [
      {
        ...{ station, eastSecPerDeg, northSecPerDeg, errorSecPerDeg },
        bins: bins.map(
          ([slownessFrom, slownessTo, azimuthFrom, azimuthTo, slowness, azimuth, slownessError, error]) => ({
            ...{
              slownessFrom: slownessFrom!,
              slownessTo: slownessTo!,
              azimuthFrom: azimuthFrom!,
              azimuthTo: azimuthTo!,
            },
            ...{ slownessSecPerDeg: slowness!, azimuthDeg: azimuth!, azimuthErrorDeg: error! },
            slownessErrorSecPerDeg: slownessError!,
          }),
        ),
      },
    ];
  });
}
