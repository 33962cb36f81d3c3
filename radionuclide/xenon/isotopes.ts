/** The four xenon isotopes of the Treaty, and radon, as noble-gas systems use them (decay data of FOI-R-3451). */

export type XenonIsotope = "Xe-131m" | "Xe-133" | "Xe-133m" | "Xe-135";
export const xenonIsotopes: readonly XenonIsotope[] = ["Xe-131m", "Xe-133", "Xe-133m", "Xe-135"];

/** 1/s. Radon stands for Pb-214 in equilibrium with it. */
export const decayPerSec = Object.freeze({
  "Rn-222": 2.0974e-6,
  "Xe-131m": 6.72467e-7,
  "Xe-133": 1.52956e-6,
  "Xe-133m": 3.66326e-6,
  "Xe-135": 2.10657e-5,
});

/** Xenon in air, ml per m^3: turns a xenon volume into the volume of air it came from. */
export const XENON_ML_PER_M3 = 0.087;
