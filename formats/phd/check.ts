/**
 * Whether a message of pulse-height data can be analysed: what is missing or out of bounds, by the rules of the station manuals and of the open
 * processing of beta-gamma samples (errors prevent analysis, warnings degrade it).
 */
import type { Problem, PulseHeightData } from "@harken/core";

/** Longest collection that a station makes, s, with an hour of grace. */
const MAX_COLLECTION_SEC = 25 * 3600;
/** Below this xenon volume a beta-gamma sample says little, ml. */
const MIN_XENON_ML = 0.3;

export function checkPulseHeightData(data: PulseHeightData): Omit<Problem, "line" | "offset">[] {
  const problems: Omit<Problem, "line" | "offset">[] = [];
  const error = (code: string, message: string) => problems.push({ code, message, severity: "error" });
  const warning = (code: string, message: string) => problems.push({ code, message, severity: "warning" });
  const isSample = data.kind === "SAMPLEPHD" || data.kind === "SPIKEPHD";
  const isGas = data.system !== "P";
  const { collection, acquisition, processing } = data;

  if (data.sampleId === "") warning("phd.no-sample-id", "The header gives no sample reference identification (SRID).");
  if (!acquisition) error("phd.no-acquisition", "There is no #Acquisition block; activities cannot be computed.");
  else if (!(acquisition.realSec > 0 && acquisition.liveSec > 0))
    error("phd.no-time", `Real and live time must be positive: ${acquisition.realSec} s and ${acquisition.liveSec} s.`);
  else if (acquisition.liveSec > acquisition.realSec * (1 + 1e-6))
    error("phd.live-time", `Live time ${acquisition.liveSec} s is longer than real time ${acquisition.realSec} s.`);
  if (isSample) {
    if (!collection) error("phd.no-collection", "There is no #Collection block; concentrations cannot be computed.");
    else {
      const duration = collection.stopTime - collection.startTime;
      if (!(duration > 0 && duration <= MAX_COLLECTION_SEC))
        error("phd.collection-time", `Collection lasted ${(duration / 3600).toFixed(2)} h; up to 24 h are possible.`);
      if (!(collection.airVolumeM3 > 0))
        error("phd.air-volume", `The air volume ${collection.airVolumeM3} m3 must be positive.`);
      if (acquisition && acquisition.startTime < collection.stopTime)
        error("phd.order", "Acquisition begins before collection ends.");
    }
    if (isGas && !processing) error("phd.no-processing", "There is no #Processing block with the xenon volume.");
    if (processing && processing.xenonVolumeMl <= MIN_XENON_ML)
      warning("phd.xenon-volume", `The xenon volume is only ${processing.xenonVolumeMl} ml.`);
  }
  if (!data.gammaSpectrum) error("phd.no-spectrum", "There is no gamma spectrum.");
  else if (!data.gammaSpectrum.counts.some((n) => n > 0)) error("phd.empty-spectrum", "The gamma spectrum is empty.");
  if (data.system === "B") {
    if (!data.histogram) error("phd.no-histogram", "There is no coincidence histogram.");
    else if (!data.histogram.counts.some((n) => n > 0))
      error("phd.empty-histogram", "The coincidence histogram is empty.");
    if (data.betaEnergy.length < 2) warning("phd.no-calibration", "#b_Energy gives fewer than two points.");
    if (data.regions.length + data.channelRegions.length < 6)
      warning("phd.no-regions", "Fewer than six regions of interest are given.");
    if (data.regionEfficiencies.length < 5) warning("phd.no-efficiency", "#b-gEfficiency gives fewer than five rows.");
    if (data.ratios.length < 16) warning("phd.no-ratios", "#Ratios gives fewer than sixteen rows.");
  }
  if (data.gammaEnergy.length < 2) warning("phd.no-calibration", "#g_Energy gives fewer than two points.");
  if (data.gammaResolution.length < 2) warning("phd.no-calibration", "#g_Resolution gives fewer than two points.");
  if (data.system === "P" && isSample && data.gammaEfficiency.length < 2)
    warning("phd.no-efficiency", "#g_Efficiency gives fewer than two points.");
  return problems;
}
