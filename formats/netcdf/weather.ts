/**
 * Weather fields from netCDF by the CF conventions: variables over time, level of pressure, latitude and longitude become one field for each time and
 * level. Packed numbers are scaled, fill values become NaN.
 */
import {
  defaultLimits,
  type Limits,
  type Problem,
  ProblemList,
  type RegularWeatherGrid,
  type WeatherField,
  type WeatherLevel,
} from "@harken/core";
import { type NetcdfDataset, type NetcdfVariable, numberAttribute, sizeOf, textAttribute } from "./dataset.ts";
import { timeReader } from "./time.ts";

type Axis = "time" | "level" | "lat" | "lon";

export function weatherFromNetcdf(
  dataset: NetcdfDataset,
  limits: Limits = defaultLimits,
): { readonly fields: readonly WeatherField[]; readonly problems: readonly Problem[] } {
  const problems = new ProblemList(limits.maxProblems);
  const coordinates = new Map(
    dataset.variables.filter((v) => v.dimensions.length === 1 && v.dimensions[0] === v.name).map((v) => [v.name, v]),
  );
  const fields: WeatherField[] = [];
  const otherGrids = new Set<string>();
  let room = limits.maxSamples;
  for (const variable of dataset.variables) {
    if (coordinates.has(variable.name) || variable.dimensions.length < 2) continue;
    const axes = variable.dimensions.map((name) => axisOf(coordinates.get(name)));
    if (axes.at(-1) !== "lon" || axes.at(-2) !== "lat" || !leadingAxes(axes.slice(0, -2))) {
      otherGrids.add(variable.dimensions.join(", "));
      continue;
    }
    if (sizeOf(variable.shape) > room) {
      problems.error("netcdf.too-large", "The variables hold more values than are allowed; the rest was left out.");
      break;
    }
    const found = fieldsOf(variable, axes as Axis[], coordinates);
    if (typeof found === "string") {
      problems.error("netcdf.variable", `Variable ${variable.name} was left out: ${found}.`);
      continue;
    }
    room -= sizeOf(variable.shape);
    fields.push(...found);
  }
  for (const dimensions of otherGrids)
    problems.warning(
      "netcdf.grid",
      `Variables over (${dimensions}) were left out: these are not time, level of pressure, latitude and longitude.`,
    );
  return { fields, problems: problems.list() };
}

function axisOf(coordinate: NetcdfVariable | undefined): Axis | null {
  if (!coordinate) return null;
  const units = textAttribute(coordinate.attributes, "units");
  if (/^degrees?_?(north|N)$/.test(units)) return "lat";
  if (/^degrees?_?(east|E)$/.test(units)) return "lon";
  if (/ since |^day as /.test(units)) return "time";
  return PRESSURE[units] === undefined ? null : "level";
}

/** Factors to hPa. */
const PRESSURE: Readonly<Record<string, number>> = { Pa: 0.01, hPa: 1, mbar: 1, millibars: 1, mb: 1 };

const leadingAxes = (axes: readonly (Axis | null)[]) =>
  axes.every((axis, i) => axis === "level" || (axis === "time" && i === 0)) && axes.length <= 2;

