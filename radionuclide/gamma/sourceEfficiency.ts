/**
 * Efficiency from the spectrum of a source of known activity: peak areas over the photons sent out. Lines are used that stand alone: what one peak
 * holds together is summed, and a line with a neighbour just outside of its peak is left out.
 *
 *     const points = efficiencyPoints(peaks, nuclide("Eu-152")!, { activityBq: 464_900, relativeError: 0.0145, liveSec: 615 });
 *     const efficiency = efficiencyFromPoints(points);
 */
import type { CalibrationPoint } from "@harken/core";
import type { Nuclide } from "../nuclides/nuclides.ts";
import type { Peak } from "./peaks.ts";

export interface CalibrationSource {
  /** At the measurement. */
  readonly activityBq: number;
  /** Of the certificate. It is common to all points, and so to every activity measured with them. */
  readonly relativeError: number;
  readonly liveSec: number;
  /** Counts of a line for each without true coincidences; 1 where nothing is known of them. */
  readonly coincidenceFactor?: (energyKeV: number) => number;
}

/** A line belongs to the nearest peak within this, FWHM; from there to `NEIGHBOUR_FWHM` others disturb it. */
const HELD_FWHM = 0.6;
const NEIGHBOUR_FWHM = 3;
/** Neighbours may have this share of the line's intensity. */
const MAX_NEIGHBOURS = 0.02;
/** Weaker peaks say too little, relative uncertainty. */
const MAX_AREA_ERROR = 0.03;

export function efficiencyPoints(
  peaks: readonly Peak[],
  { gamma }: Nuclide,
  { activityBq, relativeError, liveSec, coincidenceFactor = () => 1 }: CalibrationSource,
): CalibrationPoint[] {
  return peaks.flatMap((peak): CalibrationPoint[] => {
    const { areaCounts, areaErrorCounts, fwhmKeV } = peak;
    const off = (energyKeV: number) => Math.abs(energyKeV - peak.energyKeV) / fwhmKeV;
    const held = gamma.filter(({ energyKeV }) => off(energyKeV) < HELD_FWHM);
    const intensity = held.reduce((sum, line) => sum + line.intensity, 0);
    const counted = held.reduce((sum, line) => sum + line.intensity * coincidenceFactor(line.energyKeV), 0);
    const beside = gamma
      .filter(({ energyKeV }) => off(energyKeV) >= HELD_FWHM && off(energyKeV) < NEIGHBOUR_FWHM)
      .reduce((sum, line) => sum + line.intensity, 0);
    if (!(intensity > 0) || beside > MAX_NEIGHBOURS * intensity || areaErrorCounts > MAX_AREA_ERROR * areaCounts)
      return [];
    const value = areaCounts / (activityBq * counted * liveSec);
    const intensityError = Math.hypot(...held.map((line) => line.intensityError ?? 0)) / intensity;
    const error = value * Math.hypot(areaErrorCounts / areaCounts, intensityError, relativeError);
    const energyKeV = held.reduce((sum, line) => sum + line.intensity * line.energyKeV, 0) / intensity;
    return [{ energyKeV, value, error }];
  });
}
