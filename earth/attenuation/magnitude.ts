/**
 * What distance and depth do to an amplitude: the terms by which station magnitudes are formed. Amplitudes are in nm (half the
 * trough-to-peak), periods in s, distances in deg.
 */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { veithClawsonDepthsKm, veithClawsonThousandths } from "./veithClawsonTable.ts";

/**
 * Q of mb = log10(A/T) + Q(delta, depth), Veith and Clawson 1972: linear between the table's degrees, Lagrange's cubic through the four nearest
 * depths, which is what station magnitudes in real IDC bulletins follow. Null outside 0 to 180 deg or 0 to 800 km and where the table has no value.
 */
export function mbCorrection(deltaDeg: number, depthKm: number): number | null {
  const depths = veithClawsonDepthsKm;
  if (!(deltaDeg >= 0 && deltaDeg <= 180 && depthKm >= 0 && depthKm <= depths.at(-1)!)) return null;
  const column = Math.min(179, Math.floor(deltaDeg));
  const f = deltaDeg - column;
  let below = 0;
  while (below + 2 < depths.length && depths[below + 1]! < depthKm) below++;
  const first = Math.min(depths.length - 4, Math.max(0, below - 1));
  let sum = 0;
  for (let i = first; i < first + 4; i++) {
    let weight = 1;
    for (let j = first; j < first + 4; j++) if (j !== i) weight *= (depthKm - depths[j]!) / (depths[i]! - depths[j]!);
    if (weight === 0) continue;
    const [left, right] = [veithClawsonThousandths[i]![column]!, veithClawsonThousandths[i]![column + 1]!];
    if (left < 0 || right < 0) return null;
    sum += weight * (left * (1 - f) + right * f);
  }
  return sum / 1000;
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
