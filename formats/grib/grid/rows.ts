/** Latitude circles of both editions: from what a message tells of a grid to rows and columns. */
import type { ReducedWeatherGrid, RegularWeatherGrid } from "@harken/core";
import { gaussianLatitudes } from "./gaussian.ts";
import { NORTHWARD, WESTWARD } from "./scan.ts";

/** Figures of a grid in degrees, as the message has them. */
export interface RowsTold {
  /** Null where the rows have different numbers of points. */
  readonly columns: number | null;
  readonly rows: number;
  readonly firstLatDeg: number;
  readonly firstLonDeg: number;
  readonly lastLatDeg: number;
  readonly lastLonDeg: number;
  /** Steps, where the message gives them. */
  readonly stepLatDeg: number | null;
  readonly stepLonDeg: number | null;
  /** N of a Gaussian grid. */
  readonly gaussian: number | null;
  /** Points of each row of a reduced grid. */
  readonly pointsPerRow: Int32Array | null;
  readonly scanning: number;
  /** To what the message's angles are rounded. */
  readonly roundingDeg: number;
}

/** Largest N of a Gaussian grid; ECMWF's finest has 2000. */
const MAX_GAUSSIAN = 4000;

/** Most rows of a grid, as edition 1 can tell them. */
const MAX_ROWS = 65_535;

const positive = (deg: number) => ((deg % 360) + 360) % 360;

/** The grid, or what is wrong in words. */
export function gridOfRows(told: RowsTold): RegularWeatherGrid | ReducedWeatherGrid | string {
  if (told.rows > MAX_ROWS) return `it has ${told.rows} rows`;
  const latitudes = told.gaussian === null ? equalSteps(told) : gaussianRows(told, told.gaussian);
  if (typeof latitudes === "string") return latitudes;
  return told.pointsPerRow ? reduced(told, told.pointsPerRow, latitudes) : regular(told, latitudes);
}

function equalSteps({ rows, firstLatDeg, lastLatDeg, stepLatDeg, scanning }: RowsTold): Float64Array | string {
  const told = rows > 1 ? (lastLatDeg - firstLatDeg) / (rows - 1) : 0;
  // Where the last latitude repeats the first, the increment and the direction of scanning tell.
  const step = told !== 0 || rows === 1 ? told : (stepLatDeg ?? 0) * (scanning & NORTHWARD ? 1 : -1);
  const last = firstLatDeg + step * (rows - 1);
  if (Math.max(Math.abs(firstLatDeg), Math.abs(last)) > 90.001)
    return `its latitudes go from ${firstLatDeg} to ${last}`;
  return Float64Array.from({ length: rows }, (_, r) => Math.max(-90, Math.min(90, firstLatDeg + r * step)));
}

/** Rows of the Gaussian grid from the one nearest to the first latitude on. */
function gaussianRows({ rows, firstLatDeg, scanning }: RowsTold, n: number): Float64Array | string {
  if (n < 1 || n > MAX_GAUSSIAN) return `it is a Gaussian grid of N ${n}`;
  const all = gaussianLatitudes(n);
  let nearest = 0;
  for (let i = 1; i < all.length; i++)
    if (Math.abs(all[i]! - firstLatDeg) < Math.abs(all[nearest]! - firstLatDeg)) nearest = i;
  const step = scanning & NORTHWARD ? -1 : 1;
  const last = nearest + step * (rows - 1);
  if (last < 0 || last >= all.length) return `its ${rows} rows from ${firstLatDeg} deg leave the Gaussian grid N ${n}`;
  return Float64Array.from({ length: rows }, (_, r) => all[nearest + step * r]!);
}

function regular(told: RowsTold, latitudesDeg: Float64Array): RegularWeatherGrid | string {
  const columns = told.columns!;
  const westward = (told.scanning & WESTWARD) !== 0;
  const [west, east] = westward ? [told.lastLonDeg, told.firstLonDeg] : [told.firstLonDeg, told.lastLonDeg];
  const span = positive(east - west);
  let step = columns > 1 ? (span === 0 && told.stepLonDeg ? told.stepLonDeg : span / (columns - 1)) : 360;
  // Last longitudes are rounded; a step that nearly closes the circle closes it.
  if (Math.abs(step * columns - 360) <= 2 * told.roundingDeg * (columns / Math.max(1, columns - 1)) + 1e-9)
    step = 360 / columns;
  if (!(step > 0)) return `its columns from ${west} to ${east} deg have no width`;
  return { kind: "regular", latitudesDeg, firstLonDeg: west, stepLonDeg: step, columns, gaussian: told.gaussian };
}

function reduced(told: RowsTold, pointsPerRow: Int32Array, latitudesDeg: Float64Array): ReducedWeatherGrid | string {
  if (told.scanning & WESTWARD) return "its rows of different length run westward";
  const most = pointsPerRow.reduce((m, n) => Math.max(m, n), 1);
  const span = positive(told.lastLonDeg - told.firstLonDeg);
  const closes = span + 360 / most + 2 * told.roundingDeg >= 360;
  const { firstLonDeg, lastLonDeg, gaussian } = told;
  return { kind: "reduced", latitudesDeg, pointsPerRow, firstLonDeg, lastLonDeg: closes ? null : lastLonDeg, gaussian };
}
