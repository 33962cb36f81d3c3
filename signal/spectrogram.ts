/** Spectra in windows that slide along a trace, and the cepstrum of one (Bogert et al. 1963). */
import { fourierOf } from "./fourier.ts";
import { planWelch } from "./psd.ts";
import { nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";

export interface Spectrogram {
  readonly frequenciesHz: Float64Array;
  /** Middle of each window, s from the first sample. */
  readonly timesSec: Float64Array;
  /** Power per Hz, a row for each window. */
  readonly density: readonly Float64Array[];
}

/** Windows of `length` samples (even) every `hop`, each without its trend and under a Hann window. */
export function spectrogram(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  length: number,
  hop: number,
): Spectrogram {
  if (!(Number.isInteger(hop) && hop > 0)) throw new RangeError(`windows cannot slide by ${hop} samples`);
  const plan = planWelch(sampleRateHz, { segment: length, overlap: 0 });
  const x = samples instanceof Float64Array ? samples : new Float64Array(samples);
  const density: Float64Array[] = [];
  const times: number[] = [];
  for (let from = 0; from + length <= x.length; from += hop) {
    density.push(plan.density(x.subarray(from, from + length))!);
    times.push((from + length / 2) / sampleRateHz);
  }
  return { frequenciesHz: plan.frequenciesHz, timesSec: Float64Array.from(times), density };
}

/** Lines this far below the strongest do not count: their logarithm is of rounding. */
const FLOOR = 1e-12;

/**
 * The real cepstrum: the transform back of the logarithm of the power spectrum, by quefrency i / rate up to half the transform's length. An
 * echo after T with amplitude a makes a peak of a at T; bubble pulses of an explosion in water make a train of them.
 */
export function cepstrum(samples: ArrayLike<number>): Float64Array {
  if (samples.length < 2) return new Float64Array(0);
  const size = nextPowerOfTwo(2 * samples.length);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  re.set(taper(removeTrend(new Float64Array(samples)), 0.05));
  const fourier = fourierOf(size);
  fourier.forward(re, im);
  let most = 0;
  for (let k = 0; k < size; k++) most = Math.max(most, (re[k] = re[k]! * re[k]! + im[k]! * im[k]!));
  if (!(most > 0)) return new Float64Array(size / 2);
  for (let k = 0; k < size; k++) re[k] = Math.log(Math.max(re[k]!, FLOOR * most));
  im.fill(0);
  fourier.inverse(re, im);
  return re.slice(0, size / 2).map((v) => v / size);
}
