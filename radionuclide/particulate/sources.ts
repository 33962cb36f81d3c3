/**
 * What may make peaks in a particulate spectrum: the nuclides of the library with what each line would give here. A gain is the number of counts in the
 * full-energy peak for each becquerel (mean over the counting), less what coincidences take where they are corrected.
 */
import { decayFactor, type MeasurementTimes } from "../decay/measurement.ts";
import { foldedMembers, sustainedBy } from "../nuclides/equilibrium.ts";
import { nuclide as libraryNuclide, type Nuclide, nuclides } from "../nuclides/nuclides.ts";
import type { GammaCalibration } from "./calibration.ts";
import { coincidenceError, coincidenceFactor } from "./coincidence.ts";
import type { ParticulateSettings } from "./settings.ts";

export interface SourceLine {
  readonly energyKeV: number;
  readonly kind: "gamma" | "xray";
  readonly intensity: number;
  /** Relative standard uncertainties: of the intensity, of the efficiency, and by true coincidences. */
  readonly intensityError: number;
  readonly efficiencyError: number;
  readonly coincidenceError: number;
  readonly efficiency: number;
  readonly gain: number;
}

export interface Source {
  readonly nuclide: Nuclide;
  /** Mean activity in the sampled air for each becquerel of the counting; 1 for what is no part of the sample. */
  readonly decayFactor: number;
  /** The nuclide of the sample that keeps this one up, where there is one. */
  readonly parent: string | null;
  /** In order of energy. */
  readonly lines: readonly SourceLine[];
}

export interface SourceConditions {
  readonly calibration: GammaCalibration;
  readonly fromKeV: number;
  readonly toKeV: number;
  readonly liveSec: number;
  readonly times: Omit<MeasurementTimes, "lambdaPerSec">;
  readonly coincidences?: ParticulateSettings["coincidences"];
}

/** Intensities without an uncertainty are trusted to this. */
const UNSTATED_ERROR = 0.05;
/** What has decayed by more than this factor since collection cannot be seen. */
const MAX_DECAY_FACTOR = 1e5;

/** The library as seen by a detector; nuclides without a line in range, and those that would have decayed, are left out. */
export function sourcesFor(conditions: SourceConditions): Source[] {
  return nuclides.flatMap((nuclide) => {
    if (foldedMembers.has(nuclide.name)) return [];
    const source = sourceOf(nuclide, conditions);
    return source.lines.length > 0 && source.decayFactor < MAX_DECAY_FACTOR ? [source] : [];
  });
}

/** Lines that neutrons make in detector and shield while counting; no part of the sample. */
export const isFromSurroundings = ({ category }: Nuclide): boolean => category === "cosmic";

export function sourceOf(nuclide: Nuclide, conditions: SourceConditions): Source {
  const { calibration, fromKeV, toKeV, liveSec, times } = conditions;
  const lines = (["gamma", "xray"] as const).flatMap((kind) =>
    nuclide[kind]
      .filter(({ energyKeV }) => energyKeV >= fromKeV && energyKeV <= toKeV)
      .flatMap((line): SourceLine[] => {
        const efficiency = calibration.efficiency.at(line.energyKeV);
        if (!(efficiency > 0 && efficiency <= 1)) return [];
        const { factor, error } =
          conditions.coincidences === "corrected"
            ? coincidenceFactor(nuclide, line, calibration)
            : { factor: 1, error: coincidenceError(nuclide, line, calibration.efficiency) };
        const one: SourceLine = {
          energyKeV: line.energyKeV,
          kind,
          intensity: line.intensity,
          intensityError: line.intensityError === null ? UNSTATED_ERROR : line.intensityError / line.intensity,
          efficiencyError: calibration.efficiency.relativeError(line.energyKeV),
          coincidenceError: error,
          efficiency,
          gain: efficiency * line.intensity * liveSec * factor,
        };
        return [one];
      }),
  );
  lines.sort((a, b) => a.energyKeV - b.energyKeV);
  return { nuclide, parent: sustainedBy[nuclide.name] ?? null, decayFactor: decayOf(nuclide, times), lines };
}

/** By the half-life of what keeps the nuclide up, which for members of natural chains and for reactions is for ever. */
function decayOf(nuclide: Nuclide, times: SourceConditions["times"]): number {
  if (isFromSurroundings(nuclide)) return 1;
  const parent = sustainedBy[nuclide.name];
  if (parent === null) return 1;
  const lasting = parent === undefined ? nuclide : libraryNuclide(parent)!;
  return decayFactor({ lambdaPerSec: lasting.lambdaPerSec, ...times });
}
