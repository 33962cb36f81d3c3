/** Bitmaps: which points of a grid have a value. */
import type { Values } from "./packing/scaling.ts";

/** Number of points with a value; null when the bitmap is too short for `size` points. */
export function pointsPresent(bitmap: Uint8Array, size: number): number | null {
  if (bitmap.length * 8 < size) return null;
  let count = 0;
  const whole = size >> 3;
  for (let i = 0; i < whole; i++) {
    let byte = bitmap[i]!;
    for (; byte; byte &= byte - 1) count++;
  }
  for (let i = whole * 8; i < size; i++) count += (bitmap[i >> 3]! >> (7 - (i & 7))) & 1;
  return count;
}

/** Values of the points present at their places, NaN between. */
export function spread(present: Values, bitmap: Uint8Array, size: number): Values {
  const values = present instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0, k = 0; i < size; i++) values[i] = (bitmap[i >> 3]! >> (7 - (i & 7))) & 1 ? present[k++]! : Number.NaN;
  return values;
}
