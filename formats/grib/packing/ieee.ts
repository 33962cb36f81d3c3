/** Values as they are (template 5.4): IEEE 754 single (precision 1) or double (2), highest byte first. What is no finite number becomes NaN. */
import type { Values } from "./scaling.ts";

/** Bytes of one value; null for a precision that is not read. */
export const ieeeWidth = (precision: number): number | null => (precision === 1 ? 4 : precision === 2 ? 8 : null);

export function unpackIeee(bytes: Uint8Array, width: number, count: number): Values {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = width === 4 ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = width === 4 ? view.getFloat32(4 * i) : view.getFloat64(8 * i);
    values[i] = Number.isFinite(value) ? value : Number.NaN;
  }
  return values;
}
