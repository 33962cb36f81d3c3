/** Writes a table of slowness-azimuth station corrections in the form that `decode.ts` describes. */
import type { DirectionCorrection } from "@harken/core";

export function encodeDirectionCorrection(correction: DirectionCorrection): Uint8Array {
  const { station, eastSecPerDeg, northSecPerDeg, errorSecPerDeg, bins } = correction;
  const row = (values: readonly number[]) => values.map((value) => value.toFixed(3).padStart(9)).join(" ");
  const lines = [
    "# Slowness-azimuth station correction table",
    `# station: ${station}`,
    "# x (east), y (north) and error of the default correction, s/deg:",
    row([eastSecPerDeg, northSecPerDeg, errorSecPerDeg]),
    "# number of bins, then bounds of slowness and azimuth, corrections of both, errors of both:",
    `${bins.length}`,
    ...bins.map((bin) =>
      row([
        ...[bin.slownessFrom, bin.slownessTo, bin.azimuthFrom, bin.azimuthTo],
        ...[bin.slownessSecPerDeg, bin.azimuthDeg, bin.slownessErrorSecPerDeg, bin.azimuthErrorDeg],
      ]),
    ),
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
