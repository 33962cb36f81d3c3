/**
 * Fields of the globe on equal steps of latitude and longitude, as wind needs them: Gaussian and reduced grids by linear interpolation along and between
 * their rows, spherical harmonics by synthesis.
 */
import type { ReducedWeatherGrid, RegularWeatherGrid, WeatherField } from "@harken/core";
import { isGlobalInLongitude } from "./latLonGrid.ts";
import { synthesise } from "./spectral.ts";

/**
 * The field on rows from 90 N and columns from 0 E. Beyond the outermost rows the nearest one stands. Throws RangeError for a grid that is
 * not of the globe, for harmonics of a turned sphere, and for a step that does not divide 180.
 */
export function toEqualSteps(field: WeatherField, stepDeg: number): WeatherField {
  const rows = Math.round(180 / stepDeg) + 1;
  if (Math.abs((rows - 1) * stepDeg - 180) > 1e-9) throw new RangeError(`${stepDeg} deg does not divide 180`);
  const columns = 2 * (rows - 1);
  const latitudesDeg = Float64Array.from({ length: rows }, (_, r) => 90 - r * stepDeg);
  const { grid } = field;
  const target: RegularWeatherGrid = {
    kind: "regular",
    latitudesDeg,
    firstLonDeg: 0,
    stepLonDeg: stepDeg,
    columns,
    gaussian: null,
  };
  if (grid.kind === "spectral") {
    if (grid.turned) throw new RangeError("the harmonics belong to a turned sphere");
    return { ...field, grid: target, values: synthesise(field.values, grid.truncation, latitudesDeg, columns) };
  }
  if (grid.kind === "lambert") throw new RangeError("a Lambert grid is not of the globe");
  const closes = grid.kind === "reduced" ? grid.lastLonDeg === null : isGlobalInLongitude(grid);
  if (!closes) throw new RangeError("the grid is not of the whole globe");
  const valueIn = rowReader(grid, field.values);
  const values =
    field.values instanceof Float32Array ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const { row, share } = rowAt(grid.latitudesDeg, latitudesDeg[r]!);
    for (let c = 0; c < columns; c++) {
      const lon = c * stepDeg;
      const first = valueIn(row, lon);
      values[r * columns + c] = share === 0 ? first : (1 - share) * first + share * valueIn(row + 1, lon);
    }
  }
  return { ...field, grid: target, values };
}

/** The row before a latitude and how far towards the next it lies; rows run in either direction. */
function rowAt(latitudesDeg: Float64Array, lat: number): { row: number; share: number } {
  const down = latitudesDeg[0]! > latitudesDeg.at(-1)!;
  let row = 0;
  while (row < latitudesDeg.length - 2 && (down ? latitudesDeg[row + 1]! >= lat : latitudesDeg[row + 1]! <= lat)) row++;
  const share = (lat - latitudesDeg[row]!) / (latitudesDeg[row + 1]! - latitudesDeg[row]!);
  if (share >= 1) return { row: row + 1, share: 0 };
  return { row, share: Math.max(0, share) };
}

/** Linear along a row that closes around the globe. */
function rowReader(grid: RegularWeatherGrid | ReducedWeatherGrid, values: ArrayLike<number>) {
  const points = (row: number) => (grid.kind === "reduced" ? grid.pointsPerRow[row]! : grid.columns);
  const starts = new Int32Array(grid.latitudesDeg.length);
  for (let row = 1; row < starts.length; row++) starts[row] = starts[row - 1]! + points(row - 1);
  return (row: number, lonDeg: number): number => {
    const n = points(row);
    const x = ((((lonDeg - grid.firstLonDeg) % 360) + 360) % 360) * (n / 360);
    const west = Math.floor(x) % n;
    const share = x - Math.floor(x);
    const start = starts[row]!;
    const first = values[start + west]!;
    return share < 1e-9 ? first : (1 - share) * first + share * values[start + ((west + 1) % n)]!;
  };
}
