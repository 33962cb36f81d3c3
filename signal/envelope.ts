/** The analytic signal of a trace, and its envelope (Taner et al. 1979, doi:10.1190/1.1440994). */
import { fourierOf } from "./fourier.ts";
import { nextPowerOfTwo } from "./spectrum.ts";

/** Zeros behind the trace, as a share of its length, so that its end does not reach its beginning. */
const PADDING = 0.1;

/** The Hilbert transform of the trace: each frequency a quarter of a turn later. */
export function quadrature(samples: ArrayLike<number>): Float64Array {
  const n = samples.length;
  if (n === 0) return new Float64Array(0);
  const size = nextPowerOfTwo(Math.ceil(n * (1 + PADDING)));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(samples);
  const fourier = fourierOf(size);
  fourier.forward(re, im);
  // Positive frequencies twice, negative ones not at all; the mean and the Nyquist frequency have no quadrature.
  for (let k = 1; k < size / 2; k++) {
    re[k]! *= 2;
    im[k]! *= 2;
  }
  re.fill(0, size / 2 + 1);
  im.fill(0, size / 2 + 1);
  fourier.inverse(re, im);
  return im.slice(0, n).map((v) => v / size);
}

/** Modulus of the analytic signal. */
export function envelope(samples: ArrayLike<number>): Float64Array {
  return quadrature(samples).map((v, i) => Math.hypot(v, samples[i]!));
}
