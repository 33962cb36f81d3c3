/**
 * From packed integers to values: Y = (R + X 2^E) 10^-D (Manual on Codes, regulation 92.9.4). The values are float32 where that tells neighbouring
 * integers apart, float64 otherwise.
 */

export interface Scaling {
  /** Value of X = 0 and step of X, decimal scale applied. */
  readonly offset: number;
  readonly step: number;
}

export type Values = Float32Array | Float64Array;

/** What is said where a scaling is absurd. */
export const ABSURD = "the scale factors lead out of the floating-point numbers";

export function scalingOf(reference: number, binaryScale: number, decimalScale: number): Scaling {
  const decimal = 10 ** -decimalScale;
  return { offset: reference * decimal, step: 2 ** binaryScale * decimal };
}

/** Relative spacing of float32. */
const FLOAT32_SPACING = 2 ** -23;

/** Room for values with X up to `largest`; null when the scaling leads out of the floating-point numbers. */
export function roomFor(count: number, { offset, step }: Scaling, largest: number): Values | null {
  const bound = Math.abs(offset) + step * largest;
  if (!Number.isFinite(bound) || !(step >= 0)) return null;
  const fits = bound < 3e38 && (largest === 0 ? Math.fround(offset) === offset : bound * FLOAT32_SPACING <= step / 2);
  return fits ? new Float32Array(count) : new Float64Array(count);
}

/** Values of integers, NaN for those that are NaN; null when the scaling is absurd. */
export function scaled(integers: Int32Array | Uint32Array | Float64Array, scaling: Scaling): Values | null {
  let largest = 0;
  for (let i = 0; i < integers.length; i++) {
    const size = Math.abs(integers[i]!);
    if (size > largest) largest = size;
  }
  const values = roomFor(integers.length, scaling, largest);
  if (!values) return null;
  const { offset, step } = scaling;
  for (let i = 0; i < integers.length; i++) values[i] = offset + integers[i]! * step;
  return values;
}
