/** Reading a table of two axes: linear in both, constant beyond the ends of an axis; an axis of one point says nothing of its quantity. */
import { cellOf } from "@harken/core";

/** The cell of a rising list that holds a value, and how far into it: at most the ends. */
export function within(points: readonly number[], at: number): [index: number, share: number] {
  if (points.length < 2) return [0, 0];
  const [index, share] = cellOf(points, at);
  return [index, Math.min(1, Math.max(0, share))];
}

/** Between the four values around a place: `f` of the way from `row` to the next, `g` from `column` to the next. */
export function bilinear(
  rows: readonly (readonly number[])[],
  row: number,
  f: number,
  column: number,
  g: number,
): number {
  const here = along(rows[row]!, column, g);
  return f === 0 ? here : here + (along(rows[row + 1]!, column, g) - here) * f;
}

function along(values: readonly number[], column: number, g: number): number {
  const here = values[column]!;
  return g === 0 ? here : here + (values[column + 1]! - here) * g;
}
