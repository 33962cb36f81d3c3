/**
 * Ratios of two isotopes in the sampled air with limits by Fieller's theorem (1954, doi:10.1111/j.2517-6161.1954.tb00159.x), which hold their level
 * where the denominator is uncertain too; when it may be zero the interval has no upper end.
 *
 *     const [ratio] = isotopicRatios(report).filter(({ name }) => name === "Xe-133m/Xe-133");
 */

import { type XenonIsotope, xenonIsotopes } from "./isotopes.ts";
import type { XenonReport } from "./results.ts";

export interface IsotopicRatio {
  readonly name: string;
  readonly numerator: XenonIsotope;
  readonly denominator: XenonIsotope;
  readonly ratio: number;
  /** Limits of 95 %; an upper limit of null has no bound, and a lower one of null neither. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Those that screening looks at. */
const pairs: readonly (readonly [XenonIsotope, XenonIsotope])[] = [
  ["Xe-135", "Xe-133"],
  ["Xe-133m", "Xe-133"],
  ["Xe-133m", "Xe-131m"],
  ["Xe-133", "Xe-131m"],
  ["Xe-135", "Xe-131m"],
  ["Xe-135", "Xe-133m"],
];

const QUANTILE = 1.959964;

/** Of concentrations where there are any, otherwise of activities at the start of counting. Pairs of which both are detected, or one is, are told. */
export function isotopicRatios({ isotopes, covariance }: XenonReport): IsotopicRatio[] {
  return pairs.flatMap(([numerator, denominator]) => {
    const [p, q] = [isotopes[numerator], isotopes[denominator]];
    if (!p.detected && !q.detected) return [];
    const [fp, fq] = [scaleOf(p), scaleOf(q)];
    const [i, j] = [xenonIsotopes.indexOf(numerator), xenonIsotopes.indexOf(denominator)];
    const [x, y] = [p.activityBq * fp, q.activityBq * fq];
    const limits = fieller(
      x,
      y,
      fp * fp * covariance[i]![i]!,
      fq * fq * covariance[j]![j]!,
      fp * fq * covariance[i]![j]!,
    );
    return [{ name: `${numerator}/${denominator}`, numerator, denominator, ratio: x / y, ...limits }];
  });
}

const scaleOf = ({ activityBq, concentrationMBqPerM3 }: XenonReport["isotopes"][XenonIsotope]) =>
  concentrationMBqPerM3 !== null && activityBq !== 0 ? concentrationMBqPerM3 / activityBq : 1;

/** All ratios r with (x - r y)^2 below quantile^2 times its variance: an interval, or unbounded when y is not significantly above zero. */
export function fieller(
  x: number,
  y: number,
  xVariance: number,
  yVariance: number,
  covariance: number,
  quantile = QUANTILE,
): { lower: number | null; upper: number | null } {
  const k = quantile * quantile;
  const [a, b, c] = [y * y - k * yVariance, x * y - k * covariance, x * x - k * xVariance];
  const discriminant = b * b - a * c;
  if (!(y > 0) || discriminant < 0) return { lower: null, upper: null };
  const root = Math.sqrt(discriminant);
  if (a > 0) return { lower: (b - root) / a, upper: (b + root) / a };
  // The set is what lies outside of two roots, one on each side of zero when the numerator is significant: all above the upper one.
  const lower = Math.max((b - root) / a, (b + root) / a);
  return x > 0 && c > 0 && Number.isFinite(lower) ? { lower, upper: null } : { lower: null, upper: null };
}
