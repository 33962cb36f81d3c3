/**
 * What an electron does with its energy, in the measure that a peak's efficiency needs: it leaves it along a way of practical range, and radiates a
 * part away. Range after Katz and Penfold 1952 (doi:10.1103/RevModPhys.24.28), half of which a wandering electron gets along its first
 * direction; thick-target bremsstrahlung after Koch and Motz 1959 (doi:10.1103/RevModPhys.31.920) with Kramers' spectrum.
 */
import type { RandomStream } from "@harken/core";

/** Slower electrons stay where they are. */
export const LEAST_MOVING_KEV = 150;
/** Share of the practical range that an electron gets along its first direction. */
const STRAIGHT_SHARE = 0.5;

/** cm along the first direction; `gramPerCm3` of the material. */
export function reachCm(electronKeV: number, gramPerCm3: number): number {
  const mev = electronKeV / 1000;
  return (STRAIGHT_SHARE * 0.412 * mev ** (1.265 - 0.0954 * Math.log(mev))) / gramPerCm3;
}

/** Softer bremsstrahlung stays where it is made. */
const LEAST_BREMSSTRAHLUNG_KEV = 20;
const YIELD_PER_Z_MEV = 6e-4;

/** Energy of a photon that an electron radiates while it stops, keV; 0 for none. */
export function sampleBremsstrahlung(electronKeV: number, meanZ: number, random: RandomStream): number {
  if (electronKeV <= LEAST_BREMSSTRAHLUNG_KEV) return 0;
  const yieldShare = (YIELD_PER_Z_MEV * meanZ * electronKeV) / 1000;
  // Kramers: photons per keV = 2 yield / T (T - k) / k.
  const span = Math.log(electronKeV / LEAST_BREMSSTRAHLUNG_KEV);
  const photons =
    ((2 * yieldShare) / (1 + yieldShare)) * (span - (electronKeV - LEAST_BREMSSTRAHLUNG_KEV) / electronKeV);
  if (random.uniform() >= photons) return 0;
  for (;;) {
    const energy = LEAST_BREMSSTRAHLUNG_KEV * Math.exp(span * random.uniform());
    if (random.uniform() < (electronKeV - energy) / (electronKeV - LEAST_BREMSSTRAHLUNG_KEV)) return energy;
  }
}
