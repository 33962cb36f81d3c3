/**
 * Coincidences of the four xenon isotopes and of radon for each decay, as in the open analysis of SAUNA data (Ringbom and Axelsson 2020,
 * doi:10.1016/j.apradiso.2019.108950; decay data of FOI-R-3451).
 */

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
