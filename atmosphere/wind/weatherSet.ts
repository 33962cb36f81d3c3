/** The fields of one valid time, found by role and level; what is missing or does not fit is said. */
import type { ProblemList, RegularWeatherGrid, WeatherField } from "@harken/core";
import { unitFactor, type WindRole, type WindVariables } from "./variables.ts";

export interface RoleField {
  readonly field: WeatherField;
  /** To the units of `WindField`. */
  readonly factor: number;
}

export interface WeatherSet {
  readonly validTime: number;
  readonly grid: RegularWeatherGrid;
  /** Fields by role and the value of their level. */
  readonly at: (role: WindRole, level: number) => RoleField | null;
  /** Levels of a kind that have the role, ascending. */
  readonly levels: (role: WindRole, kind: string) => number[];
  /** The only field of the role, whatever its level. */
  readonly single: (role: WindRole) => RoleField | null;
}

/** Kinds of level on which a wind stands; 10 m winds and the like are other parameters or are left aside. */
const LEVEL_KINDS: ReadonlySet<string> = new Set(["isobaric", "hybrid"]);
const SINGLE_ROLES: ReadonlySet<WindRole> = new Set(["surfacePressure", "logSurfacePressure"]);

/** Sets by valid time, one ensemble member of them. Fields that the table does not name are passed over in silence. */
export function weatherSets(
  fields: readonly WeatherField[],
  table: WindVariables,
  member: number | null,
  problems: ProblemList,
): WeatherSet[] {
  const times = new Map<number, WeatherField[]>();
  for (const field of fields) {
    if (field.member !== member || field.intervalStart !== null) continue;
    const list = times.get(field.validTime);
    if (list) list.push(field);
    else times.set(field.validTime, [field]);
  }
  return [...times].sort(([a], [b]) => a - b).flatMap(([time, list]) => setOf(time, list, table, problems) ?? []);
}

function setOf(
  validTime: number,
  fields: readonly WeatherField[],
  table: WindVariables,
  problems: ProblemList,
): WeatherSet | null {
  const found = new Map<string, RoleField>();
  const units = new Set<string>();
  const grids = new Set<string>();
  let grid: RegularWeatherGrid | null = null;
  for (const { role, shortNames, units: overruled } of table.variables)
    for (const field of fields) {
      if (!shortNames.includes(field.parameter.shortName)) continue;
      if (!SINGLE_ROLES.has(role) && !LEVEL_KINDS.has(field.level.kind)) continue;
      if (field.grid.kind !== "regular") {
        grids.add(field.grid.kind);
        continue;
      }
      const factor = unitFactor(role, overruled ?? field.parameter.units);
      if (factor === null) {
        units.add(`${field.parameter.shortName} in "${field.parameter.units}"`);
        continue;
      }
      grid ??= field.grid;
      if (!sameGrid(grid, field.grid) || field.alongGrid) {
        grids.add("another regular");
        continue;
      }
      const key = SINGLE_ROLES.has(role) ? role : `${role} ${field.level.kind} ${field.level.value}`;
      // The same field from an earlier forecast is older.
      const known = found.get(key);
      if (!known || known.field.referenceTime < field.referenceTime) found.set(key, { field, factor });
    }
  for (const text of units)
    problems.error("wind.units", `The unit of ${text} is not known for its part; the field was left out.`);
  for (const kind of grids)
    problems.error("wind.grid", `Fields on ${kind} grids were left out; put them on one regular grid first.`);
  if (!grid) return null;
  const kinds = ["isobaric", "hybrid"];
  return {
    validTime,
    grid,
    single: (role) => found.get(role) ?? null,
    at: (role, level) => kinds.map((kind) => found.get(`${role} ${kind} ${level}`)).find((f) => f) ?? null,
    levels: (role, kind) =>
      [...found.keys()]
        .filter((key) => key.startsWith(`${role} ${kind} `))
        .map((key) => Number(key.slice(role.length + kind.length + 2)))
        .sort((a, b) => a - b),
  };
}

function sameGrid(a: RegularWeatherGrid, b: RegularWeatherGrid): boolean {
  return (
    a === b ||
    (a.columns === b.columns &&
      a.stepLonDeg === b.stepLonDeg &&
      a.firstLonDeg === b.firstLonDeg &&
      a.latitudesDeg.length === b.latitudesDeg.length &&
      a.latitudesDeg.every((lat, i) => lat === b.latitudesDeg[i]))
  );
}
