/**
 * The discrete Fourier transform of a length that is no power of two, as a convolution with a chirp (Bluestein 1970,
 * doi:10.1109/TAU.1970.1162132).
 */
import type { Fourier } from "./fourier.ts";

/** `powerOfTwo` gives the transforms that this one is made of. */
export function createBluestein(size: number, powerOfTwo: (size: number) => Fourier): Fourier {
  let length = 2;
  while (length < 2 * size - 1) length *= 2;
  const inner = powerOfTwo(length);
  // exp(-j pi n^2 / N), with n^2 taken modulo 2 N so that the angle stays exact.
  const cos = new Float64Array(size);
  const sin = new Float64Array(size);
  for (let n = 0, square = 0; n < size; n++) {
    cos[n] = Math.cos((Math.PI * square) / size);
    sin[n] = -Math.sin((Math.PI * square) / size);
    square = (square + 2 * n + 1) % (2 * size);
  }
  const chirpRe = new Float64Array(length);
  const chirpIm = new Float64Array(length);
  for (let n = 0; n < size; n++) {
    chirpRe[n] = chirpRe[(length - n) % length] = cos[n]! / length;
    chirpIm[n] = chirpIm[(length - n) % length] = -sin[n]! / length;
  }
  inner.forward(chirpRe, chirpIm);
  const a = new Float64Array(length);
  const b = new Float64Array(length);
  const forward = (re: Float64Array, im: Float64Array): void => {
    for (let n = 0; n < size; n++) {
      a[n] = re[n]! * cos[n]! - im[n]! * sin[n]!;
      b[n] = re[n]! * sin[n]! + im[n]! * cos[n]!;
    }
    a.fill(0, size);
    b.fill(0, size);
    inner.forward(a, b);
    for (let k = 0; k < length; k++) {
      const r = a[k]! * chirpRe[k]! - b[k]! * chirpIm[k]!;
      b[k] = a[k]! * chirpIm[k]! + b[k]! * chirpRe[k]!;
      a[k] = r;
    }
    inner.inverse(a, b);
    for (let k = 0; k < size; k++) {
      re[k] = a[k]! * cos[k]! - b[k]! * sin[k]!;
      im[k] = a[k]! * sin[k]! + b[k]! * cos[k]!;
    }
  };
  return { size, forward, inverse: (re, im) => forward(im, re) };
}
