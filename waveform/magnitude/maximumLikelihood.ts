/**
 * Ringdal's maximum-likelihood magnitude (1976, Bulletin of the Seismological Society of America 66, 789-802): stations that saw nothing say
 * that the signal was below their noise. With one sigma for all it is the m that maximises
 *
 *     sum over detections of -((m_i - m) / sigma)^2 / 2  +  sum over the others of ln Phi((n_j - m) / sigma)
 *
 * With a sigma for each station it solves what the IDC's programs iterate to (after Blandford and Shumway 1982, VSC-TR-82-12)
 *
 *     sum over detections of w_i (m_i - m)  =  sigma  sum over the others of (phi / Phi)((n_j - m) / sigma_j)
 *
 * with w_i the inverse variances of the detections over their mean, and sigma that of the network.
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
 * `noise` are the magnitudes that the noise of the silent stations would have given. The uncertainty is that of the slope of the equation at
 * its solution. Null without a detection: then only an upper bound exists.
 */
export function maximumLikelihood(
  detections: readonly StationValue[],
  noise: readonly StationValue[],
  networkSigma: number,
): NetworkValue | null {
  if (detections.length === 0) return null;
  const mean = detections.reduce((sum, { sigma }) => sum + sigma ** -2, 0) / detections.length;
  const surplus = (m: number) => {
    let sum = 0;
    for (const { value, sigma } of detections) sum += (value - m) / (sigma ** 2 * mean);
    for (const { value, sigma } of noise) sum -= networkSigma * millsRatio((value - m) / sigma);
    return sum;
  };
  // It falls with m; it is not positive at the largest detection.
  let high = Math.max(...detections.map(({ value }) => value));
  let low = high - networkSigma;
  while (surplus(low) < 0) low -= 2 * (high - low);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (surplus(middle) > 0) low = middle;
    else high = middle;
  }
  const value = (low + high) / 2;
  let count = detections.length;
  for (const level of noise) {
    const z = (level.value - value) / level.sigma;
    const ratio = millsRatio(z);
    count += (ratio * (ratio + z) * networkSigma) / level.sigma;
  }
  return { value, uncertainty: networkSigma / Math.sqrt(count) };
}
