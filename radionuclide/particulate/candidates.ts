/**
 * Sources laid on a spectrum: which peak each line falls on, what would be seen of it, and which line a nuclide stands or falls by.
 */
import type { Resolution } from "../gamma/calibration.ts";
import { nuclides } from "../nuclides/nuclides.ts";
import { limitsAt, nearestPeak, type Observation, toleranceOf } from "./observation.ts";
import { isFromSurroundings, type Source, type SourceLine } from "./sources.ts";

/** Lines of a source that one peak holds together. */
export interface Response {
  readonly peak: number;
  /** Counts per becquerel. */
  readonly gain: number;
  /** Energy of the lines, weighted with their gains, and how far it is off the peak, keV. */
  readonly energyKeV: number;
  readonly offKeV: number;
  /** Whether the peak is near enough to be evidence. */
  readonly near: boolean;
  readonly intensityError: number;
  readonly efficiencyError: number;
  readonly coincidenceError: number;
  readonly lines: readonly SourceLine[];
}

export interface PlacedLine {
  readonly line: SourceLine;
  /** Index of the peak that the line falls on; -1 for none. */
  readonly peak: number;
  readonly criticalLevelCounts: number;
  readonly detectionLimitCounts: number;
}

export interface Placed {
  readonly source: Source;
  readonly responses: readonly Response[];
  readonly lines: readonly PlacedLine[];
  readonly key: PlacedLine;
}

/** A line belongs to the nearest peak within this, FWHM. */
const ASSIGN_FWHM = 0.6;
/** Lines this near to annihilation are no key lines, keV. */
const ANNIHILATION_KEV = 511;
const NEAR_ANNIHILATION_KEV = 2;
/** Nor are those this near, FWHM, to a line of nature or of the surroundings that is stronger than one percent. */
const NEAR_NATURAL_FWHM = 0.5;
const NOTICEABLE_INTENSITY = 0.01;

const naturalLines: readonly { readonly name: string; readonly energyKeV: number }[] = nuclides
  .filter((nuclide) => nuclide.category === "natural" || isFromSurroundings(nuclide))
  .flatMap(({ name, gamma }) =>
    gamma.filter(({ intensity }) => intensity > NOTICEABLE_INTENSITY).map(({ energyKeV }) => ({ name, energyKeV })),
  );

/** Key lines that cannot follow from one nuclide alone: 140.5 keV of Mo-99 is its daughter's. */
const chosenKeyKeV: Readonly<Record<string, number>> = Object.freeze({ "Mo-99": 739.5 });

/** Null when no line lies inside of the spectrum. */
export function place(source: Source, observation: Observation, energyToleranceKeV: number): Placed | null {
  const { peaks } = observation;
  const lines = source.lines.flatMap((line): PlacedLine[] => {
    const limits = limitsAt(observation, line.energyKeV);
    if (!limits) return [];
    const peak = nearestPeak(peaks, line.energyKeV);
    const held = peak >= 0 && Math.abs(peaks[peak]!.energyKeV - line.energyKeV) < ASSIGN_FWHM * peaks[peak]!.fwhmKeV;
    return [{ line, peak: held ? peak : -1, ...limits }];
  });
  const key = keyLineOf(source, lines, observation.resolution);
  if (!key) return null;
  const byPeak = Map.groupBy(
    lines.filter(({ peak }) => peak >= 0),
    ({ peak }) => peak,
  );
  const responses = [...byPeak].map(([peak, placed]): Response => {
    const held = placed.map(({ line }) => line);
    const gain = held.reduce((sum, line) => sum + line.gain, 0);
    const weighted = (of: (line: SourceLine) => number) =>
      held.reduce((sum, line) => sum + line.gain * of(line), 0) / gain;
    const energyKeV = weighted((line) => line.energyKeV);
    const offKeV = peaks[peak]!.energyKeV - energyKeV;
    return {
      peak,
      gain,
      energyKeV,
      offKeV,
      near: Math.abs(offKeV) < toleranceOf(peaks[peak]!, energyToleranceKeV),
      intensityError: weighted((line) => line.intensityError),
      efficiencyError: weighted((line) => line.efficiencyError),
      coincidenceError: weighted((line) => line.coincidenceError),
      lines: held,
    };
  });
  return { source, responses, lines, key };
}

/**
 * The line by which the least activity would be seen, among those that no line of nature, of the surroundings or of annihilation covers; among all
 * when every one is covered.
 */
function keyLineOf({ nuclide }: Source, lines: readonly PlacedLine[], resolution: Resolution): PlacedLine | null {
  const chosen = chosenKeyKeV[nuclide.name];
  const told = chosen === undefined ? undefined : lines.find(({ line }) => Math.abs(line.energyKeV - chosen) < 0.1);
  if (told) return told;
  const natural = nuclide.category === "natural" || isFromSurroundings(nuclide);
  const open = lines.filter(
    ({ line: { energyKeV } }) =>
      Math.abs(energyKeV - ANNIHILATION_KEV) > NEAR_ANNIHILATION_KEV &&
      (natural ||
        naturalLines.every(
          (other) => Math.abs(other.energyKeV - energyKeV) > NEAR_NATURAL_FWHM * resolution(energyKeV),
        )),
  );
  const best = (among: readonly PlacedLine[]) =>
    among.reduce<PlacedLine | null>(
      (found, placed) => (!found || leastActivity(placed) < leastActivity(found) ? placed : found),
      null,
    );
  return best(open) ?? best(lines);
}

const leastActivity = ({ line, detectionLimitCounts }: PlacedLine) => detectionLimitCounts / line.gain;
