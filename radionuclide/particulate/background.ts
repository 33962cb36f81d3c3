/** Peaks of the empty detector or of a blank filter taken off those of a sample. */
import type { PulseHeightData } from "@harken/core";
import { findPeaks, type Peak } from "../gamma/peaks.ts";
import type { GammaCalibration } from "./calibration.ts";
import { nearestPeak, toleranceOf } from "./observation.ts";
import type { ParticulateSettings } from "./settings.ts";

/** What is left of each peak; peaks of which nothing is left above the critical level are dropped. Or the reason why it cannot be done. */
export function subtractBackground(
  peaks: readonly Peak[],
  background: PulseHeightData,
  { energy, resolution }: GammaCalibration,
  liveSec: number,
  { peaks: peakSettings, energyToleranceKeV, decisionQuantile }: ParticulateSettings,
): Peak[] | string {
  if (!background.gammaSpectrum) return "it has no gamma spectrum";
  if (!background.acquisition || !(background.acquisition.liveSec > 0)) return "it has no acquisition time";
  const scale = liveSec / background.acquisition.liveSec;
  const empty = findPeaks(background.gammaSpectrum, energy, resolution, {
    ...peakSettings,
    expectedKeV: peaks.map(({ energyKeV }) => energyKeV),
  });
  return peaks.flatMap((peak) => {
    const other = empty[nearestPeak(empty, peak.energyKeV)];
    if (!other || Math.abs(other.energyKeV - peak.energyKeV) > toleranceOf(peak, energyToleranceKeV)) return [peak];
    const areaCounts = peak.areaCounts - scale * other.areaCounts;
    const spread = scale * other.areaErrorCounts;
    const criticalLevelCounts = Math.hypot(peak.criticalLevelCounts, decisionQuantile * spread);
    return areaCounts > criticalLevelCounts
      ? [{ ...peak, areaCounts, areaErrorCounts: Math.hypot(peak.areaErrorCounts, spread), criticalLevelCounts }]
      : [];
  });
}
