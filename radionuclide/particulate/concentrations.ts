/**
 * From areas to concentrations. One line gives 10^6 A K / (efficiency I t_live V) uBq/m^3, which reproduces the IDC's products; several lines of a
 * nuclide are combined by generalised least squares, in which efficiencies of neighbouring energies err together.
 */
import { choleskyFactor, choleskySolve } from "@harken/core";
import type { Peak } from "../gamma/peaks.ts";
import type { Decomposition } from "./decompose.ts";

export interface LineMeasurement {
  readonly areaCounts: number;
  readonly efficiency: number;
  /** Photons per decay. */
  readonly intensity: number;
  readonly liveSec: number;
  readonly airVolumeM3: number;
  /** K of `decayFactor`. */
  readonly decayFactor: number;
}

/** uBq/m^3, mean over collection. */
export function lineConcentration(line: LineMeasurement): number {
  return (
    (1e6 * line.areaCounts * line.decayFactor) / (line.efficiency * line.intensity * line.liveSec * line.airVolumeM3)
  );
}

export interface LineResult {
  readonly energyKeV: number;
  readonly peakEnergyKeV: number;
  readonly efficiency: number;
  readonly intensity: number;
  /** What the nuclide has of the peak, and its share of the whole. */
  readonly areaCounts: number;
  readonly areaErrorCounts: number;
  readonly share: number;
  /** By this line alone, mean over the counting. */
  readonly activityBq: number;
  readonly activityErrorBq: number;
  /** In the mean over lines; weights sum to 1. */
  readonly weight: number;
}

export interface CombinedActivity {
  readonly activityBq: number;
  readonly errorBq: number;
  /** Chi squared over its degrees of freedom; null for one line. Above 1 the error is enlarged by its root (Birge). */
  readonly reducedChiSquared: number | null;
  readonly lines: readonly LineResult[];
}

/** A line whose peak holds less than this of the nuclide is not used. */
const LEAST_SHARE = 0.3;

/** A line whose efficiency is less certain than this, relative, lies outside of the calibration and is used only where there is no other. */
const UNTRUSTED_EFFICIENCY = 0.15;

/** The activity of the k-th nuclide of a decomposition; null when none of its peaks is mainly its own. */
export function combineLines(
  peaks: readonly Peak[],
  decomposition: Decomposition,
  k: number,
  efficiencyCorrelation: number,
): CombinedActivity | null {
  const { placed, activityBq, explained, explainedError } = decomposition;
  const own = placed[k]!.responses.flatMap((response) => {
    const peak = peaks[response.peak]!;
    const counts = response.gain * activityBq[k]!;
    const total = explained[response.peak]!;
    const share = total > 0 ? counts / total : 0;
    const area = peak.areaCounts - (total - counts);
    // The part that others explain is uncertain in proportion.
    const areaError = Math.hypot(peak.areaErrorCounts, explainedError[response.peak]! * (1 - share));
    return share < LEAST_SHARE || !(area > 0) || !response.near ? [] : [{ response, peak, share, area, areaError }];
  });
  if (own.length === 0) return null;
  const trusted = own.filter(({ response }) => response.efficiencyError < UNTRUSTED_EFFICIENCY);
  const used = trusted.length > 0 ? trusted : own;
  const values = used.map(({ area, response }) => area / response.gain);
  const combined = generalisedMean(
    values,
    used.map(({ areaError, response }) => areaError / response.gain),
    used.map(({ response }) => Math.hypot(response.intensityError, response.coincidenceError)),
    used.map(({ response }) => response.efficiencyError),
    used.map(({ response }) => Math.log(response.energyKeV)),
    efficiencyCorrelation,
  );
  return {
    activityBq: combined.mean,
    errorBq: combined.error,
    reducedChiSquared: combined.reducedChiSquared,
    lines: used.map(({ response, peak, share, area, areaError }, i) => {
      const strongest = response.lines.reduce((a, b) => (b.gain > a.gain ? b : a));
      const relative = Math.hypot(
        areaError / area,
        response.intensityError,
        response.efficiencyError,
        response.coincidenceError,
      );
      return {
        energyKeV: strongest.energyKeV,
        peakEnergyKeV: peak.energyKeV,
        efficiency: strongest.efficiency,
        intensity: response.lines.reduce((sum, line) => sum + line.intensity, 0),
        areaCounts: area,
        areaErrorCounts: areaError,
        share,
        activityBq: values[i]!,
        activityErrorBq: values[i]! * relative,
        weight: combined.weights[i]!,
      };
    }),
  };
}

interface Mean {
  readonly mean: number;
  readonly error: number;
  readonly reducedChiSquared: number | null;
  readonly weights: readonly number[];
}

/**
 * Mean of values with independent absolute errors, independent relative errors and relative errors that are correlated by exp(-(d / length)^2 / 2).
 * Relative errors are of the mean, not of the value, which would favour low values (D'Agostini 1994, doi:10.1016/0168-9002(94)90719-6).
 */
export function generalisedMean(
  values: readonly number[],
  absolute: readonly number[],
  relative: readonly number[],
  correlated: readonly number[],
  position: readonly number[],
  length: number,
): Mean {
  const n = values.length;
  let mean = values.reduce((sum, v) => sum + v, 0) / n;
  let [error, chiSquared] = [0, 0];
  let weights: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++)
        covariance[i * n + j] =
          mean ** 2 * correlated[i]! * correlated[j]! * Math.exp(-0.5 * ((position[i]! - position[j]!) / length) ** 2);
      covariance[i * n + i]! += absolute[i]! ** 2 + (mean * relative[i]!) ** 2;
    }
    if (!choleskyFactor(covariance, n)) break;
    const ones = new Float64Array(n).fill(1);
    choleskySolve(covariance, n, ones);
    const total = ones.reduce((sum, w) => sum + w, 0);
    weights = [...ones].map((w) => w / total);
    mean = weights.reduce((sum, w, i) => sum + w * values[i]!, 0);
    error = Math.sqrt(1 / total);
    const residual = Float64Array.from(values, (v) => v - mean);
    const solved = residual.slice();
    choleskySolve(covariance, n, solved);
    chiSquared = residual.reduce((sum, r, i) => sum + r * solved[i]!, 0);
  }
  const reducedChiSquared = n > 1 ? chiSquared / (n - 1) : null;
  return { mean, error: error * Math.sqrt(Math.max(1, reducedChiSquared ?? 1)), reducedChiSquared, weights };
}
const ROUNDS = 4;
