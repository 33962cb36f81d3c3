/**
 * The shape of a full-energy peak in units of its standard deviation, area 1: a Gaussian, a share of it smeared to the left by an exponential
 * (incomplete charge collection) and another to the right (pile-up at high rates), as in HYPERMET (Phillips and Marlow 1976,
 * doi:10.1016/0029-554X(76)90472-9).
 */
import { erfc } from "@harken/core";

/** Tails of every peak of a detector: share of the area, and decay length in standard deviations of the peak. */
export interface PeakTails {
  readonly lowShare: number;
  readonly lowLength: number;
  readonly highShare: number;
  readonly highLength: number;
}

export const noTails: PeakTails = Object.freeze({ lowShare: 0, lowLength: 1.5, highShare: 0, highLength: 1.5 });

/** Beyond this, in standard deviations, a peak adds nothing. */
const SHAPE_REACH_SIGMAS = 12;

export const gaussian = (u: number): number => (Math.abs(u) < 8 ? Math.exp(-0.5 * u * u) / ROOT_TWO_PI : 0);
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** An exponential that falls to the left over `length`, smeared by the normal; its slope is (tail - gaussian) / length. */
export function tail(u: number, length: number): number {
  const z = (u + 1 / length) / Math.SQRT2;
  if (z > 6) return 0;
  const exponent = u / length + 0.5 / (length * length);
  return exponent < -40 ? 0 : (Math.exp(exponent) * erfc(z)) / (2 * length);
}

/** Change of the tail with its length. */
export function tailByLength(u: number, length: number): number {
  return (tail(u, length + 1e-4) - tail(u, length - 1e-4)) / 2e-4;
}

export function peakShape(u: number, { lowShare, lowLength, highShare, highLength }: PeakTails): number {
  if (Math.abs(u) > SHAPE_REACH_SIGMAS) return 0;
  return (
    (1 - lowShare - highShare) * gaussian(u) +
    (lowShare > 0 ? lowShare * tail(u, lowLength) : 0) +
    (highShare > 0 ? highShare * tail(-u, highLength) : 0)
  );
}
