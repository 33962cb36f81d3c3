/** Weather fields as `harken inspect` lists them: parameter, level, times, grid, and the extremes of the values. */
import { isoTime, type WeatherField, type WeatherGrid, type WeatherLevel } from "@harken/core";
import { formatTable } from "./table.ts";

export interface WeatherRow {
  readonly parameter: string;
  readonly name: string;
  readonly units: string;
  readonly level: string;
  /** Epoch seconds. */
  readonly reference: number;
  readonly valid: number;
  readonly intervalStart: number | null;
  readonly member: number | null;
  readonly grid: string;
  readonly values: number;
  readonly missing: number;
  /** Null where there is no value, and for spherical harmonics, whose mean alone stands in the coefficients. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
}

export function weatherRow(field: WeatherField): WeatherRow {
  const { parameter, values, grid } = field;
  let [minimum, maximum, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
    count++;
  }
  const spectral = grid.kind === "spectral";
  return {
    parameter: parameter.shortName,
    name: parameter.name,
    units: parameter.units,
    level: levelText(field.level),
    reference: field.referenceTime,
    valid: field.validTime,
    intervalStart: field.intervalStart,
    member: field.member,
    grid: gridText(grid),
    values: values.length,
    missing: values.length - count,
    minimum: spectral || count === 0 ? null : minimum,
    maximum: spectral || count === 0 ? null : maximum,
    mean: spectral ? values[0]! : count === 0 ? null : sum / count,
  };
}

export function weatherTable(rows: readonly WeatherRow[]): string {
  const six = (value: number | null) =>
    value === null ? null : value === 0 ? "0" : String(Number(value.toPrecision(6)));
  return formatTable(rows, [
    { title: "field", value: (r) => r.parameter },
    { title: "level", value: (r) => r.level },
    { title: "valid", value: (r) => isoTime(r.valid, 0) },
    { title: "step h", value: (r) => (r.valid - r.reference) / 3600 },
    { title: "member", value: (r) => r.member },
    { title: "grid", value: (r) => r.grid },
    { title: "missing", value: (r) => r.missing },
    { title: "min", value: (r) => six(r.minimum) },
    { title: "max", value: (r) => six(r.maximum) },
    { title: "mean", value: (r) => six(r.mean) },
    { title: "units", value: (r) => r.units },
  ]);
}

const UNITS: Readonly<Record<string, string>> = {
  isobaric: " hPa",
  heightAboveGround: " m",
  heightAboveSea: " m",
  depthBelowLand: " m",
  hybrid: "",
  sigma: "",
  isentropic: " K",
};

function levelText({ kind, value, secondValue }: WeatherLevel): string {
  const unit = UNITS[kind];
  if (unit === undefined) return value === 0 ? kind : `${kind} ${value}`;
  const number = (x: number) => Number(x.toPrecision(6));
  return `${kind} ${number(value)}${secondValue === null ? "" : ` to ${number(secondValue)}`}${unit}`;
}

function gridText(grid: WeatherGrid): string {
  switch (grid.kind) {
    case "regular":
      return `${grid.gaussian === null ? "" : `Gaussian N${grid.gaussian} `}${grid.columns} x ${grid.latitudesDeg.length}`;
    case "reduced":
      return `reduced ${grid.gaussian === null ? "" : `N${grid.gaussian} `}x ${grid.latitudesDeg.length}`;
    case "lambert":
      return `Lambert ${grid.columns} x ${grid.rows}`;
    case "spectral":
      return `T${grid.truncation}`;
  }
}
