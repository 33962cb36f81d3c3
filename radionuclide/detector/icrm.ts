/**
 * Detector A of the Monte Carlo comparison of the ICRM's Gamma-ray Spectrometry Working Group (Vidmar et al. 2008, doi:10.1016/j.apradiso.2008.02.013; shield
 * of the 2018 comparison): a coaxial germanium detector of 58 mm by 60 mm, a usual one for simulations that have no detector of their own.
 */
import { type CoaxialDimensions, shield } from "./coaxial.ts";

export const icrmDetector: CoaxialDimensions = Object.freeze({
  crystalRadiusCm: 3,
  crystalLengthCm: 6.1,
  holeRadiusCm: 0.5,
  holeLengthCm: 4,
  faceDeadCm: 0.1,
  sideDeadCm: 0.1,
  gapCm: 0.5,
  window: { material: "aluminium", thicknessCm: 0.1 } as const,
  housing: { material: "aluminium", outerRadiusCm: 4, thicknessCm: 0.1, spaceBehindCm: 1.3 } as const,
});

export const icrmShield = shield("lead", 5, { radius: 15, bottom: -20, top: 10 });
