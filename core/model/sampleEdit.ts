/**
 * What an analyst changes of a radionuclide sample before it is analysed anew. Peaks are named by their energy on the calibration that the automatic
 * analysis brought up to date; regions of the coincidence plane are half-open rectangles of channels.
 */
import type { ReportedNuclide, ReportedPeak, ReportedRegion } from "./radionuclideReport.ts";

export type PeakEdit =
  | { readonly kind: "addPeak"; readonly energyKeV: number }
  | { readonly kind: "removePeak"; readonly energyKeV: number }
  | { readonly kind: "movePeak"; readonly energyKeV: number; readonly toKeV: number }
  /** All peaks between the energies are fitted together, over these channels and no others. */
  | { readonly kind: "fitRegion"; readonly fromKeV: number; readonly toKeV: number };

export type RegionEdit =
  | {
      readonly kind: "regionLimits";
      readonly region: number;
      readonly betaFrom: number;
      readonly betaTo: number;
      readonly gammaFrom: number;
      readonly gammaTo: number;
    }
  /** Counts that stand for those of the histogram. */
  | { readonly kind: "regionCounts"; readonly region: number; readonly gross: number };

export type SampleEdit = PeakEdit | RegionEdit;

/** What an edit has changed: only that, as it was or as it is. */
export interface SampleState {
  readonly level: string | null;
  readonly peaks: readonly ReportedPeak[];
  readonly regions: readonly ReportedRegion[];
  readonly nuclides: readonly ReportedNuclide[];
}

/** An edit as it stays in the record for ever. */
export interface SampleEditRecord {
  /** 1 for the first of its sample. */
  readonly ordinal: number;
  readonly time: number;
  readonly analyst: string;
  readonly comment: string;
  /** An undo names the edit that no longer counts. */
  readonly edit: SampleEdit | { readonly kind: "undo"; readonly ordinal: number };
  readonly before: SampleState;
  readonly after: SampleState;
}
