/**
 * A beta-gamma sample from counts to concentrations: gross counts, simultaneous solution, a second pass when metastable isotopes are there, the
 * two estimates of Xe-133 combined, in-growth taken off, detection limits, concentrations in air.
 *
 *     const result = analyseBetaGamma({ sample, gasBackground, detectorBackground });
 *     if (result.ok) result.isotopes["Xe-133"].concentrationMBqPerM3;
 */
import type { PulseHeightData, RegionEdit } from "@harken/core";
import type { RefusedEdit } from "../gamma/peakEdits.ts";
import { type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { type XenonReport, xenonReport } from "../xenon/results.ts";
import { nominalBranching } from "./branching.ts";
import { type Matrices, type RowCounts, type Solution, solveNetCounts } from "./netCounts.ts";
import { type EditedRegions, editRegions, noRegionEdits } from "./regionEdits.ts";
import { responseMatrix, SIZE, wholeXray, type XrayParts, xrayPartsFor } from "./response.ts";
import { measured, type RegionCount } from "./rows.ts";
import { type CalibrationVariant, calibrationVariants } from "./variants.ts";

export interface BetaGammaInput {
  readonly sample: PulseHeightData;
  /** Measurement of the cell before the sample came in; null when there is none. */
  readonly gasBackground: PulseHeightData | null;
  readonly detectorBackground: PulseHeightData | null;
  /** What an analyst changes of the regions. */
  readonly edits?: readonly RegionEdit[];
}

export interface BetaGammaSettings {
  /** Quantile of the decision: 1.6449 for a false-positive rate of 5 %. */
  readonly decisionQuantile: number;
}

export const defaultBetaGammaSettings: BetaGammaSettings = Object.freeze({ decisionQuantile: 1.6449 });

export type BetaGammaResult =
  | (XenonReport & {
      readonly ok: true;
      readonly radonBq: number;
      readonly radonErrorBq: number;
      readonly regions: readonly RegionCount[];
      /** Regions that stood for the 30 keV row: [4], or the parts beside metastable peaks. */
      readonly xrayParts: XrayParts;
      /** Edits of the analyst that could not be done. */
      readonly refused: readonly RefusedEdit<RegionEdit>[];
    })
  | { readonly ok: false; readonly reason: string };

/** Columns of the solution. */
const RADON = 0;
const XE135 = 1;
const XE133_81 = 2;
const XE133_30 = 3;
const XE131M = 4;
const XE133M = 5;

export function analyseBetaGamma(
  input: BetaGammaInput,
  settings: BetaGammaSettings = defaultBetaGammaSettings,
): BetaGammaResult {
  const remarks: string[] = [];
  if (!input.gasBackground) remarks.push("no gas background was given: memory of the previous sample is not taken off");
  if (!input.detectorBackground) remarks.push("no detector background was given: it counts as zero");
  const edited = editRegions(input.sample, input.edits ?? []);
  remarks.push(...edited.remarks);
  const first = pass(input, wholeXray, edited, settings);
  if (typeof first === "string") return { ok: false, reason: first };
  const has = (column: number) => first.estimates[column]!.detected;
  const parts = xrayPartsFor(has(XE131M), has(XE133M));
  const final = parts === wholeXray ? first : pass(input, parts, edited, settings);
  if (typeof final === "string") return { ok: false, reason: final };
  if (parts !== wholeXray)
    remarks.push(`metastable isotopes found: Xe-133 is taken from regions ${parts.join(" and ")} of the 30 keV strip`);
  return { ...present(input, final, parts, remarks), refused: edited.refused };
}

/** One linear combination of the activities: value, spread, and what it takes to be detected. */
interface Estimate {
  readonly weights: Float64Array;
  readonly value: number;
  readonly countingError: number;
  readonly systematicError: number;
  readonly criticalLevel: number;
  readonly detectable: number;
  readonly detected: boolean;
}

interface Pass {
  readonly solution: Solution;
  /** By column. */
  readonly estimates: readonly Estimate[];
  /** Combined of both columns. */
  readonly xe133: Estimate;
  readonly gross: readonly RegionCount[];
}

function pass(
  input: BetaGammaInput,
  parts: XrayParts,
  edited: EditedRegions,
  { decisionQuantile: k }: BetaGammaSettings,
): Pass | string {
  const sample = measured(input.sample, parts, input.sample, edited);
  if (typeof sample === "string") return `the sample: ${sample}`;
  const ofBackgrounds = { ...edited, gross: noRegionEdits.gross };
  const gas = input.gasBackground ? measured(input.gasBackground, parts, input.sample, ofBackgrounds) : null;
  if (typeof gas === "string") return `the gas background: ${gas}`;
  const detector = input.detectorBackground
    ? measured(input.detectorBackground, parts, input.sample, ofBackgrounds)
    : null;
  if (typeof detector === "string") return `the detector background: ${detector}`;
  const matricesFor = ({ calibration, branching }: CalibrationVariant): Matrices | string => {
    const of = (counts: RowCounts) => responseMatrix(calibration, counts, parts, branching);
    const [ofSample, ofGas] = [of(sample.counts), gas ? of(gas.counts) : null];
    if (typeof ofSample === "string") return ofSample;
    return typeof ofGas === "string" ? ofGas : { sample: ofSample, gas: ofGas };
  };
  const matrices = matricesFor({ calibration: input.sample, branching: nominalBranching });
  if (typeof matrices === "string") return `the sample: ${matrices}`;
  const variants = calibrationVariants(input.sample, sample.counts.realSec).map(matricesFor);
  const solution = solveNetCounts({
    sample: sample.counts,
    gasBackground: gas?.counts ?? null,
    detectorBackground: detector?.counts ?? null,
    matrices,
    variants: variants.filter((variant) => typeof variant !== "string"),
  });
  if (!solution) return "the regions cannot be told apart: the response matrix is singular";
  const columns = Array.from({ length: SIZE }, (_, column) => estimate(solution, unit(column), [column], k));
  const alpha = combination(solution.uncertainty.counting);
  const weights = new Float64Array(SIZE);
  weights[XE133_81] = alpha;
  weights[XE133_30] = 1 - alpha;
  return {
    solution,
    estimates: columns,
    xe133: estimate(solution, weights, [XE133_81, XE133_30], k),
    gross: sample.gross,
  };
}

const unit = (column: number) => Float64Array.from({ length: SIZE }, (_, i) => (i === column ? 1 : 0));

/** Weight of the 81 keV estimate that makes the variance of the combination least. */
function combination(covariance: Float64Array): number {
  const at = (i: number, j: number) => covariance[i * SIZE + j]!;
  const both = at(XE133_81, XE133_81) + at(XE133_30, XE133_30) - 2 * at(XE133_81, XE133_30);
  const alpha = both > 0 ? (at(XE133_30, XE133_30) - at(XE133_81, XE133_30)) / both : 1;
  return Math.min(1, Math.max(0, alpha));
}

const quadratic = (weights: Float64Array, covariance: Float64Array) =>
  Math.max(0, bilinear(weights, covariance, weights));

/**
 * The decision limit is k standard deviations of the estimate when its own activity is zero, with what the calibration's errors do to the
 * subtraction of the others. The variance grows by `slope` for each becquerel, so the least detectable activity x solves
 * x = LC + k sqrt(v0 + slope x): x = 2 LC + k^2 slope.
 */
function estimate(solution: Solution, weights: Float64Array, own: readonly number[], k: number): Estimate {
  const { activities, uncertainty } = solution;
  const value = weights.reduce((sum, w, i) => sum + w * activities[i]!, 0);
  const none = solution.uncertaintyFor(own, 0);
  const one = solution.uncertaintyFor(own, 1);
  const countingVariance = quadratic(weights, none.counting);
  const slope = Math.max(0, quadratic(weights, one.counting) - countingVariance);
  const criticalLevel = k * Math.sqrt(countingVariance + quadratic(weights, none.systematic));
  return {
    weights,
    value,
    countingError: Math.sqrt(quadratic(weights, uncertainty.counting)),
    systematicError: Math.sqrt(quadratic(weights, uncertainty.systematic)),
    criticalLevel,
    detectable: 2 * criticalLevel + k * k * slope,
    detected: value > criticalLevel,
  };
}

function present(
  { sample }: BetaGammaInput,
  { solution, estimates, xe133, gross }: Pass,
  xrayParts: XrayParts,
  remarks: string[],
): Omit<Extract<BetaGammaResult, { readonly ok: true }>, "refused"> {
  const byIsotope: Record<XenonIsotope, Estimate> = {
    "Xe-131m": estimates[XE131M]!,
    "Xe-133": xe133,
    "Xe-133m": estimates[XE133M]!,
    "Xe-135": estimates[XE135]!,
  };
  const { counting, systematic } = solution.uncertainty;
  const total = counting.map((value, i) => value + systematic[i]!);
  const covariance = xenonIsotopes.map((p) =>
    xenonIsotopes.map((q) => bilinear(byIsotope[p].weights, total, byIsotope[q].weights)),
  );
  const report = xenonReport(sample, byIsotope, covariance);
  return {
    ...report,
    ok: true,
    radonBq: estimates[RADON]!.value,
    radonErrorBq: Math.hypot(estimates[RADON]!.countingError, estimates[RADON]!.systematicError),
    regions: gross,
    xrayParts,
    remarks: [...remarks, ...report.remarks],
  };
}

function bilinear(a: Float64Array, covariance: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < SIZE; j++) sum += a[i]! * covariance[i * SIZE + j]! * b[j]!;
  return sum;
}
