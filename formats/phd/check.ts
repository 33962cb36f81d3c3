/**
 * Whether a message of pulse-height data can be analysed: what is missing or out of bounds, by the rules of the station manuals and of the open
 * processing of beta-gamma samples (errors prevent analysis, warnings degrade it).
 */
import type { PulseHeightData } from "@harken/core";

/** A complaint, with the block that it is about; null for the message as a whole. */
export interface PhdComplaint {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  readonly block: string | null;
}

/** Longest collection that a station makes, s, with an hour of grace. */
const MAX_COLLECTION_SEC = 25 * 3600;
/** Below this xenon volume a beta-gamma sample says little, ml. */
const MIN_XENON_ML = 0.3;

export function checkPulseHeightData(data: PulseHeightData): PhdComplaint[] {
  const problems: PhdComplaint[] = [];
  const error = (code: string, message: string, block: string | null = null) =>
    problems.push({ code, message, severity: "error", block });
  const warning = (code: string, message: string, block: string | null = null) =>
    problems.push({ code, message, severity: "warning", block });
  const isSample = data.kind === "SAMPLEPHD" || data.kind === "SPIKEPHD";
  const isGas = data.system !== "P";
  const { collection, acquisition, processing } = data;

  if (data.sampleId === "")
    warning("phd.no-sample-id", "The header gives no sample reference identification (SRID).", "Header");
  if (!acquisition) error("phd.no-acquisition", "There is no #Acquisition block; activities cannot be computed.");
  else if (!(acquisition.realSec > 0 && acquisition.liveSec > 0))
    error(
      "phd.no-time",
      `Real and live time must be positive: ${acquisition.realSec} s and ${acquisition.liveSec} s.`,
      "Acquisition",
    );
  else if (acquisition.liveSec > acquisition.realSec * (1 + 1e-6))
    error(
      "phd.live-time",
      `Live time ${acquisition.liveSec} s is longer than real time ${acquisition.realSec} s.`,
      "Acquisition",
    );
  if (isSample) {
    if (!collection) error("phd.no-collection", "There is no #Collection block; concentrations cannot be computed.");
    else {
      const duration = collection.stopTime - collection.startTime;
      if (!(duration > 0 && duration <= MAX_COLLECTION_SEC))
        error(
          "phd.collection-time",
          `Collection lasted ${(duration / 3600).toFixed(2)} h; up to 24 h are possible.`,
          "Collection",
        );
      if (!(collection.airVolumeM3 > 0))
        error("phd.air-volume", `The air volume ${collection.airVolumeM3} m3 must be positive.`, "Collection");
      if (acquisition && acquisition.startTime < collection.stopTime)
        error("phd.order", "Acquisition begins before collection ends.", "Acquisition");
    }
    if (isGas && !processing) error("phd.no-processing", "There is no #Processing block with the xenon volume.");
    if (processing && processing.xenonVolumeMl <= MIN_XENON_ML)
      warning("phd.xenon-volume", `The xenon volume is only ${processing.xenonVolumeMl} ml.`, "Processing");
  }
  if (!data.gammaSpectrum) error("phd.no-spectrum", "There is no gamma spectrum.");
  else if (!data.gammaSpectrum.counts.some((n) => n > 0))
    error("phd.empty-spectrum", "The gamma spectrum is empty.", "g_Spectrum");
  if (data.system === "B") {
    if (!data.histogram) error("phd.no-histogram", "There is no coincidence histogram.");
    else if (!data.histogram.counts.some((n) => n > 0))
      error("phd.empty-histogram", "The coincidence histogram is empty.", "Histogram");
    if (data.betaEnergy.length < 2) warning("phd.no-calibration", "#b_Energy gives fewer than two points.", "b_Energy");
    if (data.regions.length + data.channelRegions.length < 6)
      warning("phd.no-regions", "Fewer than six regions of interest are given.", "ROI_Limits");
    if (data.regionEfficiencies.length < 5)
      warning("phd.no-efficiency", "#b-gEfficiency gives fewer than five rows.", "b-gEfficiency");
    if (data.ratios.length < 16) warning("phd.no-ratios", "#Ratios gives fewer than sixteen rows.", "Ratios");
  }
  if (data.gammaEnergy.length < 2) warning("phd.no-calibration", "#g_Energy gives fewer than two points.", "g_Energy");
  if (data.gammaResolution.length < 2)
    warning("phd.no-calibration", "#g_Resolution gives fewer than two points.", "g_Resolution");
  if (data.system === "P" && isSample && data.gammaEfficiency.length < 2)
    warning("phd.no-efficiency", "#g_Efficiency gives fewer than two points.", "g_Efficiency");
  return problems;
}

/** What the header of a message says against what the message is. */
export function checkHeader(data: PulseHeightData): PhdComplaint[] {
  const problems: PhdComplaint[] = [];
  const warning = (code: string, message: string, block: string) =>
    problems.push({ code, message, severity: "warning", block });
  const { kind, acquisition, measurementId } = data;
  const isGas = data.system !== "P";
  if (!/-\d{4}\/\d\d\/\d\d-\d\d:\d\d:\d\d(?:\.\d+)?$/.test(measurementId))
    warning(
      "phd.measurement-id",
      `The measurement identification "${measurementId}" is not detector-yyyy/mm/dd-hh:mm:ss.`,
      "Header",
    );
  if (kind === "SAMPLEPHD" && data.qualifier === null)
    warning("phd.qualifier", "The header does not say whether the spectrum is FULL or PREL.", "Header");
  if (kind === "SAMPLEPHD" && isGas && data.gasBackgroundId === null)
    warning("phd.no-gas-background", "The header names no gas background; memory cannot be taken off.", "Header");
  if (kind === "SAMPLEPHD" && isGas && data.detectorBackgroundId === null)
    warning("phd.no-detector-background", "The header names no detector background.", "Header");
  if (kind === "GASBKPHD" && !isGas)
    warning("phd.kind", "A gas background comes from a noble-gas system, but the header says particulate.", "Header");
  if (kind === "BLANKPHD" && isGas)
    warning("phd.kind", "A blank filter comes from a particulate system, but the header says noble gas.", "Header");
  if ((kind === "CALIBPHD" || kind === "QCPHD") && !data.certificate)
    warning(
      "phd.certificate",
      "#Certificate gives no activity and assay date; the source cannot be used to calibrate.",
      "Certificate",
    );
  if (data.transmitTime !== null && acquisition && data.transmitTime < acquisition.startTime)
    warning("phd.transmit-time", "The message was sent before its acquisition began.", "Header");
  return problems;
}
