/**
 * Characteristic functions by moments of a window that ends at the sample: the Z-detector (Swindell and Snell 1977; Withers et al. 1998) and
 * kurtosis (Saragiotis et al. 2002, doi:10.1109/TGRS.2002.800438).
 */

/** Samples after which running sums are made anew, so that rounding does not gather. */
const RENEWED = 4096;

function windowLength(windowSec: number, sampleRateHz: number, least: number): number {
  const length = Math.round(windowSec * sampleRateHz);
  if (!(length >= least && Number.isFinite(length)))
    throw new RangeError(`a window of ${windowSec} s at ${sampleRateHz} Hz has fewer than ${least} samples`);
  return length;
}

/** The energy of the window, in standard deviations from its mean over the whole trace; 0 until the first window is full, and for silence. */
export function zDetector(samples: ArrayLike<number>, sampleRateHz: number, windowSec: number): Float64Array {
  const length = windowLength(windowSec, sampleRateHz, 1);
  const n = samples.length;
  const energy = new Float64Array(n);
  if (n < length) return energy;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (i >= length && i % RENEWED === 0) {
      sum = 0;
      for (let k = i - length + 1; k <= i; k++) sum += samples[k]! ** 2;
    } else sum += samples[i]! ** 2 - (i >= length ? samples[i - length]! ** 2 : 0);
    energy[i] = sum;
  }
  const full = energy.subarray(length - 1);
  const mean = full.reduce((a, v) => a + v, 0) / full.length;
  const deviation = Math.sqrt(full.reduce((a, v) => a + (v - mean) ** 2, 0) / full.length);
  energy.fill(0, 0, length - 1);
  // Below this the energy is one and the same but for rounding.
  const varies = deviation > 1e-9 * mean;
  for (let i = length - 1; i < n; i++) energy[i] = varies ? (energy[i]! - mean) / deviation : 0;
  return energy;
}

/** Fourth moment over the second's square, about the window's mean: 3 for Gaussian noise; 0 until the first window is full, and for silence. */
export function kurtosis(samples: ArrayLike<number>, sampleRateHz: number, windowSec: number): Float64Array {
  const length = windowLength(windowSec, sampleRateHz, 4);
  const n = samples.length;
  const result = new Float64Array(n);
  // Powers are summed about a level near the window's mean, so that an offset does not drown them.
  let level = 0;
  let [s1, s2, s3, s4] = [0, 0, 0, 0];
  const take = (i: number, sign: number) => {
    const d = samples[i]! - level;
    const q = d * d;
    s1 += sign * d;
    s2 += sign * q;
    s3 += sign * q * d;
    s4 += sign * q * q;
  };
  for (let i = length - 1; i < n; i++) {
    if ((i - length + 1) % RENEWED === 0) {
      level = 0;
      for (let k = i - length + 1; k <= i; k++) level += samples[k]! / length;
      [s1, s2, s3, s4] = [0, 0, 0, 0];
      for (let k = i - length + 1; k <= i; k++) take(k, 1);
    } else {
      take(i, 1);
      take(i - length, -1);
    }
    const m = s1 / length;
    const m2 = s2 / length - m * m;
    const m4 = s4 / length - (4 * m * s3) / length + (6 * m * m * s2) / length - 3 * m ** 4;
    if (m2 > 1e-12 * (s2 / length) && m2 > 0) result[i] = Math.max(0, m4 / (m2 * m2));
  }
  return result;
}
