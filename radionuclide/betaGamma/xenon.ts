/**
 * Constants of the four xenon isotopes and of radon as beta-gamma systems use them: the values of the open analysis of SAUNA data (Ringbom and
 * Axelsson 2020, doi:10.1016/j.apradiso.2019.108950; decay data of FOI-R-3451).
 */

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

/** Decays that give a coincidence in a region, per decay. */
export const nominalBranching = Object.freeze({
  radon: 0.376,
  xe135At250: 0.9,
  xe133At81: 0.37289,
  xe133At30: 0.4894,
  xe131mAt30: 0.54,
  xe133mAt30: 0.5577,
});

export type Branching = Readonly<Record<keyof typeof nominalBranching, number>>;

/** Relative standard uncertainty of each branching. */
export const branchingUncertainty: Branching = Object.freeze({
  radon: 0.01,
  xe135At250: 0.01,
  xe133At81: 0.005,
  xe133At30: 0.013,
  xe131mAt30: 0.02,
  xe133mAt30: 0.013,
});

/** Xenon in air, ml per m^3: turns a xenon volume into the volume of air it came from. */
export const XENON_ML_PER_M3 = 0.087;
