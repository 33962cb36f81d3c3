/**
 * The discrete Fourier transform of a fixed power-of-two length, in place on separate real and imaginary parts (Cooley and Tukey 1965,
 * radix 2).
 *
 *     const fourier = fourierOf(4096);
 *     fourier.inverse(re, im); // sum of X[k] exp(+2 pi i k n / N), without a factor
 */

export interface Fourier {
  readonly size: number;
  /** X[k] = sum of x[n] exp(-2 pi i k n / N). */
  forward(re: Float64Array, im: Float64Array): void;
  /** x[n] = sum of X[k] exp(+2 pi i k n / N), without the factor 1 / N. */
  inverse(re: Float64Array, im: Float64Array): void;
}

const made = new Map<number, Fourier>();

/** The transform of one length, a power of two; tables are built at first use and kept. */
export function fourierOf(size: number): Fourier {
  let fourier = made.get(size);
  if (!fourier) made.set(size, (fourier = createFourier(size)));
  return fourier;
}

function createFourier(size: number): Fourier {
  if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`a transform needs a power of two, not ${size}`);
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
