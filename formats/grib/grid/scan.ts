/**
 * Scanning modes (flag table 3.4 of GRIB2, table 8 of GRIB1): values in the order of the file become rows from west to east. The order of the rows
 * stays the file's.
 */
import type { Values } from "../packing/scaling.ts";

export const WESTWARD = 0x80;
export const NORTHWARD = 0x40;
export const COLUMNS_FIRST = 0x20;
export const ALTERNATING = 0x10;
/** Rows and columns shifted by half a step, which no grid here has. */
export const STAGGERED = 0x0f;

/** Values of `rows` by `columns` points as rows from west to east; the same array where nothing is to do. */
export function arrange(values: Values, rows: number, columns: number, scanning: number): Values {
  let result = values;
  if (scanning & COLUMNS_FIRST) {
    result = values.slice();
    for (let c = 0; c < columns; c++) {
      const turned = (scanning & ALTERNATING) !== 0 && c % 2 === 1;
      for (let r = 0; r < rows; r++) result[r * columns + c] = values[c * rows + (turned ? rows - 1 - r : r)]!;
    }
  }
  const alternating = (scanning & (ALTERNATING | COLUMNS_FIRST)) === ALTERNATING;
  for (let r = 0; r < rows; r++) {
    const turned = (scanning & WESTWARD) !== 0;
    if (turned !== (alternating && r % 2 === 1)) result.subarray(r * columns, (r + 1) * columns).reverse();
  }
  return result;
}
