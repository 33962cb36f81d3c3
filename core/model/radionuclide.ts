/**
 * What a radionuclide station sends: pulse-height data of one measurement with everything needed to read it (the IMS's PHD messages). Energies
 * are keV, times epoch seconds; `null` means that the message gives none.
 */

/** A point of a calibration: a value with its error at an energy. */
export interface CalibrationPoint {
  readonly energyKeV: number;
  readonly value: number;
  readonly error: number;
}

/** A point of the beta detector's energy calibration: `C` from Compton-scattered photons, `B` from conversion electrons. */
export interface BetaEnergyPoint extends CalibrationPoint {
  readonly decayMode: string;
}

/** Counts against channel of one detector; counts[i] belongs to channel `firstChannel + i`. */
export interface PulseHeightSpectrum {
  readonly firstChannel: number;
  /** Energy span that the station states, keV. */
  readonly spanKeV: number;
  readonly counts: Int32Array;
}

/** Counts of beta-gamma coincidences: row = gamma channel, column = beta channel. */
export interface CoincidenceHistogram {
  readonly gammaChannels: number;
  readonly betaChannels: number;
  readonly gammaSpanKeV: number;
  readonly betaSpanKeV: number;
  readonly counts: Int32Array;
}

/** A rectangle of the coincidence plane, 1 to 10 (ROI_Limits in keV, ROI_Chan_Limits in channels). */
export interface RegionLimits {
  readonly region: number;
  readonly betaLow: number;
  readonly betaHigh: number;
  readonly gammaLow: number;
  readonly gammaHigh: number;
}

export interface RegionEfficiency {
  readonly nuclide: string;
  readonly region: number;
  readonly efficiency: number;
  readonly error: number;
}

/** How many counts of a nuclide fall into `lowerRegion` for each one in `upperRegion`. */
export interface CountRatio {
  readonly name: string;
  readonly upperRegion: number;
  readonly lowerRegion: number;
  readonly ratio: number;
  readonly error: number;
}

export interface CertifiedNuclide {
  readonly nuclide: string;
  readonly halfLife: string;
  readonly activityBq: number;
  readonly errorBq: number;
  readonly energyKeV: number;
  readonly intensity: number;
}

export type PulseHeightKind =
  | "SAMPLEPHD"
  | "BLANKPHD"
  | "DETBKPHD"
  | "GASBKPHD"
  | "CALIBPHD"
  | "QCPHD"
  | "SPIKEPHD"
  | "REGENPHD";

export interface PulseHeightData {
  readonly kind: PulseHeightKind;
  readonly messageId: string;
  readonly station: string;
  readonly detector: string;
  /** P particulate, B noble gas by beta-gamma coincidence, G noble gas by another detector. */
  readonly system: "P" | "B" | "G";
  readonly geometry: string;
  readonly qualifier: "PREL" | "FULL" | null;
  /** Sample reference identification (SRID). */
  readonly sampleId: string;
  readonly measurementId: string;
  readonly detectorBackgroundId: string | null;
  readonly gasBackgroundId: string | null;
  readonly transmitTime: number | null;
  readonly comment: string;
  readonly collection: {
    readonly startTime: number;
    readonly stopTime: number;
    /** At standard temperature and pressure. */
    readonly airVolumeM3: number;
  } | null;
  readonly acquisition: { readonly startTime: number; readonly realSec: number; readonly liveSec: number } | null;
  readonly calibrationTime: number | null;
  readonly processing: {
    readonly xenonVolumeMl: number;
    readonly xenonVolumeErrorMl: number;
    readonly yieldFraction: number;
    readonly yieldError: number;
    readonly archiveBottle: string;
  } | null;
  /** Particulate sample: the filter's two dimensions, cm. */
  readonly sampleSizeCm: readonly [number, number] | null;
  /** Channel against energy. */
  readonly gammaEnergy: readonly CalibrationPoint[];
  readonly betaEnergy: readonly BetaEnergyPoint[];
  /** Full width at half maximum, keV. */
  readonly gammaResolution: readonly CalibrationPoint[];
  readonly betaResolution: readonly CalibrationPoint[];
  readonly gammaEfficiency: readonly CalibrationPoint[];
  readonly totalEfficiency: readonly CalibrationPoint[];
  readonly regions: readonly RegionLimits[];
  readonly channelRegions: readonly RegionLimits[];
  readonly regionEfficiencies: readonly RegionEfficiency[];
  readonly ratios: readonly CountRatio[];
  readonly gammaSpectrum: PulseHeightSpectrum | null;
  readonly betaSpectrum: PulseHeightSpectrum | null;
  readonly histogram: CoincidenceHistogram | null;
  readonly certificate: {
    readonly totalActivityBq: number;
    readonly assayTime: number;
    readonly unit: string;
    readonly nuclides: readonly CertifiedNuclide[];
  } | null;
}

/**
 * A gamma detector's calibration as equations, the way analyses store it; a part that is not given is null. Coefficients stand in rising order.
 * Channels count from 1.
 */
export interface GammaEquations {
  /** E(c) = sum k_i c^i, keV. */
  readonly energy: readonly number[] | null;
  /** FWHM in keV: `root` is k0 + k1 sqrt(E), `squares` is sqrt(k0 + k1 E + k2 E^2). */
  readonly resolution: { readonly form: "root" | "squares"; readonly coefficients: readonly number[] } | null;
  /** ln efficiency = sum k_i ln(reference / E)^i. */
  readonly efficiency: { readonly referenceKeV: number; readonly coefficients: readonly number[] } | null;
}
