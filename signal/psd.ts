/**
 * Power spectral density by Welch's method (Welch 1967, doi:10.1109/TAU.1967.1161901): the mean of the spectra of stretches that overlap, each
 * without its trend and under a window; one-sided, so that its sum times the frequency step is the trace's power.
 *
 *     const { frequenciesHz, density } = powerSpectralDensity(samples, 40, { segment: 4096, overlap: 0.75 });
 */
import { taper } from "./spectrum.ts";
import { planPowers } from "./welchPowers.ts";

export interface WelchOptions {
  /** Samples of a stretch, even. */
  readonly segment: number;
  /** Share by which stretches overlap, 0 to below 1. */
  readonly overlap: number;
  /** Cosine flank at each end as a share of the stretch, up to 0.5 (a Hann window). 0.5 when not given. */
  readonly taperFraction?: number;
}

export interface PowerSpectrum {
  /** 0 to half the sample rate. */
  readonly frequenciesHz: Float64Array;
  /** Power per Hz, in the square of the samples' unit. */
  readonly density: Float64Array;
}

export interface WelchPlan {
  readonly segment: number;
  readonly frequenciesHz: Float64Array;
  /** Densities of `samples`; null where they are fewer than a stretch. */
  density(samples: ArrayLike<number>): Float64Array | null;
}

/** Throws RangeError for a stretch or an overlap that cannot be. */
export function planWelch(
  sampleRateHz: number,
  { segment, overlap, taperFraction = 0.5 }: WelchOptions,
  window = taper(new Float64Array(segment > 0 && segment < 2 ** 27 ? segment : 0).fill(1), taperFraction),
): WelchPlan {
  if (!(Number.isInteger(segment) && segment >= 2 && segment % 2 === 0 && segment < 2 ** 27))
    throw new RangeError(`a stretch has an even number of samples, not ${segment}`);
  if (!(overlap >= 0 && overlap < 1))
    throw new RangeError(`stretches overlap by a share of 0 to below 1, not ${overlap}`);
  const hop = Math.max(1, segment - Math.floor(overlap * segment));
  const powers = planPowers(window);
  const bins = segment / 2 + 1;
  const energy = window.reduce((sum, w) => sum + w * w, 0);
  return {
    segment,
    frequenciesHz: Float64Array.from({ length: bins }, (_, k) => (k * sampleRateHz) / segment),
    density(samples) {
      const { sum, count } = powers(samples instanceof Float64Array ? samples : new Float64Array(samples), hop);
      if (count === 0) return null;
      const scale = 2 / (count * sampleRateHz * energy);
      for (let k = 0; k < bins; k++) sum[k]! *= k === 0 || k === bins - 1 ? scale / 2 : scale;
      return sum;
    },
  };
}

/** Null where there are fewer samples than a stretch. */
export function powerSpectralDensity(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  options: WelchOptions,
): PowerSpectrum | null {
  const { frequenciesHz, density } = planWelch(sampleRateHz, options);
  const found = density(samples);
  return found && { frequenciesHz, density: found };
}
