/**
 * Power spectral density by Welch's method (Welch 1967, doi:10.1109/TAU.1967.1161901): the mean of the spectra of stretches that overlap, each
 * without its trend and under a window; one-sided, so that its sum times the frequency step is the trace's power.
 *
 *     const { frequenciesHz, density } = powerSpectralDensity(samples, 40, { segment: 4096, overlap: 0.75 });
 */
import { realFourierOf } from "./realFourier.ts";
import { taper } from "./spectrum.ts";

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
  const fourier = realFourierOf(segment);
  const { bins } = fourier;
  const x = new Float64Array(segment);
  const narrow = new Float32Array(segment);
  const [re, im] = [new Float32Array(bins), new Float32Array(bins)];
  const middle = (segment - 1) / 2;
  const energy = window.reduce((sum, w) => sum + w * w, 0);
  return {
    segment,
    frequenciesHz: Float64Array.from({ length: bins }, (_, k) => (k * sampleRateHz) / segment),
    density(samples) {
      const sum = new Float64Array(bins);
      let count = 0;
      for (let from = 0; from + segment <= samples.length; from += hop, count++) {
        if (samples instanceof Float64Array) x.set(samples.subarray(from, from + segment));
        else for (let i = 0; i < segment; i++) x[i] = samples[from + i]!;
        // The least-squares line, about the first sample so that an offset does not drown the rest.
        const [base] = x as unknown as [number];
        let [total, moment, squares] = [0, 0, 0];
        for (let i = 0; i < segment; i++) {
          const d = x[i]! - base;
          total += d;
          moment += (i - middle) * d;
          squares += d * d;
        }
        const slope = moment / ((segment * (segment * segment - 1)) / 12);
        const level = base + total / segment - slope * middle;
        // To a power of about 1, so that f32 holds what is squared, whatever the unit.
        const size = Math.sqrt(squares / segment);
        if (size === 0) continue;
        const scale = 1 / size;
        for (let i = 0; i < segment; i++) narrow[i] = (x[i]! - level - slope * i) * scale * window[i]!;
        fourier.forward(narrow, re, im);
        const weight = size * size;
        for (let k = 0; k < bins; k++) sum[k]! += (re[k]! * re[k]! + im[k]! * im[k]!) * weight;
      }
      if (count === 0) return null;
      const scale = 2 / (count * sampleRateHz * energy);
      return sum.map((v, k) => (k === 0 || k === bins - 1 ? (v * scale) / 2 : v * scale));
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
