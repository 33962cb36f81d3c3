/**
 * Levels of a particulate sample, 1 to 5, after the IDC's categorisation scheme: natural nuclides within (1) or outside (2) what is typical of the
 * station, a relevant anthropogenic nuclide within (3) or outside (4) of it, and several outside, a fission product among them (5). Each level comes with
 * its reason in words.
 */
import type { NuclideCategory } from "../nuclides/nuclides.ts";
import {
  type Bounds,
  boundsOf,
  defaultHistorySettings,
  type HistorySettings,
  type StationHistory,
  withSample,
} from "./history.ts";

export type Level = 1 | 2 | 3 | 4 | 5;

/** A nuclide that was identified in the sample. */
export interface CategorisedNuclide {
  readonly name: string;
  readonly category: NuclideCategory | null;
  /** uBq/m^3; null when none can be given, as for lines that neutrons make in the detector. */
  readonly concentration: number | null;
}

export interface NuclideLevel {
  readonly name: string;
  readonly level: Exclude<Level, 5>;
  /** Null while the history is too short. */
  readonly bounds: Bounds | null;
  readonly reason: string;
}

export interface ParticulateCategory {
  readonly level: Level;
  readonly reason: string;
  readonly nuclides: readonly NuclideLevel[];
  /** The history with this sample in it. */
  readonly history: StationHistory;
}

export function categoriseParticulate(
  nuclides: readonly CategorisedNuclide[],
  history: StationHistory,
  settings: HistorySettings = defaultHistorySettings,
): ParticulateCategory {
  const levels = nuclides.map((nuclide) => levelOf(nuclide, history, settings));
  const outside = nuclides.filter((_, i) => levels[i]!.level === 4);
  const fission = outside.filter(({ category }) => category === "fission");
  const highest = Math.max(1, ...levels.map((one) => one.level)) as Level;
  const level: Level = outside.length > 1 && fission.length > 0 ? 5 : highest;
  const concentrations = Object.fromEntries(
    nuclides.flatMap(({ name, concentration }) => (concentration === null ? [] : [[name, concentration]])),
  );
  return {
    level,
    reason: reasonFor(level, levels, outside, fission),
    nuclides: levels,
    history: withSample(history, concentrations, settings),
  };
}

const isRelevant = (category: NuclideCategory | null) => category === "fission" || category === "activation";

function levelOf(
  { name, category, concentration }: CategorisedNuclide,
  history: StationHistory,
  settings: HistorySettings,
): NuclideLevel {
  const of = (level: NuclideLevel["level"], bounds: Bounds | null, reason: string) => ({ name, level, bounds, reason });
  if (category === "cosmic") return of(1, null, "made by neutrons in the detector and its shield; not in the sample");
  const bounds = boundsOf(history, name, settings);
  const kind = isRelevant(category) ? `${category} product` : "natural nuclide";
  if (concentration === null) return of(isRelevant(category) ? 4 : 1, bounds, `${kind} without a concentration`);
  const range = bounds && `${format(bounds.low)} to ${format(bounds.high)} uBq/m3, which is typical of the station`;
  const inside = bounds && concentration <= bounds.high && (concentration >= bounds.low || isRelevant(category));
  if (isRelevant(category)) {
    if (!bounds) return of(4, null, `${kind} that the station has not shown often enough to be typical`);
    return inside ? of(3, bounds, `${kind} within ${range}`) : of(4, bounds, `${kind} above ${range}`);
  }
  if (!bounds) return of(1, null, `${kind}; the history is too short to say what is typical`);
  return inside ? of(1, bounds, `${kind} within ${range}`) : of(2, bounds, `${kind} outside ${range}`);
}

function reasonFor(
  level: Level,
  levels: readonly NuclideLevel[],
  outside: readonly CategorisedNuclide[],
  fission: readonly CategorisedNuclide[],
): string {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(", ");
  const at = (wanted: Level) => names(levels.filter((one) => one.level === wanted));
  switch (level) {
    case 1:
      return levels.length === 0
        ? "No nuclide was identified."
        : "Only natural nuclides, none outside of what is typical of the station.";
    case 2:
      return `Only natural nuclides, but not at typical concentrations: ${at(2)}.`;
    case 3:
      return `Relevant nuclides at concentrations that are typical of the station: ${at(3)}.`;
    case 4:
      return `Relevant nuclides outside of what is typical of the station: ${at(4)}.`;
    case 5:
      return `Several relevant nuclides outside of what is typical of the station: ${names(outside)}; fission products among them: ${names(fission)}.`;
  }
}

const format = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
