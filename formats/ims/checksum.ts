/**
 * CHK2, the checksum of GSE2 and IMS waveforms: the sum of the samples, each sample and each running sum brought below 100 000 000 by a
 * remainder that keeps its sign; the absolute value of the result. (IDC-3.4.1Rev1, CHK2.) Some writers leave the sign in, so two checksums
 * are compared by their absolute values.
 */
import type { Samples } from "@harken/core";

const MODULUS = 100_000_000;

export function imsChecksum(samples: Samples): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    let value = samples[i]!;
    if (value >= MODULUS || value <= -MODULUS) value %= MODULUS;
    sum += value;
    if (sum >= MODULUS || sum <= -MODULUS) sum %= MODULUS;
  }
  return Math.abs(sum);
}
