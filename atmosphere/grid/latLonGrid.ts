/**
 * A regular grid of cells on the globe, as source-receptor and meteorological fields use it. Cells are numbered west to east, then south to
 * north; the first cell's south-west corner is the grid's origin.
 *
 *     const grid = globalGrid(1);
 *     cellIndex(grid, 48.2, 16.4);
 */
import { EARTH_RADIUS_KM, RADIANS_PER_DEGREE } from "@harken/core";

export interface LatLonGrid {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly stepLatDeg: number;
  readonly stepLonDeg: number;
  readonly rows: number;
  readonly columns: number;
}

/** The whole globe in cells of `stepDeg`, which must divide 180. */
export function globalGrid(stepDeg: number): LatLonGrid {
  const rows = Math.round(180 / stepDeg);
  if (!(rows > 0) || Math.abs(rows * stepDeg - 180) > 1e-9) throw new RangeError(`${stepDeg} deg does not divide 180`);
  return { southDeg: -90, westDeg: -180, stepLatDeg: stepDeg, stepLonDeg: stepDeg, rows, columns: 2 * rows };
}

/** True where the columns close around the globe. */
export function isGlobalInLongitude({ stepLonDeg, columns }: Pick<LatLonGrid, "stepLonDeg" | "columns">): boolean {
  return Math.abs(stepLonDeg * columns - 360) < 1e-6;
}

/** Index of the cell that holds a place; -1 outside the grid. The northern edge belongs to the last row. */
export function cellIndex(grid: LatLonGrid, latitudeDeg: number, longitudeDeg: number): number {
  let row = Math.floor((latitudeDeg - grid.southDeg) / grid.stepLatDeg);
  if (row === grid.rows && latitudeDeg <= grid.southDeg + grid.rows * grid.stepLatDeg + 1e-9) row--;
  const east = (((longitudeDeg - grid.westDeg) % 360) + 360) % 360;
  const column = Math.floor(east / grid.stepLonDeg);
  return row >= 0 && row < grid.rows && column >= 0 && column < grid.columns ? row * grid.columns + column : -1;
}

/** Centre of a cell, deg. */
export function cellCentre(grid: LatLonGrid, index: number): { latitudeDeg: number; longitudeDeg: number } {
  const row = Math.floor(index / grid.columns);
  const column = index % grid.columns;
  const longitude = grid.westDeg + (column + 0.5) * grid.stepLonDeg;
  return {
    latitudeDeg: grid.southDeg + (row + 0.5) * grid.stepLatDeg,
    longitudeDeg: longitude >= 180 ? longitude - 360 : longitude,
  };
}

/** Area of each cell of a row on the sphere, km^2. */
export function cellAreaKm2({ southDeg, stepLatDeg, stepLonDeg }: LatLonGrid, row: number): number {
  const south = (southDeg + row * stepLatDeg) * RADIANS_PER_DEGREE;
  const north = south + stepLatDeg * RADIANS_PER_DEGREE;
  return EARTH_RADIUS_KM ** 2 * stepLonDeg * RADIANS_PER_DEGREE * (Math.sin(north) - Math.sin(south));
}
