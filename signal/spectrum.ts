/** Real traces in the frequency domain: spectra, and filtering by any frequency response. */
import type { Complex } from "@harken/core";
import { fourierOf } from "./fourier.ts";

export function nextPowerOfTwo(n: number): number {
  let size = 2;
  while (size < n) size *= 2;
  return size;
}

/** Removes the least-squares line, in place. */
export function removeTrend(x: Float64Array): Float64Array {
  const n = x.length;
  if (n < 2) return x.fill(0);
  const middle = (n - 1) / 2;
  let sum = 0;
  let moment = 0;
  for (let i = 0; i < n; i++) {
    sum += x[i]!;
    moment += (i - middle) * x[i]!;
  }
  const mean = sum / n;
  const slope = moment / ((n * (n * n - 1)) / 12);
  for (let i = 0; i < n; i++) x[i]! -= mean + slope * (i - middle);
  return x;
}

/** Cosine taper over `fraction` of the length at each end, in place. */
export function taper(x: Float64Array, fraction: number): Float64Array {
  const edge = Math.floor(x.length * fraction);
  for (let i = 0; i < edge; i++) {
    const w = 0.5 * (1 - Math.cos((Math.PI * (i + 0.5)) / edge));
    x[i]! *= w;
    x[x.length - 1 - i]! *= w;
  }
  return x;
}

/**
 * The trace multiplied by a response in the frequency domain. Zero-padded to twice its length, so that nothing wraps round. `response` is
 * asked for frequencies from 0 to half the sample rate, Hz; null means zero.
 */
export function applyResponse(
  samples: Float64Array,
  sampleRateHz: number,
  response: (frequencyHz: number) => Complex | null,
): Float64Array {
  const size = nextPowerOfTwo(2 * samples.length);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(samples);
  const fourier = fourierOf(size);
  fourier.forward(re, im);
  for (let k = 0; k <= size / 2; k++) {
    const h = response((k * sampleRateHz) / size);
    const [hr, hi] = h ? [h.re, h.im] : [0, 0];
    const mirror = (size - k) % size;
    const [a, b] = [re[k]!, im[k]!];
    re[k] = a * hr - b * hi;
    im[k] = a * hi + b * hr;
    if (mirror !== k) {
      re[mirror] = re[k]!;
      im[mirror] = -im[k]!;
    } else im[k] = 0;
  }
  fourier.inverse(re, im);
  const out = re.slice(0, samples.length);
  for (let i = 0; i < out.length; i++) out[i]! /= size;
  return out;
}
