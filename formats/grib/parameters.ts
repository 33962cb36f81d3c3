/**
 * Names of parameters by the tables in `tables/`. A row may ask for a type of level, its value, the second level and the kind of statistic; of the rows
 * that fit, the one that asks for most names the field. A centre's own table comes before the WMO's.
 */
import type { WeatherParameter } from "@harken/core";
import { ECMWF_GRIB2 } from "./tables/ecmwf2.ts";
import { ECMWF_TABLE_128 } from "./tables/ecmwf128.ts";
import { NCEP_GRIB2 } from "./tables/ncep2.ts";
import { WMO_GRIB1 } from "./tables/wmo1.ts";
import { WMO_METEOROLOGY } from "./tables/wmo2Meteorology.ts";
import { WMO_SURFACE } from "./tables/wmo2Surface.ts";

/** What of a field may make its name, numbered as the message does. */
export interface NamedBy {
  readonly levelType: number;
  /** In the unit of the level type. */
  readonly levelValue: number;
  readonly secondLevelType: number;
  /** Kind of statistic over an interval; null for a state at one time. */
  readonly statistic: number | null;
}

interface Row {
  readonly shortName: string;
  readonly units: string;
  readonly name: string;
  readonly levelType: number | null;
  readonly levelValue: number | null;
  readonly secondLevelType: number | null;
  readonly statistic: number | null;
}

type Table = ReadonlyMap<string, readonly Row[]>;

const ROW = /^([\d.]+)(?:@(\d+)(?::([\d.]+))?)?(?:\+(\d+))?(?:~(\d+))? ([^|]+)\|([^|]*)\|(.*)$/;

export const ECMWF = 98;
export const NCEP = 7;

function readTable(text: string): Table {
  const rows = new Map<string, Row[]>();
  for (const line of text.split("\n")) {
    const m = ROW.exec(line);
    if (!m) continue;
    const [, code, levelType, levelValue, secondLevelType, statistic, shortName, units, name] = m;
    const number = (part: string | undefined) => (part === undefined ? null : Number(part));
    const row: Row = {
      shortName: shortName!,
      units: units!,
      name: name!,
      levelType: number(levelType),
      levelValue: number(levelValue),
      secondLevelType: number(secondLevelType),
      statistic: number(statistic),
    };
    const known = rows.get(code!);
    if (known) known.push(row);
    else rows.set(code!, [row]);
  }
  return rows;
}

const made = new Map<string, Table>();

/** Tables are read when a file first needs them. */
function tableOf(text: string): Table {
  let table = made.get(text);
  if (!table) made.set(text, (table = readTable(text)));
  return table;
}

/** Centre, table version and parameter of a GRIB1 message. */
export function parameterOf1(centre: number, table: number, parameter: number, by: NamedBy): WeatherParameter {
  const code = `${table}.${parameter}`;
  if (table <= 3) return named(code, find(tableOf(WMO_GRIB1), String(parameter), by), centre);
  // Table 128 is ECMWF's; other centres that use it mean the same.
  return named(code, table === 128 ? find(tableOf(ECMWF_TABLE_128), String(parameter), by) : null, centre);
}

/** Discipline, category and number of a GRIB2 message. */
export function parameterOf2(centre: number, code: string, by: NamedBy): WeatherParameter {
  const own = centre === ECMWF ? ECMWF_GRIB2 : centre === NCEP ? NCEP_GRIB2 : null;
  const row =
    (own && find(tableOf(own), code, by)) ??
    find(tableOf(WMO_METEOROLOGY), code, by) ??
    find(tableOf(WMO_SURFACE), code, by);
  return named(code, row, centre);
}

function find(table: Table, code: string, by: NamedBy): Row | null {
  let [best, most] = [null as Row | null, -1];
  for (const row of table.get(code) ?? []) {
    const asked = (["levelType", "levelValue", "secondLevelType", "statistic"] as const).filter((k) => row[k] !== null);
    if (asked.every((k) => row[k] === by[k]) && asked.length > most) [best, most] = [row, asked.length];
  }
  return best;
}

function named(code: string, row: Row | null, centre: number): WeatherParameter {
  if (!row) return { shortName: "unknown", name: `Parameter ${code} of centre ${centre}`, units: "", code };
  return { shortName: row.shortName, name: row.name, units: row.units, code };
}
