/**
 * Ringdal's maximum-likelihood magnitude (1976, Bulletin of the Seismological Society of America 66, 789-802): stations that saw nothing say
 * that the signal was below their noise. Maximises, over m,
 *
 *     sum over detections of -((m_i - m) / sigma)^2 / 2  +  sum over the others of ln Phi((n_j - m) / sigma)
 */
import { normalCdf } from "@harken/core";

export interface LikelihoodMagnitude {
  readonly value: number;
  /** From the curvature of the likelihood at its maximum. */
  readonly uncertainty: number;
}

/** Where the normal distribution is too small for a quotient, its asymptote stands in. */
const FAR_TAIL = -8;

/** phi(z) / Phi(z), the inverse Mills ratio of the lower tail. */
function millsRatio(z: number): number {
  if (z < FAR_TAIL) return -z - 1 / z;
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / normalCdf(z);
}

/** Null without a detection: then only an upper bound exists. */
export function maximumLikelihood(
  detections: readonly number[],
  noise: readonly number[],
  sigma: number,
): LikelihoodMagnitude | null {
  if (detections.length === 0) return null;
  const slope = (m: number) => {
    let sum = 0;
    for (const value of detections) sum += (value - m) / sigma;
    for (const value of noise) sum -= millsRatio((value - m) / sigma);
    return sum;
  };
  // The slope falls with m; it is not positive at the largest detection.
  let high = Math.max(...detections);
  let low = high - sigma;
  while (slope(low) < 0) low -= 2 * (high - low);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const value = (low + high) / 2;
  let curvature = detections.length;
  for (const level of noise) {
    const z = (level - value) / sigma;
    const ratio = millsRatio(z);
    curvature += ratio * (ratio + z);
  }
  return { value, uncertainty: sigma / Math.sqrt(curvature) };
}
