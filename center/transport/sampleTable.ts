/**
 * Samples and emitters in tables that a person can write: comma-separated, the first line naming the columns, in any order, more columns allowed.
 *
 *     station,lat,lon,sample_start,sample_stop,conc_Bq_m3,uncertainty_Bq_m3,mdc_Bq_m3
 *     JPX38,36.30,139.08,2013-04-08T00:00Z,2013-04-08T12:00Z,1.9e-3,2e-4,2e-4
 */
import type { Emitter, MeasuredSample, SamplePlace } from "@harken/atmosphere";
import { parseTime } from "@harken/core";
import { centerErrors } from "../errors.ts";

export interface ListedSample extends SamplePlace {
  /** Null where the table has no concentrations. */
  readonly measured: MeasuredSample | null;
}

/** The samples of a table; `path` names it in errors. Throws BAD_TABLE. */
export function parseSamples(text: string, path: string): ListedSample[] {
  return readTable(text, path, ["station", "lat", "lon", "sample_start", "sample_stop"], (row) => {
    const concentration = row.number("conc_Bq_m3");
    const sample = {
      station: row.text("station"),
      ...row.place(),
      sampleStart: row.time("sample_start")!,
      sampleStop: row.time("sample_stop")!,
      measured:
        concentration === null
          ? null
          : {
              bqPerM3: concentration,
              uncertaintyBqPerM3: row.number("uncertainty_Bq_m3") ?? 0,
              mdcBqPerM3: row.number("mdc_Bq_m3"),
            },
    };
    if (!(sample.sampleStop > sample.sampleStart)) row.fail("sampling ends before it begins");
    return sample;
  });
}

export function parseInventory(text: string, path: string): Emitter[] {
  return readTable(text, path, ["name", "lat", "lon", "bq_per_s"], (row) => ({
    name: row.text("name"),
    ...row.place(),
    bqPerSec: row.number("bq_per_s") ?? row.fail("there is no rate"),
    uncertaintyShare: row.number("uncertainty_share") ?? 0.5,
    from: row.time("from", false),
    to: row.time("to", false),
  }));
}

interface Row {
  text(column: string): string;
  /** Null where the column is absent or empty. */
  number(column: string): number | null;
  time(column: string, needed?: boolean): number | null;
  place(): { latitudeDeg: number; longitudeDeg: number };
  fail(reason: string): never;
}

function readTable<T>(text: string, path: string, needed: readonly string[], make: (row: Row) => T): T[] {
  const lines = text.split(/\r?\n/);
  const names = lines[0]!.split(",").map((name) => name.trim());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw centerErrors.make("BAD_TABLE", { path, line: 1, reason: `there is no column ${missing.join(", ")}` });
  const rows = lines.flatMap((line, i) =>
    i === 0 || line.trim() === "" || line.startsWith("#") ? [] : [make(rowOf(path, i + 1, names, line.split(",")))],
  );
  if (rows.length === 0) throw centerErrors.make("BAD_TABLE", { path, line: lines.length, reason: "it has no rows" });
  return rows;
}

function rowOf(path: string, line: number, names: readonly string[], values: readonly string[]): Row {
  const fail = (reason: string): never => {
    throw centerErrors.make("BAD_TABLE", { path, line, reason });
  };
  const text = (column: string) => values[names.indexOf(column)]?.trim() ?? "";
  const number = (column: string) => {
    const value = text(column);
    if (value === "") return null;
    return Number.isFinite(Number(value)) ? Number(value) : fail(`${column} is "${value}", which is no number`);
  };
  return {
    text,
    number,
    fail,
    time(column, isNeeded = true) {
      const value = text(column);
      if (value === "" && !isNeeded) return null;
      return parseTime(value) ?? fail(`${column} is "${value}", which is no time such as 2013-04-08T12:00Z`);
    },
    place() {
      const [latitudeDeg, longitudeDeg] = [number("lat"), number("lon")];
      if (latitudeDeg === null || longitudeDeg === null || Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360)
        return fail("lat and lon are no place");
      return { latitudeDeg, longitudeDeg };
    },
  };
}
