/**
 * Spectral coefficients. Simple: the first real coefficient as a number, the rest packed. Complex: a triangle of low wave numbers as numbers; the rest
 * multiplied by (n (n + 1))^P before packing, so that small scales are as precise as large ones.
 */
import { unpackIntegers } from "./bits.ts";
import type { Scaling } from "./scaling.ts";

/** Coefficients from the first one and the packed others; null when the scaling is absurd. */
export function unpackSpectralSimple(
  bytes: Uint8Array,
  bits: number,
  truncation: number,
  first: number,
  { offset, step }: Scaling,
): Float64Array | null {
  const values = new Float64Array((truncation + 1) * (truncation + 2));
  const packed = new Float64Array(values.length - 1);
  unpackIntegers(bytes, 0, bits, packed.length, packed);
  values[0] = first;
  for (let i = 0; i < packed.length; i++) values[i + 1] = offset + packed[i]! * step;
  for (let n = 0; n <= truncation; n++) values[2 * n + 1] = 0;
  return values.every(Number.isFinite) ? values : null;
}

export interface ComplexSpectral {
  readonly truncation: number;
  /** Truncation of the triangle that is not packed. */
  readonly unpackedTruncation: number;
  /** Number k of the unpacked triangle. */
  readonly unpacked: (k: number) => number;
  readonly bits: number;
  readonly laplacePower: number;
  /** GRIB1's encoders multiply the last degree of the unpacked triangle as well; ecCodes undoes it for every centre, and so do we. */
  readonly lastDegreeMultiplied: boolean;
}

/** Null when the scaling is absurd. */
export function unpackSpectralComplex(
  bytes: Uint8Array,
  packing: ComplexSpectral,
  { offset, step }: Scaling,
): Float64Array | null {
  const { truncation, unpackedTruncation, unpacked, bits, laplacePower } = packing;
  const values = new Float64Array((truncation + 1) * (truncation + 2));
  const packed = new Float64Array(values.length - triangle(unpackedTruncation));
  unpackIntegers(bytes, 0, bits, packed.length, packed);
  let [at, fromTriangle, fromPacked] = [0, 0, 0];
  for (let m = 0; m <= truncation; m++)
    for (let n = m; n <= truncation; n++) {
      const factor = (n * (n + 1)) ** -laplacePower;
      const plain = n < unpackedTruncation || (n === unpackedTruncation && !packing.lastDegreeMultiplied);
      for (let part = 0; part < 2; part++) {
        const value = n <= unpackedTruncation ? unpacked(fromTriangle++) : offset + packed[fromPacked++]! * step;
        // A zonal coefficient is real; packing leaves something of an imaginary part.
        values[at++] = m === 0 && part === 1 ? 0 : plain ? value : value * factor;
      }
    }
  return values.every(Number.isFinite) ? values : null;
}

/** Numbers in a triangle of coefficients. */
export const triangle = (truncation: number): number => (truncation + 1) * (truncation + 2);
