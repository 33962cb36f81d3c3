/** What a spectrum shows at an energy: the peak there, or how large one would have to be to be seen. */
import type { PulseHeightSpectrum } from "@harken/core";
import type { EnergyCalibration, Resolution } from "../gamma/calibration.ts";
import { type CurrieLimits, currieLimits } from "../gamma/limits.ts";
import { BACKGROUND_FWHM, type Peak } from "../gamma/peaks.ts";

export interface Observation {
  readonly peaks: readonly Peak[];
  readonly continuum: Float64Array;
  readonly spectrum: PulseHeightSpectrum;
  readonly energy: EnergyCalibration;
  readonly resolution: Resolution;
  readonly decisionQuantile: number;
}

/**
 * Counts in the whole channels that 2.5 FWHM about an energy take in, as the IDC counts the background of a nuclide that was not found: the channel of
 * the line and round(1.25 FWHM) on both sides. Everything there is background, other nuclides' peaks included. Null outside of the spectrum.
 */
export function grossCounts(observation: Observation, energyKeV: number): number | null {
  return sumOver(observation, energyKeV, observation.spectrum.counts);
}

/** The same channels of the continuum alone: background of a peak that is there. */
export function continuumCounts(observation: Observation, energyKeV: number): number | null {
  return sumOver(observation, energyKeV, observation.continuum);
}

function sumOver(
  { spectrum, energy, resolution }: Observation,
  energyKeV: number,
  values: ArrayLike<number>,
): number | null {
  const channel = energy.channelAt(energyKeV);
  const keVPerChannel = energy.energyAt(channel + 0.5) - energy.energyAt(channel - 0.5);
  const half = Math.round((0.5 * BACKGROUND_FWHM * resolution(energyKeV)) / keVPerChannel);
  const middle = Math.round(channel) - spectrum.firstChannel;
  if (!(middle - half >= 0 && middle + half < values.length)) return null;
  let sum = 0;
  for (let i = middle - half; i <= middle + half; i++) sum += values[i]!;
  return sum;
}

/** Decision and detection limits of a peak that is not there. */
export function limitsAt(observation: Observation, energyKeV: number): CurrieLimits | null {
  const background = grossCounts(observation, energyKeV);
  return background === null ? null : currieLimits(background, observation.decisionQuantile);
}

/** How far a peak may be off a line that makes it, keV. */
export function toleranceOf(peak: Peak, energyToleranceKeV: number): number {
  return Math.min(
    MAX_TOLERANCE_FWHM * peak.fwhmKeV,
    Math.hypot(energyToleranceKeV, POSITION_QUANTILE * peak.energyErrorKeV),
  );
}
const POSITION_QUANTILE = 2.6;
const MAX_TOLERANCE_FWHM = 0.7;

/** Index of the peak nearest to an energy; -1 when there is none. Peaks are in order of energy. */
export function nearestPeak(peaks: readonly Peak[], energyKeV: number): number {
  let [low, high] = [0, peaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (peaks[middle]!.energyKeV < energyKeV) low = middle + 1;
    else high = middle;
  }
  const [below, above] = [peaks[low - 1], peaks[low]];
  if (!above) return low - 1;
  return below && energyKeV - below.energyKeV < above.energyKeV - energyKeV ? low - 1 : low;
}
