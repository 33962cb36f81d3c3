/** Simple packing (GRIB1 without flags, GRIB2 template 5.0): integers of one width. The usual widths have loops of their own. */
import { unpackIntegers } from "./bits.ts";
import { roomFor, type Scaling, type Values } from "./scaling.ts";

/** `count` values; the bytes must be there. Null when the scaling is absurd. */
export function unpackSimple(bytes: Uint8Array, bits: number, count: number, scaling: Scaling): Values | null {
  const values = roomFor(count, scaling, 2 ** bits - 1);
  if (!values) return null;
  const { offset, step } = scaling;
  if (bits === 0) {
    values.fill(offset);
  } else if (bits === 8) {
    for (let i = 0; i < count; i++) values[i] = offset + bytes[i]! * step;
  } else if (bits === 12) {
    unpack12(bytes, count, scaling, values);
  } else if (bits === 16) {
    for (let i = 0, at = 0; i < count; i++, at += 2) values[i] = offset + ((bytes[at]! << 8) | bytes[at + 1]!) * step;
  } else if (bits === 24) {
    for (let i = 0, at = 0; i < count; i++, at += 3)
      values[i] = offset + ((bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!) * step;
  } else {
    // Through integers, a stretch at a time: scaling rounded values in place would lose precision.
    const stretch = new Uint32Array(Math.min(count, STRETCH));
    for (let from = 0; from < count; from += STRETCH) {
      const length = Math.min(STRETCH, count - from);
      unpackIntegers(bytes, from * bits, bits, length, stretch);
      for (let i = 0; i < length; i++) values[from + i] = offset + stretch[i]! * step;
    }
  }
  return values;
}

/** Small enough for the first-level cache. */
const STRETCH = 4096;

/** Two values in three bytes. */
function unpack12(bytes: Uint8Array, count: number, { offset, step }: Scaling, values: Values): void {
  const pairs = count >> 1;
  for (let k = 0, at = 0; k < pairs; k++, at += 3) {
    const middle = bytes[at + 1]!;
    values[2 * k] = offset + ((bytes[at]! << 4) | (middle >> 4)) * step;
    values[2 * k + 1] = offset + (((middle & 15) << 8) | bytes[at + 2]!) * step;
  }
  if (count % 2 === 1) values[count - 1] = offset + ((bytes[3 * pairs]! << 4) | (bytes[3 * pairs + 1]! >> 4)) * step;
}
