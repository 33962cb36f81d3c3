/** What the analysis of a particulate sample says. Concentrations are uBq/m^3 of air, means over collection. */
import type { PeakEdit } from "@harken/core";
import type { EnergyUpdate } from "../gamma/energyUpdate.ts";
import type { RefusedEdit } from "../gamma/peakEdits.ts";
import type { Peak } from "../gamma/peaks.ts";
import type { NuclideCategory } from "../nuclides/nuclides.ts";
import type { LineResult } from "./concentrations.ts";
import type { QualityFlag } from "./flags.ts";

export interface AnalysedPeak extends Peak {
  /** Nuclides that have a part in it, the largest first, with their share of what is explained. */
  readonly nuclides: readonly { readonly name: string; readonly share: number }[];
  /** An effect of the detector that makes it or a part of it; null for none. */
  readonly effect: string | null;
}

export interface NuclideResult {
  readonly name: string;
  readonly category: NuclideCategory | null;
  readonly halfLifeSec: number;
  readonly identified: boolean;
  /** False for lines that neutrons make in the detector and its shield, which are in no sample. */
  readonly fromSample: boolean;
  /** The line by which least would be seen. */
  readonly keyKeV: number;
  /** From the mean activity of the counting to that of the sampled air. */
  readonly decayFactor: number;
  /** Mean over the counting, Bq, from all lines; null when it was not identified. */
  readonly activityBq: number | null;
  readonly activityErrorBq: number | null;
  /** Null without identification, collection or air volume, and for what is in no sample. */
  readonly concentration: number | null;
  readonly concentrationError: number | null;
  /** By the key line alone. */
  readonly keyConcentration: number | null;
  readonly criticalLevel: number | null;
  /** Minimum detectable concentration at the key line; null where the factor is too uncertain for one (ISO 11929). */
  readonly mdc: number | null;
  /** See `CombinedActivity`. */
  readonly reducedChiSquared: number | null;
  readonly lines: readonly LineResult[];
  /** Other nuclides that the same single peak would have spoken for. */
  readonly alternatives: readonly string[];
}

/** Channels that one fit was made over, as energies. */
export interface FitRegion {
  readonly fromKeV: number;
  readonly toKeV: number;
  /** Cash's statistic over its degrees of freedom. */
  readonly reducedDeviance: number;
  /** Whether its peaks are an analyst's choice. */
  readonly byHand: boolean;
}

export interface ParticulateAnalysis {
  readonly ok: true;
  readonly peaks: readonly AnalysedPeak[];
  readonly regions: readonly FitRegion[];
  /** Edits of the analyst that could not be done. */
  readonly refused: readonly RefusedEdit<PeakEdit>[];
  /** Identified nuclides first, then the others by name. */
  readonly nuclides: readonly NuclideResult[];
  readonly energyUpdate: EnergyUpdate;
  /** Counts of each channel that are in no peak. */
  readonly continuum: Float64Array;
  readonly flags: readonly QualityFlag[];
  readonly remarks: readonly string[];
}

export type ParticulateResult = ParticulateAnalysis | { readonly ok: false; readonly reason: string };
