/**
 * Which weather a run could use: the times of files, the files of each time, and whether all times have the same grid and levels. Found from what the
 * fields say of themselves, before a particle moves, so that a missing level or a cut-off file stops a run that has not begun.
 */

import { commonWindVariables, flexpartWindVariables, type WindRole, type WindVariables } from "@harken/atmosphere";
import { isoTime, type WeatherField } from "@harken/core";
import { centerErrors } from "../errors.ts";

export type WeatherHeader = Omit<WeatherField, "values">;

export interface WeatherTime {
  /** Epoch seconds. */
  readonly time: number;
  /** Indices of the files that hold fields of this time. */
  readonly files: readonly number[];
}

export interface WeatherIndex {
  /** Ascending. */
  readonly times: readonly WeatherTime[];
  readonly variables: WindVariables;
  readonly region: WeatherRegion;
}

/** What the grid covers, deg. */
export interface WeatherRegion {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  readonly eastDeg: number;
  /** All longitudes. */
  readonly closes: boolean;
}

const WIND_LEVELS = ["isobaric", "hybrid"];

/** `headers` by file. Throws NO_WEATHER, WEATHER_LEVELS, WEATHER_GRID. */
export function indexWeather(headers: readonly (readonly WeatherHeader[])[]): WeatherIndex {
  const all = headers.flat();
  const variables = tableFor(all);
  const names = (role: WindRole) =>
    new Set(variables.variables.filter((v) => v.role === role).flatMap(({ shortNames }) => shortNames));
  const [east, north] = [names("east"), names("north")];
  const isWind = ({ level, parameter, intervalStart }: WeatherHeader, set: ReadonlySet<string>) =>
    intervalStart === null && WIND_LEVELS.includes(level.kind) && set.has(parameter.shortName);
  const byTime = Map.groupBy(
    headers.flatMap((list, file) => list.map((header) => ({ header, file }))),
    ({ header }) => header.validTime,
  );
  const found = [...byTime].flatMap(([time, list]) => {
    const levels = (set: ReadonlySet<string>) =>
      new Set(list.filter(({ header }) => isWind(header, set)).map(({ header }) => levelKey(header)));
    const both = levels(north);
    const complete = [...levels(east)].filter((level) => both.has(level));
    const wind = list.find(({ header }) => isWind(header, east))?.header;
    return wind && complete.length > 0
      ? [{ time, files: [...new Set(list.map(({ file }) => file))].sort((a, b) => a - b), levels: complete, wind }]
      : [];
  });
  if (found.length === 0) throw centerErrors.make("NO_WEATHER", { count: headers.length, fields: all.length });
  found.sort((a, b) => a.time - b.time);
  checkLevels(found);
  checkGrids(found);
  return { times: found, variables, region: regionOf(found[0]!.wind) };
}

/** FLEXPART's preparation of ECMWF fields has its own name for the vertical wind. */
function tableFor(headers: readonly WeatherHeader[]): WindVariables {
  const on = (name: string) =>
    headers.some(({ parameter, level }) => parameter.shortName === name && WIND_LEVELS.includes(level.kind));
  return on("etadot") && !on("w") ? flexpartWindVariables : commonWindVariables;
}

const levelKey = ({ level }: WeatherHeader) => `${level.kind === "isobaric" ? "" : `${level.kind} `}${level.value}`;

function checkLevels(times: readonly { readonly time: number; readonly levels: readonly string[] }[]): void {
  const every = new Set(times.flatMap(({ levels }) => levels));
  for (const { time, levels } of times) {
    const missing = [...every].filter((level) => !levels.includes(level));
    if (missing.length === 0) continue;
    const shown = missing.slice(0, 6).join(", ") + (missing.length > 6 ? ` and ${missing.length - 6} more` : "");
    throw centerErrors.make("WEATHER_LEVELS", { time: isoTime(time, 0), count: missing.length, levels: shown });
  }
}

function checkGrids(times: readonly { readonly time: number; readonly wind: WeatherHeader }[]): void {
  const key = ({ grid }: WeatherHeader) =>
    JSON.stringify(grid, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value));
  const first = key(times[0]!.wind);
  const other = times.find(({ wind }) => key(wind) !== first);
  if (other)
    throw centerErrors.make("WEATHER_GRID", { time: isoTime(other.time, 0), first: isoTime(times[0]!.time, 0) });
}

function regionOf({ grid }: WeatherHeader): WeatherRegion {
  if (grid.kind !== "regular") throw centerErrors.make("WEATHER_PROJECTION", { kind: grid.kind });
  const { latitudesDeg, firstLonDeg, stepLonDeg, columns } = grid;
  const width = columns * stepLonDeg;
  const ends = [latitudesDeg[0]!, latitudesDeg.at(-1)!];
  const closes = Math.abs(width - 360) < 1e-6 || Math.abs(width - stepLonDeg - 360) < 1e-6;
  return {
    southDeg: closes ? -90 : Math.min(...ends),
    northDeg: closes ? 90 : Math.max(...ends),
    westDeg: firstLonDeg,
    eastDeg: firstLonDeg + (columns - 1) * stepLonDeg,
    closes,
  };
}

/** Throws OUTSIDE_WEATHER for a place that the region does not hold. */
export function checkPlace(name: string, latitudeDeg: number, longitudeDeg: number, region: WeatherRegion): void {
  const { southDeg, northDeg, westDeg, eastDeg, closes } = region;
  const east = (((longitudeDeg - westDeg) % 360) + 360) % 360;
  if (latitudeDeg >= southDeg && latitudeDeg <= northDeg && (closes || east <= eastDeg - westDeg)) return;
  throw centerErrors.make("OUTSIDE_WEATHER", {
    place: `${name} (${latitudeDeg}, ${longitudeDeg})`,
    region: `${southDeg} to ${northDeg} N, ${westDeg} to ${eastDeg} E`,
  });
}

/** Weather further apart says little of the time between, s. */
const LONGEST_GAP_SEC = 12 * 3600;

/** The indices of the times that a run from `from` to `to` needs. Throws WEATHER_TIMES, WEATHER_GAP. */
export function timesFor({ times }: WeatherIndex, from: number, to: number): [first: number, last: number] {
  const first = times.findLastIndex(({ time }) => time <= from);
  const last = times.findIndex(({ time }) => time >= to);
  if (first < 0 || last < 0)
    throw centerErrors.make("WEATHER_TIMES", {
      from: isoTime(times[0]!.time, 0),
      to: isoTime(times.at(-1)!.time, 0),
      needFrom: isoTime(from, 0),
      needTo: isoTime(to, 0),
    });
  for (let i = first; i < last; i++)
    if (times[i + 1]!.time - times[i]!.time > LONGEST_GAP_SEC)
      throw centerErrors.make("WEATHER_GAP", {
        from: isoTime(times[i]!.time, 0),
        to: isoTime(times[i + 1]!.time, 0),
        hours: LONGEST_GAP_SEC / 3600,
      });
  return [first, last];
}
