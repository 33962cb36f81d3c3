/** The density of errors in the model: Laplace's, with a share of wild values that are even over a range. */
import type { LaplacePrior } from "./priors.ts";

/** Ranges of wild values: of times, s, azimuths, deg, and slownesses, s/deg. */
export const TIME_RANGE_SEC = 20;
export const AZIMUTH_RANGE_DEG = 360;
export const SLOWNESS_RANGE = 40;

/** Log of the density of a value `off` (not negative) its centre. */
export function logLaplace(off: number, scale: number, { wildShare }: Pick<LaplacePrior, "wildShare">, range: number) {
  return Math.log(((1 - wildShare) * Math.exp(-off / scale)) / (2 * scale) + wildShare / range);
}