function fieldsOf(
  variable: NetcdfVariable,
  axes: readonly Axis[],
  coordinates: ReadonlyMap<string, NetcdfVariable>,
): WeatherField[] | string {
  const along = (axis: Axis) => {
    const i = axes.indexOf(axis);
    return i < 0 ? null : coordinates.get(variable.dimensions[i]!)!;
  };
  const grid = gridOf(along("lat")!, along("lon")!);
  if (typeof grid === "string") return grid;
  // A file of one time need not spread its variables over it.
  const times = timesOf(along("time") ?? onlyTime(coordinates));
  if (typeof times === "string") return times;
  const levels = levelsOf(along("level"));
  if (typeof levels === "string") return levels;
  const stored = variable.read();
  if (typeof stored === "string") return stored;
  const points = grid.latitudesDeg.length * grid.columns;
  if (stored.length !== points * times.length * levels.length) return "its shape is not that of its coordinates";
  const { attributes, name } = variable;
  const parameter = {
    shortName: name,
    name: textAttribute(attributes, "long_name") || textAttribute(attributes, "standard_name") || name,
    units: textAttribute(attributes, "units"),
    code: name,
  };
  const scale = numberAttribute(attributes, "scale_factor") ?? 1;
  const offset = numberAttribute(attributes, "add_offset") ?? 0;
  const fills = ["_FillValue", "missing_value"].flatMap((key) => numberAttribute(attributes, key) ?? []);
  const isWide = stored instanceof Float64Array || stored instanceof Int32Array || stored instanceof Uint32Array;
  const fields: WeatherField[] = [];
  for (const [t, time] of times.entries())
    for (const [k, level] of levels.entries()) {
      const from = (t * levels.length + k) * points;
      const values = isWide ? new Float64Array(points) : new Float32Array(points);
      for (let i = 0; i < points; i++) {
        const value = stored[from + i]!;
        values[i] = fills.includes(value) || !Number.isFinite(value) ? Number.NaN : value * scale + offset;
      }
      const still = { referenceTime: time, validTime: time, intervalStart: null, member: null };
      fields.push({ parameter, level, centre: 0, ...still, grid, alongGrid: false, hybrid: null, values });
    }
  return fields;
}

function onlyTime(coordinates: ReadonlyMap<string, NetcdfVariable>): NetcdfVariable | null {
  const found = [...coordinates.values()].filter((c) => axisOf(c) === "time");
  return found.length === 1 && sizeOf(found[0]!.shape) === 1 ? found[0]! : null;
}

function numbersOf(coordinate: NetcdfVariable): Float64Array | string {
  const values = coordinate.read();
  if (typeof values === "string") return `coordinate ${coordinate.name} cannot be read: ${values}`;
  if (values.length === 0 || !values.every(Number.isFinite)) return `coordinate ${coordinate.name} has no numbers`;
  return Float64Array.from(values);
}

function gridOf(lat: NetcdfVariable, lon: NetcdfVariable): RegularWeatherGrid | string {
  const [latitudesDeg, longitudes] = [numbersOf(lat), numbersOf(lon)];
  if (typeof latitudesDeg === "string") return latitudesDeg;
  if (typeof longitudes === "string") return longitudes;
  const columns = longitudes.length;
  const step = columns > 1 ? (longitudes.at(-1)! - longitudes[0]!) / (columns - 1) : 360;
  // Coordinates in single precision are off by up to 2e-5.
  if (!(step > 0) || longitudes.some((x, i) => Math.abs(x - (longitudes[0]! + i * step)) > 1e-3))
    return "its longitudes do not rise in equal steps";
  if (latitudesDeg.some((x) => Math.abs(x) > 90.001)) return "its latitudes leave the globe";
  return { kind: "regular", latitudesDeg, firstLonDeg: longitudes[0]!, stepLonDeg: step, columns, gaussian: null };
}

function timesOf(coordinate: NetcdfVariable | null): readonly number[] | string {
  if (!coordinate) return [0];
  const units = textAttribute(coordinate.attributes, "units");
  const read = timeReader(units, textAttribute(coordinate.attributes, "calendar"));
  if (!read) return `its time in "${units}" is not read`;
  const values = numbersOf(coordinate);
  return typeof values === "string" ? values : Array.from(values, read);
}

function levelsOf(coordinate: NetcdfVariable | null): readonly WeatherLevel[] | string {
  if (!coordinate) return [{ kind: "surface", value: 0, secondValue: null }];
  const values = numbersOf(coordinate);
  if (typeof values === "string") return values;
  const factor = PRESSURE[textAttribute(coordinate.attributes, "units")]!;
  return Array.from(values, (value) => ({ kind: "isobaric", value: value * factor, secondValue: null }));
}
