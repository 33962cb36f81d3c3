/**
 * Ringdal's maximum-likelihood magnitude (1976, Bulletin of the Seismological Society of America 66, 789-802): stations that saw nothing say
 * that the signal was below their noise. Maximises, over m,
 *
 *     sum over detections of -((m_i - m) / sigma_i)^2 / 2  +  sum over the others of ln Phi((n_j - m) / sigma_j)
 */
import { normalCdf } from "@harken/core";
import type { NetworkValue, StationValue } from "./networkMean.ts";

/** Where the normal distribution is too small for a quotient, its asymptote stands in. */
const FAR_TAIL = -8;

/** phi(z) / Phi(z), the inverse Mills ratio of the lower tail. */
function millsRatio(z: number): number {
  if (z < FAR_TAIL) return -z - 1 / z;
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / normalCdf(z);
}

/**
 * `noise` are the magnitudes that the noise of the silent stations would have given. The uncertainty is that of the curvature of the likelihood
 * at its maximum. Null without a detection: then only an upper bound exists.
 */
export function maximumLikelihood(
  detections: readonly StationValue[],
  noise: readonly StationValue[],
): NetworkValue | null {
  if (detections.length === 0) return null;
  const slope = (m: number) => {
    let sum = 0;
    for (const { value, sigma } of detections) sum += (value - m) / sigma ** 2;
    for (const { value, sigma } of noise) sum -= millsRatio((value - m) / sigma) / sigma;
    return sum;
  };
  // The slope falls with m; it is not positive at the largest detection.
  let high = Math.max(...detections.map(({ value }) => value));
  let low = high - detections[0]!.sigma;
  while (slope(low) < 0) low -= 2 * (high - low);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const value = (low + high) / 2;
  let curvature = 0;
  for (const { sigma } of detections) curvature += sigma ** -2;
  for (const level of noise) {
    const z = (level.value - value) / level.sigma;
    const ratio = millsRatio(z);
    curvature += (ratio * (ratio + z)) / level.sigma ** 2;
  }
  return { value, uncertainty: 1 / Math.sqrt(curvature) };
}
