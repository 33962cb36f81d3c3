/** A gamma spectrum from a laboratory's or a hand-held instrument's file: what it says, in the form of a station's message. */
import type { CalibrationPoint, GammaEquations, PulseHeightData } from "@harken/core";

export interface GammaSpectrumFile {
  readonly data: PulseHeightData;
  /** Equations of the file, in its own numbers of channels, of which the first is the spectrum's `firstChannel`. */
  readonly calibration: GammaEquations;
}

/** Far above any detector's; bounds what a file can make us allot. */
export const MAX_CHANNELS = 1 << 20;

export interface GammaSpectrumParts {
  readonly title: string;
  readonly counts: Int32Array;
  readonly firstChannel: number;
  readonly startTime: number | null;
  readonly realSec: number | null;
  readonly liveSec: number | null;
  readonly energy: readonly number[] | null;
  readonly detector?: string;
  readonly fwhm?: readonly CalibrationPoint[];
  readonly efficiency?: readonly CalibrationPoint[];
  readonly totalEfficiency?: readonly CalibrationPoint[];
}

export function gammaSpectrumFile(parts: GammaSpectrumParts): GammaSpectrumFile {
  const { counts, firstChannel, startTime, realSec, liveSec, energy } = parts;
  const last = firstChannel + counts.length - 1;
  return {
    data: {
      // No sample of a station: the kind that asks for neither air nor background.
      kind: "QCPHD",
      messageId: "",
      station: "",
      detector: parts.detector ?? "",
      system: "P",
      geometry: "",
      qualifier: null,
      sampleId: "",
      measurementId: "",
      detectorBackgroundId: null,
      gasBackgroundId: null,
      transmitTime: null,
      comment: parts.title,
      collection: null,
      // A file without a date still has a duration; its start counts as 0.
      acquisition: liveSec === null ? null : { startTime: startTime ?? 0, realSec: realSec ?? liveSec, liveSec },
      calibrationTime: null,
      processing: null,
      sampleSizeCm: null,
      gammaEnergy: [],
      betaEnergy: [],
      gammaResolution: parts.fwhm ?? [],
      betaResolution: [],
      gammaEfficiency: parts.efficiency ?? [],
      totalEfficiency: parts.totalEfficiency ?? [],
      regions: [],
      channelRegions: [],
      regionEfficiencies: [],
      ratios: [],
      gammaSpectrum: {
        firstChannel,
        spanKeV: energy ? energy.reduce((sum, k, i) => sum + k * last ** i, 0) : 0,
        counts,
      },
      betaSpectrum: null,
      histogram: null,
      certificate: null,
    },
    calibration: { energy, resolution: null, efficiency: null },
  };
}

/** Counts are whole and not negative; null for all else. */
export function countOf(token: string): number | null {
  // Some programs write counts with a point and zeros.
  const value = /^\d{1,10}(?:\.0*)?$/.test(token) ? Number(token) : Number.NaN;
  return value < 2 ** 31 ? value : null;
}
