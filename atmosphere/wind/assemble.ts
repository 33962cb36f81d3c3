/**
 * Wind for transport from weather fields: levels of pressure as they are, model levels interpolated to levels of pressure, in the units of `WindField`.
 *
 *     const { winds, problems } = assembleWind(decodeGrib(bytes).items);
 *     windSequence(winds.map(({ time }) => time), (i) => winds[i]!, startTime);
 */
import { isoTime, type Problem, ProblemList, type RegularWeatherGrid, type WeatherField } from "@harken/core";
import { hybridToPressure } from "./hybridLevels.ts";
import { windOnPressureLevels } from "./pressureLevels.ts";
import { commonWindVariables, type WindVariables } from "./variables.ts";
import { weatherSets } from "./weatherSet.ts";
import type { WindField } from "./windField.ts";

export interface AssemblyOptions {
  readonly variables?: WindVariables;
  /** Number in the ensemble; null for a single forecast. Without it the lowest there is. */
  readonly member?: number | null;
  /** Levels to which model levels are interpolated, hPa; those of a column at sea level without it. */
  readonly pressuresHPa?: readonly number[];
}

export interface AssembledWind {
  /** By time, ascending. */
  readonly winds: readonly WindField[];
  readonly problems: readonly Problem[];
}

/** Never throws for what the fields hold: a time that lacks something essential is left out and named. */
export function assembleWind(fields: readonly WeatherField[], options: AssemblyOptions = {}): AssembledWind {
  const problems = new ProblemList();
  const table = options.variables ?? commonWindVariables;
  const member = options.member === undefined ? lowestMember(fields, problems) : options.member;
  const winds: WindField[] = [];
  for (const set of weatherSets(fields, table, member, problems)) {
    if (!equalRows(set.grid)) {
      problems.error(
        "wind.grid",
        `The wind of ${isoTime(set.validTime, 0)} has unequal rows (a Gaussian grid); interpolate it first (toEqualSteps).`,
      );
      continue;
    }
    const wind =
      set.levels("east", "isobaric").length > 0
        ? windOnPressureLevels(set, problems)
        : hybridToPressure(set, options.pressuresHPa ?? null, problems);
    if (wind) winds.push(wind);
  }
  if (winds.length === 0)
    problems.error("wind.none", `No wind could be made of ${fields.length} fields by the table "${table.name}".`);
  return { winds, problems: problems.list() };
}

function lowestMember(fields: readonly WeatherField[], problems: ProblemList): number | null {
  const members = [...new Set(fields.map(({ member }) => member))];
  if (members.includes(null) || members.length === 0) return null;
  const lowest = members.reduce<number>((low, m) => Math.min(low, m ?? low), Infinity);
  if (members.length > 1)
    problems.warning("wind.members", `Of ${members.length} members of the ensemble number ${lowest} was taken.`);
  return lowest;
}

function equalRows({ latitudesDeg }: RegularWeatherGrid): boolean {
  const step = latitudesDeg[1]! - latitudesDeg[0]!;
  return latitudesDeg.every((lat, r) => Math.abs(lat - (latitudesDeg[0]! + r * step)) < 1e-3);
}
