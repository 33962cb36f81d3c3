/** The grid that source-receptor fields have in common, found from their cells: centres write the middles of cells or the points of a grid. */
import { isoTime, type SourceReceptorField } from "@harken/core";
import type { LatLonGrid } from "../grid/latLonGrid.ts";

/** Coordinates of files have two decimals, and are kept in single precision. */
const TOLERANCE_DEG = 0.011;

/**
 * A grid of the globe with a cell around each of the fields' cells. Throws RangeError, with a sentence that names the sample, where one field has another
 * size of cells or others' cells in between.
 */
export function commonGrid(fields: readonly SourceReceptorField[]): LatLonGrid {
  const [first] = fields;
  if (!first) throw new RangeError("there are no source-receptor fields");
  const { stepLatDeg, stepLonDeg } = first;
  const name = ({ station, sampleStop }: SourceReceptorField) => `${station} to ${isoTime(sampleStop, 0)}`;
  const south = { shift: Number.NaN, by: "" };
  const west = { shift: Number.NaN, by: "" };
  for (const field of fields) {
    if (Math.abs(field.stepLatDeg - stepLatDeg) > 1e-6 || Math.abs(field.stepLonDeg - stepLonDeg) > 1e-6)
      throw new RangeError(
        `the field of ${name(field)} has cells of ${field.stepLatDeg} x ${field.stepLonDeg} deg, that of ${name(first)} ${stepLatDeg} x ${stepLonDeg}`,
      );
    for (let i = 0; i < field.values.length; i++) {
      align(south, field.cellLatitudeDeg[i]!, stepLatDeg, () => name(field));
      align(west, field.cellLongitudeDeg[i]!, stepLonDeg, () => name(field));
    }
  }
  const origin = ({ shift }: { shift: number }, step: number, edge: number) => {
    // The middle of the first cell at or above the edge; half a cell below it the grid begins.
    const middle = Number.isNaN(shift) ? edge + step / 2 : edge + ((((shift - edge) % step) + step) % step);
    return middle - step / 2;
  };
  const southDeg = origin(south, stepLatDeg, -90);
  return {
    southDeg,
    westDeg: origin(west, stepLonDeg, -180),
    stepLatDeg,
    stepLonDeg,
    rows: Math.ceil((90 - southDeg) / stepLatDeg - 1e-9),
    columns: Math.round(360 / stepLonDeg),
  };
}

function align(at: { shift: number; by: string }, value: number, step: number, name: () => string): void {
  if (Number.isNaN(at.shift)) {
    // To a multiple of half a step where it is near one, so that rounding in the file does not move the grid.
    const halves = Math.round((2 * value) / step);
    const shift = Math.abs(value - (halves * step) / 2) < TOLERANCE_DEG ? (halves * step) / 2 : value;
    at.shift = shift;
    at.by = name();
    return;
  }
  const apart = (value - at.shift) / step;
  if (Math.abs(apart - Math.round(apart)) * step > TOLERANCE_DEG)
    throw new RangeError(`the cells of ${name()} lie between those of ${at.by}`);
}
