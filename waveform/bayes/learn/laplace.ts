/**
 * Fits a Laplace distribution with a wild share to residuals of different errors, by maximum likelihood on a grid of scales and shares: the
 * likelihood has one top, and a grid cannot miss it.
 */
import { median } from "@harken/core";
import { logLaplace } from "../laplace.ts";
import type { LaplacePrior } from "../priors.ts";

export interface Residual {
  readonly value: number;
  /** Error of the single measurement. */
  readonly error: number;
}

const scales: readonly number[] = Array.from({ length: 36 }, (_, i) => 0.15 * 1.12 ** i);
const shares: readonly number[] = [0.005, 0.01, 0.02, 0.04, 0.07, 0.12, 0.2, 0.35, 0.5, 0.7];
/** More residuals than this do not make a better fit. */
const MOST = 3000;

/** `scaleOf` makes the scale of one residual from the common one and its error; wild values are even over `range`. */
export function fitLaplace(
  residuals: readonly Residual[],
  range: number,
  scaleOf: (scale: number, error: number) => number,
  centred = true,
): LaplacePrior {
  const step = Math.max(1, Math.ceil(residuals.length / MOST));
  const used = residuals.filter((_, i) => i % step === 0);
  const location = centred || used.length === 0 ? 0 : median(used.map(({ value }) => value));
  let best: LaplacePrior = { location, scale: 1, wildShare: 0.05 };
  let top = Number.NEGATIVE_INFINITY;
  for (const scale of scales) {
    for (const wildShare of shares) {
      let sum = 0;
      for (const { value, error } of used) {
        const own = scaleOf(scale, error);
        sum += logLaplace(Math.abs(value - location), own, { wildShare }, range);
      }
      if (sum > top) [top, best] = [sum, { location, scale, wildShare }];
    }
  }
  return best;
}
