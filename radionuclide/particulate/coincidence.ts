/**
 * True coincidences: a photon of the same decay that is seen too takes a count out of the full-energy peak. Where the level scheme is known the loss
 * can be corrected. Otherwise its size follows from how many other photons a decay sends out and how many of those leave anything in the detector
 * (Debertin and Helmer 1988, section 4.5), and is taken as an uncertainty of the line. At 20 cm it is below one percent; for a filter on
 * the end cap it is tens of percent for Tl-208. The IDC's products are not corrected.
 */
import { type SummingFactors, summingFactors } from "../detector/summing.ts";
import type { Efficiency } from "../gamma/calibration.ts";
import { decayScheme } from "../nuclides/decaySchemes.ts";
import { nuclide as libraryNuclide, type Nuclide, type PhotonLine } from "../nuclides/nuclides.ts";
import type { GammaCalibration } from "./calibration.ts";

/**
 * Total over full-energy-peak efficiency of a coaxial germanium detector against energy, keV: Monte Carlo (EGSnrc) of a filter on the detector of the
 * ICRM benchmark, continued at the slope of its last two points.
 */
const totalOverPeak: readonly (readonly [keV: number, ratio: number])[] = [
  [50, 1.1],
  [100, 1.22],
  [200, 1.52],
  [500, 2.87],
  [1000, 4.22],
  [3000, 7.8],
];

/** Relative; losses beyond one half are beyond this estimate. */
const MAX_ERROR = 0.5;
/** Softer photons do not get out of the sample and through the detector's window. */
const LEAST_KEV = 40;

/** The total efficiency, and with it the correction, is known to this, relative. */
const CORRECTION_ERROR = 0.15;

/** Counts of a line for each without coincidences, and the relative uncertainty of that. */
export interface CoincidenceFactor {
  readonly factor: number;
  readonly error: number;
}

const factorsKnown = new WeakMap<Efficiency, Map<string, SummingFactors | null>>();

/** By the level scheme of the line's emitter; a factor of 1 with the estimated loss as its uncertainty where there is none. */
export function coincidenceFactor(
  nuclide: Nuclide,
  line: PhotonLine,
  calibration: GammaCalibration,
): CoincidenceFactor {
  const emitter = line.emitter ?? nuclide.name;
  const { efficiency } = calibration;
  let known = factorsKnown.get(efficiency);
  if (!known) {
    known = new Map();
    factorsKnown.set(efficiency, known);
  }
  let factors = known.get(emitter);
  if (factors === undefined) {
    const scheme = decayScheme(emitter);
    factors = scheme ? summingFactors(scheme, { peak: efficiency.at, total: totalEfficiency(calibration) }) : null;
    known.set(emitter, factors);
  }
  const factor = factors?.at(line.energyKeV) ?? null;
  return factor !== null && factor > LEAST_FACTOR
    ? { factor, error: CORRECTION_ERROR * Math.abs(1 - factor) }
    : { factor: 1, error: coincidenceError(nuclide, line, efficiency) };
}
const LEAST_FACTOR = 0.2;

/** The station's own where it states one; otherwise that of the full-energy peak times the ratio of a coaxial detector. */
export function totalEfficiency({
  efficiency,
  totalEfficiency: stated,
}: GammaCalibration): (energyKeV: number) => number {
  return (energyKeV) => {
    if (stated) return Math.min(1, Math.max(0, stated.at(energyKeV)));
    return energyKeV < LEAST_KEV ? 0 : Math.min(1, efficiency.at(energyKeV) * totalOverPeakAt(energyKeV));
  };
}

/** Sums over the lines of a nuclide, which every one of its lines asks for. */
const sums = new WeakMap<Efficiency, Map<string, number>>();

export function coincidenceError(nuclide: Nuclide, line: PhotonLine, efficiency: Efficiency): number {
  const emitter = (line.emitter && libraryNuclide(line.emitter)) || nuclide;
  let known = sums.get(efficiency);
  if (!known) {
    known = new Map();
    sums.set(efficiency, known);
  }
  const photons = [...emitter.gamma, ...emitter.xray];
  let all = known.get(emitter.name);
  if (all === undefined) {
    all = photons.reduce((sum, photon) => sum + seen(photon, efficiency), 0);
    known.set(emitter.name, all);
  }
  const own = photons.find(({ energyKeV }) => energyKeV === line.energyKeV);
  return Math.min(MAX_ERROR, Math.max(0, all - (own ? seen(own, efficiency) : 0)));
}

/** Photons of this line that leave something in the detector, per decay. */
function seen({ energyKeV, intensity }: PhotonLine, efficiency: Efficiency): number {
  return energyKeV < LEAST_KEV ? 0 : intensity * efficiency.at(energyKeV) * totalOverPeakAt(energyKeV);
}

/** Counts in the whole spectrum for each in the full-energy peak. */
export function totalOverPeakAt(energyKeV: number): number {
  const last = totalOverPeak.length - 1;
  if (energyKeV <= totalOverPeak[0]![0]) return totalOverPeak[0]![1];
  if (energyKeV >= totalOverPeak[last]![0]) return totalOverPeak[last]![1];
  const above = totalOverPeak.findIndex(([keV]) => keV > energyKeV);
  const [[e0, r0], [e1, r1]] = [totalOverPeak[above - 1]!, totalOverPeak[above]!];
  return r0 * (r1 / r0) ** (Math.log(energyKeV / e0) / Math.log(e1 / e0));
}
