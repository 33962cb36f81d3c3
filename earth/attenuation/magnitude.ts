/**
 * What distance and depth do to an amplitude: the terms by which station magnitudes are formed. Amplitudes are in nm (half the
 * trough-to-peak), periods in s, distances in deg.
 */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { veithClawsonDepthsKm, veithClawsonThousandths } from "./veithClawsonTable.ts";

/**
 * Q of mb = log10(A/T) + Q(delta, depth), Veith and Clawson 1972, linear between the table's degrees and depths as the IDC interpolates it.
 * Null outside 0 to 180 deg or 0 to 800 km and where the table has no value.
 */
export function mbCorrection(deltaDeg: number, depthKm: number): number | null {
  const depths = veithClawsonDepthsKm;
  if (!(deltaDeg >= 0 && deltaDeg <= 180 && depthKm >= 0 && depthKm <= depths.at(-1)!)) return null;
  let row = 0;
  while (row + 2 < depths.length && depths[row + 1]! < depthKm) row++;
  const column = Math.min(179, Math.floor(deltaDeg));
  const f = deltaDeg - column;
  const g = (depthKm - depths[row]!) / (depths[row + 1]! - depths[row]!);
  const at = (i: number, j: number) => veithClawsonThousandths[i]![j]!;
  const corners = [at(row, column), at(row, column + 1), at(row + 1, column), at(row + 1, column + 1)];
  if (corners.some((value) => value < 0)) return null;
  const upper = corners[0]! * (1 - f) + corners[1]! * f;
  const lower = corners[2]! * (1 - f) + corners[3]! * f;
  return (upper * (1 - g) + lower * g) / 1000;
}

/** Ms = log10(A/T) + this: Rezapour and Pearce 1998 (doi:10.1785/BSSA0880010043), A in nm, shallow sources, 0 < delta < 180. */
export function msCorrection(deltaDeg: number): number {
  return (
    Math.log10(deltaDeg) / 3 + 0.5 * Math.log10(Math.sin(deltaDeg * RADIANS_PER_DEGREE)) + 0.0046 * deltaDeg + 2.37
  );
}

/**
 * ML = log10(A) + this, with A the half peak-to-peak nm of a Wood-Anderson seismograph of static gain 1: Hutton and Boore 1987
 * (doi:10.1785/BSSA0770062074) in the IASPEI form of 2013.
 */
export function mlCorrection(deltaDeg: number, depthKm: number): number {
  const km = Math.max(1, Math.hypot(deltaDeg * KM_PER_DEGREE, depthKm));
  return 1.11 * Math.log10(km) + 0.00189 * km - 2.09;
}
