/** The calibration of a particulate sample: from equations where an analysis gives them, otherwise from the points of the station's message. */
import type { GammaEquations, PulseHeightData } from "@harken/core";
import {
  type Efficiency,
  type EnergyCalibration,
  efficiencyFromPoints,
  energyFromPoints,
  logarithmicEfficiency,
  polynomialEnergy,
  type Resolution,
  resolutionFromPoints,
  rootResolution,
} from "../gamma/calibration.ts";

export interface GammaCalibration {
  readonly energy: EnergyCalibration;
  readonly resolution: Resolution;
  readonly efficiency: Efficiency;
}

/** Equations carry no uncertainty of the efficiency; this is what IMS stations state for theirs, relative. */
const EQUATION_ERROR = 0.03;

/** Or the reason why there is none. */
export function gammaCalibration(
  data: PulseHeightData,
  equations: GammaEquations | null = null,
): GammaCalibration | string {
  const energy = equations?.energy ? risingPolynomial(equations.energy) : energyFromPoints(data.gammaEnergy);
  if (!energy) return "there is no energy calibration";
  const resolution = equations?.resolution
    ? resolutionOf(equations.resolution)
    : resolutionFromPoints(data.gammaResolution);
  if (!resolution) return "there is no resolution calibration";
  const efficiency = equations?.efficiency
    ? logarithmicEfficiency(equations.efficiency.referenceKeV, equations.efficiency.coefficients, EQUATION_ERROR)
    : efficiencyFromPoints(data.gammaEfficiency);
  if (!efficiency) return "there is no efficiency calibration";
  return { energy, resolution, efficiency };
}

function risingPolynomial(coefficients: readonly number[]): EnergyCalibration | null {
  return coefficients.length >= 2 && coefficients[1]! > 0 ? polynomialEnergy(coefficients) : null;
}

function resolutionOf({ form, coefficients }: NonNullable<GammaEquations["resolution"]>): Resolution | null {
  const [a, b = 0, c = 0] = coefficients;
  if (a === undefined) return null;
  if (form === "root") return rootResolution(a, b);
  return (energyKeV) => Math.sqrt(Math.max(0, a + b * energyKeV + c * energyKeV ** 2));
}
