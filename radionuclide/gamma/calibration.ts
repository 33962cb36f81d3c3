/**
 * What turns channels into energies, energies into widths, and counts into decays. Channels are those of the message: the first count belongs to
 * the spectrum's `firstChannel`.
 */
import type { CalibrationPoint } from "@harken/core";
import { evaluatePolynomial, fitPolynomial, type Polynomial } from "../calibration/polynomial.ts";

export interface EnergyCalibration {
  energyAt(channel: number): number;
  /** Inverse of `energyAt`; NaN outside the range of the calibration. */
  channelAt(energyKeV: number): number;
}

/** Full width at half maximum against energy, keV. */
export type Resolution = (energyKeV: number) => number;

/** Full-energy-peak efficiency and its relative standard uncertainty. */
export interface Efficiency {
  at(energyKeV: number): number;
  relativeError(energyKeV: number): number;
}

/** Energy as a polynomial of channel, coefficients in rising order. Throws RangeError when it does not rise. */
export function polynomialEnergy(coefficients: readonly number[]): EnergyCalibration {
  const energyAt = (channel: number) => coefficients.reduceRight((sum, c) => sum * channel + c, 0);
  const slopeAt = (channel: number) =>
    coefficients.reduceRight((sum, c, k) => (k === 0 ? sum : sum * channel + k * c), 0);
  if (!(slopeAt(0) > 0)) throw new RangeError("the energy calibration does not rise with channel");
  return {
    energyAt,
    channelAt: (energyKeV) => {
      let channel = (energyKeV - energyAt(0)) / slopeAt(0);
      for (let i = 0; i < 20; i++) {
        const change = (energyAt(channel) - energyKeV) / slopeAt(channel);
        channel -= change;
        if (Math.abs(change) < 1e-9) return channel;
      }
      return Number.NaN;
    },
  };
}

/** Energy calibration through a message's points (channel against energy): a cubic, or less when there are few points. Null for fewer than two. */
export function energyFromPoints(points: readonly CalibrationPoint[]): EnergyCalibration | null {
  const degree = Math.min(3, points.length - 1);
  if (degree < 1) return null;
  const fit = fitPolynomial(
    points.map(({ value }) => value),
    points.map(({ energyKeV }) => energyKeV),
    degree,
  );
  if (!fit) return null;
  // Back to coefficients about channel 0.
  const coefficients = new Array<number>(degree + 1).fill(0);
  fit.coefficients.forEach((c, k) => {
    // c ((x - centre) / scale)^k, expanded.
    for (let j = 0; j <= k; j++) coefficients[j]! += (c / fit.scale ** k) * binomial(k, j) * (-fit.centre) ** (k - j);
  });
  try {
    return polynomialEnergy(coefficients);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * (n - i)) / (i + 1);
  return value;
}

/** FWHM = a + b sqrt(E), keV. */
export function rootResolution(a: number, b: number): Resolution {
  return (energyKeV) => a + b * Math.sqrt(Math.max(0, energyKeV));
}

/** Straight line through FWHM against sqrt(E), as the IDC's particulate processing has it. Null for fewer than two points. */
export function resolutionFromPoints(points: readonly CalibrationPoint[]): Resolution | null {
  const fit = fitPolynomial(
    points.map(({ energyKeV }) => Math.sqrt(energyKeV)),
    points.map(({ value }) => value),
    1,
  );
  return fit && ((energyKeV) => evaluatePolynomial(fit, Math.sqrt(Math.max(0, energyKeV))));
}

/** ln efficiency = sum c_i ln(reference / E)^i: the IDC's form. */
export function logarithmicEfficiency(
  referenceKeV: number,
  coefficients: readonly number[],
  relativeError: number,
): Efficiency {
  return {
    at: (energyKeV) => Math.exp(coefficients.reduceRight((sum, c) => sum * Math.log(referenceKeV / energyKeV) + c, 0)),
    relativeError: () => relativeError,
  };
}

/** Beyond its points the curve is trusted to this, relative, for each unit of ln E. */
const EXTRAPOLATION_ERROR = 1;

/** Polynomial of ln efficiency against ln E through a message's points; null for fewer than two. */
export function efficiencyFromPoints(points: readonly CalibrationPoint[]): Efficiency | null {
  const usable = points.filter(({ energyKeV, value }) => energyKeV > 0 && value > 0);
  if (usable.length < 2) return null;
  const fit = bestPolynomial(
    usable.map(({ energyKeV }) => Math.log(energyKeV)),
    usable.map(({ value }) => Math.log(value)),
    usable.map(({ value, error }) => (error > 0 ? (value / error) ** 2 : 1)),
  );
  if (!fit) return null;
  const nearest = (energyKeV: number) =>
    usable.reduce((best, p) => (Math.abs(p.energyKeV - energyKeV) < Math.abs(best.energyKeV - energyKeV) ? p : best));
  const energies = usable.map(({ energyKeV }) => energyKeV);
  const [lowest, highest] = [Math.min(...energies), Math.max(...energies)];
  return {
    at: (energyKeV) => Math.exp(evaluatePolynomial(fit, Math.log(energyKeV))),
    relativeError: (energyKeV) => {
      const { value, error } = nearest(energyKeV);
      const beyond = Math.max(0, Math.log(lowest / energyKeV), Math.log(energyKeV / highest));
      return Math.min(1, Math.hypot(error / value, EXTRAPOLATION_ERROR * beyond));
    },
  };
}

/** Of the degree up to five that says most with fewest coefficients, by Akaike's criterion for few points (Hurvich and Tsai 1989). */
function bestPolynomial(x: readonly number[], y: readonly number[], weights: readonly number[]): Polynomial | null {
  const n = x.length;
  let best: { fit: Polynomial; score: number } | null = null;
  for (let degree = 1; degree <= Math.min(MAX_DEGREE, n - 3); degree++) {
    const fit = fitPolynomial(x, y, degree, weights);
    if (!fit) break;
    const scale = weights.reduce((sum, w) => sum + w, 0) / n;
    const squares = x.reduce(
      (sum, at, i) => sum + (weights[i]! / scale) * (y[i]! - evaluatePolynomial(fit, at)) ** 2,
      0,
    );
    const k = degree + 1;
    const score = n * Math.log(Math.max(squares / n, EXACT)) + 2 * k + (2 * k * (k + 1)) / Math.max(0.5, n - k - 1);
    if (!best || score < best.score) best = { fit, score };
  }
  return best?.fit ?? fitPolynomial(x, y, Math.min(n - 1, Math.max(1, Math.floor(n / 2))), weights);
}

const MAX_DEGREE = 5;
/** Mean square of ln efficiency below which a fit is exact. */
const EXACT = 1e-8;
