/**
 * Scattering of a photon by a free electron (Klein and Nishina 1929), sampled by composition and rejection of the scattered energy's share (Butcher
 * and Messel 1960, as in Geant4's standard model). Electrons are taken as free and at rest: binding changes the total, which XCOM's incoherent
 * cross-section has, and blurs energies by less than a kilo-electronvolt.
 */
import type { RandomStream } from "@harken/core";

export const ELECTRON_KEV = 510.99895;

/** Scattered over incident energy. */
export function sampleScatteredShare(energyKeV: number, random: RandomStream): number {
  const k = energyKeV / ELECTRON_KEV;
  const least = 1 / (1 + 2 * k);
  const a1 = -Math.log(least);
  const a2 = 0.5 * (1 - least * least);
  for (;;) {
    const share =
      random.uniform() * (a1 + a2) < a1
        ? Math.exp(-a1 * random.uniform())
        : Math.sqrt(least * least + (1 - least * least) * random.uniform());
    const t = (1 - share) / (k * share);
    if (random.uniform() < 1 - (share * t * (2 - t)) / (1 + share * share)) return share;
  }
}

/** Cosine of the angle between the incident and the scattered photon. */
export function scatteringCosine(energyKeV: number, share: number): number {
  return 1 - (ELECTRON_KEV / energyKeV) * (1 / share - 1);
}
