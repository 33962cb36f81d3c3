/** What is to be expected of a quantity that cannot be negative, from an estimate that can. */
import { normalCdf } from "@harken/core";

/** Mean of a normal of this mean and spread, given that it is not negative. */
export function truncatedMean(mean: number, sigma: number): number {
  if (!(sigma > 0)) return Math.max(0, mean);
  const z = mean / sigma;
  // Far below zero both density and tail vanish; the asymptotic series of their ratio leaves this, right to 5e-5 from -8 on.
  if (z < -8) return (-sigma / z) * (1 - 2 / z ** 2 + 10 / z ** 4 - 74 / z ** 6);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  return mean + (sigma * density) / normalCdf(z);
}
