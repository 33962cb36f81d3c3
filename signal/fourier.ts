/**
 * The discrete Fourier transform of a fixed length, in place on separate real and imaginary parts of f64 (Cooley and Tukey 1965, radix 2;
 * other lengths by Bluestein's chirp). Real traces in f32 go faster by realFourier.ts.
 *
 *     const fourier = fourierOf(4096);
 *     fourier.inverse(re, im); // sum of X[k] exp(+2 pi i k n / N), without a factor
 */
import { createBluestein } from "./bluestein.ts";

export interface Fourier {
  readonly size: number;
  /** X[k] = sum of x[n] exp(-2 pi i k n / N). */
  forward(re: Float64Array, im: Float64Array): void;
  /** x[n] = sum of X[k] exp(+2 pi i k n / N), without the factor 1 / N. */
  inverse(re: Float64Array, im: Float64Array): void;
}

const made = new Map<number, Fourier>();
/** Longer traces are cut into pieces before they are transformed. */
const MAX_SIZE = 2 ** 26;

/** The transform of one length; tables are built at first use and kept. Throws RangeError for a length that is not 1 to 2^26. */
export function fourierOf(size: number): Fourier {
  let fourier = made.get(size);
  if (fourier) return fourier;
  if (!(Number.isInteger(size) && size >= 1 && size <= MAX_SIZE))
    throw new RangeError(`a transform has a length of 1 to ${MAX_SIZE}, not ${size}`);
  fourier = (size & (size - 1)) === 0 ? createFourier(size) : createBluestein(size, fourierOf);
  made.set(size, fourier);
  return fourier;
}

function createFourier(size: number): Fourier {
  const bits = Math.log2(size);
  const reversed = Uint32Array.from({ length: size }, (_, i) => {
    let r = 0;
    for (let b = 0; b < bits; b++) r |= ((i >> b) & 1) << (bits - 1 - b);
    return r;
  });
  // Twiddles of each stage stand one after the other, so that the inner loop reads them in order.
  const cos = new Float64Array(size);
  const sin = new Float64Array(size);
  for (let half = 1; half < size; half *= 2) {
    for (let j = 0; j < half; j++) {
      cos[half + j] = Math.cos((Math.PI * j) / half);
      sin[half + j] = -Math.sin((Math.PI * j) / half);
    }
  }
  const forward = (re: Float64Array, im: Float64Array) => {
    for (let i = 0; i < size; i++) {
      const j = reversed[i]!;
      if (j <= i) continue;
      const r = re[i]!;
      const m = im[i]!;
      re[i] = re[j]!;
      im[i] = im[j]!;
      re[j] = r;
      im[j] = m;
    }
    for (let half = 1; half < size; half *= 2) {
      for (let start = 0; start < size; start += 2 * half) {
        for (let j = 0; j < half; j++) {
          const c = cos[half + j]!;
          const s = sin[half + j]!;
          const a = start + j;
          const b = a + half;
          const br = re[b]!;
          const bi = im[b]!;
          const tr = br * c - bi * s;
          const ti = br * s + bi * c;
          const ar = re[a]!;
          const ai = im[a]!;
          re[a] = ar + tr;
          im[a] = ai + ti;
          re[b] = ar - tr;
          im[b] = ai - ti;
        }
      }
    }
  };
  // Swapping the parts turns the forward transform into the inverse one.
  return { size, forward, inverse: (re, im) => forward(im, re) };
}
