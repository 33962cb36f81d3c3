/** The calibration of a particulate sample: from equations where an analysis gives them, otherwise from the points of the station's message. */
import type { GammaEquations, PulseHeightData, PulseHeightSpectrum } from "@harken/core";
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
  /** Of leaving anything in the detector; null where the station states none. */
  readonly totalEfficiency?: Efficiency | null;
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
  const calibration = {
    energy,
    resolution,
    efficiency,
    totalEfficiency: efficiencyFromPoints(data.totalEfficiency),
  };
  return (data.gammaSpectrum && fault(calibration, data.gammaSpectrum)) ?? calibration;
}

/** Widths of peaks, channels, that a detector can have. */
const FWHM_CHANNELS = [1, 100] as const;
/** The calibration is looked at in so many places. */
const PLACES = 64;

/** Why a calibration cannot be that of the spectrum; null when it can. */
function fault({ energy, resolution }: GammaCalibration, { counts, firstChannel }: PulseHeightSpectrum): string | null {
  let before = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= PLACES; k++) {
    const channel = firstChannel + (k * (counts.length - 1)) / PLACES;
    const energyKeV = energy.energyAt(channel);
    if (!(energyKeV > before) || !(energyKeV < MAX_KEV)) return "the energy calibration does not rise with channel";
    before = energyKeV;
    const width = resolution(energyKeV) / (energy.energyAt(channel + 0.5) - energy.energyAt(channel - 0.5));
    if (!(width >= FWHM_CHANNELS[0] && width <= FWHM_CHANNELS[1]))
      return `the resolution calibration gives a width of ${width.toPrecision(3)} channels at ${energyKeV.toFixed(0)} keV`;
  }
  return null;
}

const MAX_KEV = 20_000;

function risingPolynomial(coefficients: readonly number[]): EnergyCalibration | null {
  return coefficients.length >= 2 && coefficients[1]! > 0 ? polynomialEnergy(coefficients) : null;
}

function resolutionOf({ form, coefficients }: NonNullable<GammaEquations["resolution"]>): Resolution | null {
  const [a, b = 0, c = 0] = coefficients;
  if (a === undefined) return null;
  if (form === "root") return rootResolution(a, b);
  return (energyKeV) => Math.sqrt(Math.max(0, a + b * energyKeV + c * energyKeV ** 2));
}
