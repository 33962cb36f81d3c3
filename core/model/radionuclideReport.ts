/**
 * What the centre says of a radionuclide sample: the automatic report (ARR), the reviewed one (RRR), an expert's updated one (URR), the bulletin of screened events (SSREB) and the report
 * of a laboratory (RLR). Times are epoch seconds; `null` means that there is none.
 */
import type { PulseHeightData } from "./radionuclide.ts";

export interface ReportedSample
  extends Pick<
    PulseHeightData,
    "station" | "detector" | "sampleId" | "measurementId" | "system" | "geometry" | "qualifier"
  > {
  readonly airVolumeM3: number | null;
  readonly xenonVolumeMl: number | null;
  readonly collectionStart: number | null;
  readonly collectionStop: number | null;
  readonly acquisitionStart: number;
  readonly realSec: number;
  readonly liveSec: number;
}

/** Concentrations are uBq/m^3 of particulate and mBq/m^3 of noble-gas samples; activities are Bq and not decay-corrected. */
export interface ReportedNuclide {
  readonly name: string;
  readonly category: string | null;
  readonly halfLifeSec: number;
  readonly identified: boolean;
  readonly concentration: number | null;
  readonly concentrationError: number | null;
  /** What counts as found above it (LC), and what would have been found (MDC). */
  readonly criticalLevel: number | null;
  readonly mdc: number | null;
  readonly activityBq: number | null;
  readonly activityErrorBq: number | null;
  /** Level of the station's history for this nuclide. */
  readonly level: string | null;
}

export interface ReportedPeak {
  readonly energyKeV: number;
  readonly areaCounts: number;
  readonly areaErrorCounts: number;
  readonly fwhmKeV: number;
  /** As "Pb-212F 98 %"; "" when nothing explains it. */
  readonly explanation: string;
}

export interface ReportedRegion {
  readonly region: number;
  readonly gross: number;
}

export interface ReportedFlag {
  readonly name: string;
  readonly pass: boolean | null;
  readonly value: number | null;
  readonly unit: string;
  readonly test: string;
}

export interface ReportedScreening {
  readonly test: string;
  readonly outcome: string | null;
}

/** Who looked at a sample, and what changed. */
export interface ReportReview {
  readonly analyst: string;
  readonly time: number;
  readonly automaticLevel: string | null;
  readonly comment: string;
}

export interface SampleReport {
  /** URR: updated by an expert's re-analysis, beside the others and in none's place. */
  readonly product: "ARR" | "RRR" | "URR";
  /** Counts up when a report of the same product and sample replaces an earlier one. */
  readonly version: number;
  readonly messageId: string;
  readonly createdTime: number;
  /** When the sample's message came in. */
  readonly receivedTime: number | null;
  readonly sample: ReportedSample;
  /** The level of the sample, 1 to 5 or A to C; null when it has none. */
  readonly level: string | null;
  readonly levelReason: string;
  readonly nuclides: readonly ReportedNuclide[];
  readonly peaks: readonly ReportedPeak[];
  readonly regions: readonly ReportedRegion[];
  readonly flags: readonly ReportedFlag[];
  readonly screening: readonly ReportedScreening[];
  readonly remarks: readonly string[];
  /** Program, version and settings that made it. */
  readonly software: string;
  readonly review: ReportReview | null;
}

/** A sample above the station's history, with what was made of it. */
export interface ScreenedRadionuclideEvent {
  readonly messageId: string;
  readonly createdTime: number;
  readonly station: string;
  readonly sampleId: string;
  readonly level: string;
  readonly reason: string;
  readonly collectionStart: number | null;
  readonly collectionStop: number | null;
  readonly nuclides: readonly ReportedNuclide[];
  /** Products that belong to it, as ["RRR", "4711"] or ["SRS", file]. */
  readonly links: readonly (readonly [product: string, id: string])[];
}

export interface LaboratoryResult {
  readonly nuclide: string;
  readonly activityBq: number | null;
  readonly activityErrorBq: number | null;
  readonly mdcBq: number | null;
  /** The station's own, for the same reference time. */
  readonly stationBq: number | null;
  readonly stationErrorBq: number | null;
  readonly zeta: number | null;
}

export interface LaboratoryReport {
  readonly messageId: string;
  readonly laboratory: string;
  readonly station: string;
  readonly sampleId: string;
  /** Why the sample was sent: as "level 5" or "quality assurance". */
  readonly purpose: string;
  readonly receivedTime: number | null;
  readonly measuredTime: number;
  readonly liveSec: number;
  /** Activities are of this time. */
  readonly referenceTime: number;
  readonly results: readonly LaboratoryResult[];
  readonly comment: string;
}
