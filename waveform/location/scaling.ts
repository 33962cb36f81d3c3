/**
 * The factors that turn standard deviations into intervals and ellipses (Jordan and Sverdrup 1981, doi:10.1785/BSSA0710041105). With prior
 * weight K, N data and M unknowns the scale of the errors is
 *
 *     s^2 = (K + sum of squared weighted residuals) / (K + N - M)
 *
 * and p unknowns together lie within kappa_p = s sqrt(p F(p, K + N - M)) standard deviations. K = Infinity (coverage) gives s = 1 and
 * chi-square in place of F: at 90 % 1.645 for an interval, sqrt(4.605) for an ellipse. K = 0 is the confidence ellipse.
 */
import { normalQuantile } from "@harken/core";

export interface ErrorScale {
  /** Factor of a one-dimensional interval. */
  readonly interval: number;
  /** Factor of the axes of an ellipse. */
  readonly ellipse: number;
}

/** Null when nothing is left to judge the errors by: K = 0 and no more data than unknowns. */
export function errorScale(
  confidence: number,
  priorWeight: number,
  chiSquare: number,
  dataCount: number,
  unknownCount: number,
): ErrorScale | null {
  if (priorWeight === Number.POSITIVE_INFINITY) {
    return { interval: normalQuantile((1 + confidence) / 2), ellipse: Math.sqrt(-2 * Math.log(1 - confidence)) };
  }
  const freedom = priorWeight + dataCount - unknownCount;
  if (!(freedom > 0)) return null;
  const scale = Math.sqrt((priorWeight + chiSquare) / freedom);
  return {
    interval: scale * studentQuantile(confidence, freedom),
    ellipse: scale * Math.sqrt(2 * fisherTwoQuantile(confidence, freedom)),
  };
}

/** Quantile of F with 2 and n degrees of freedom, which has a closed form. */
export function fisherTwoQuantile(probability: number, n: number): number {
  return (n / 2) * ((1 - probability) ** (-2 / n) - 1);
}

const PANELS = 500;
const MANY = 2000;

/**
 * t with P(|T| < t) = `probability` for Student's distribution with n degrees of freedom. With t = sqrt(n) tan(angle) the density is
 * cos(angle)^(n-1), summed here by Simpson's rule.
 */
export function studentQuantile(probability: number, n: number): number {
  if (n > MANY) return normalQuantile((1 + probability) / 2);
  const density = (angle: number) => Math.cos(angle) ** (n - 1);
  const integral = (from: number, to: number) => {
    const h = (to - from) / (2 * PANELS);
    let sum = density(from) + density(to);
    for (let i = 1; i < 2 * PANELS; i++) sum += (i % 2 === 1 ? 4 : 2) * density(from + i * h);
    return (sum * h) / 3;
  };
  const whole = integral(0, Math.PI / 2);
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (integral(0, middle) < probability * whole) low = middle;
    else high = middle;
  }
  return Math.sqrt(n) * Math.tan((low + high) / 2);
}
