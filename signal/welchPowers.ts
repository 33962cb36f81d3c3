/**
 * The sum of the powers of a trace's stretches, each without its least-squares line and under a window: the work of psd.ts, by the kernel for
 * stretches of a power of two, and plainly for others.
 */
import { fourierKernel, isKernelSize, placeBytes, realFourierOf, tableOf } from "./realFourier.ts";

export interface PowerSum {
  /** |X|^2 of a real transform's bins, summed over the stretches. */
  readonly sum: Float64Array;
  readonly count: number;
}

/** Sums the stretches that begin every `hop` samples. */
export type PowerSummer = (samples: Float64Array, hop: number) => PowerSum;

export const planPowers = (window: Float64Array): PowerSummer =>
  isKernelSize(window.length) ? kernelPowers(window) : plainPowers(window);

/** The least-squares line of a stretch and its scale, from the sums of its samples less `base`; null for a stretch of one value. */
function lineOf(segment: number, base: number, total: number, moment: number, squares: number) {
  const slope = moment / ((segment * (segment * segment - 1)) / 12);
  // To a power of about 1, so that f32 holds what is squared, whatever the unit.
  const size = Math.sqrt(squares / segment);
  return size === 0 ? null : { slope, level: base + total / segment - (slope * (segment - 1)) / 2, size };
}

export function kernelPowers(window: Float64Array): PowerSummer {
  const segment = window.length;
  const half = segment / 2;
  const bins = half + 1;
  const table = tableOf(half);
  const { exports, memory } = fourierKernel;
  const place = placeBytes(half);
  return (samples, hop) => {
    const [r, i, r2, i2, trace, x, by, sum] = memory.reserveAll([
      ...([place, place, place, place] as const),
      ...([4 * segment, 8 * segment, 8 * segment, 8 * (bins + 1)] as const),
    ]);
    const f64 = memory.f64();
    f64.set(window, by / 8);
    f64.fill(0, sum / 8, sum / 8 + bins + 1);
    let count = 0;
    for (let from = 0; from + segment <= samples.length; from += hop, count++) {
      f64.set(samples.subarray(from, from + segment), x / 8);
      const base = samples[from]!;
      const at = exports.moments(x, segment, base) / 8;
      const line = lineOf(segment, base, f64[at]!, f64[at + 1]!, f64[at + 2]!);
      if (!line) continue;
      exports.flatten(x, by, trace, segment, line.level, line.slope, 1 / line.size);
      exports.split(trace, r, i, half);
      const [re, im] = exports.forward(table, r, i, r2, i2, half) === 0 ? [r, i] : [r2, i2];
      exports.toReal(table, re, im, half);
      exports.addPower(re, im, sum, bins, line.size * line.size);
    }
    return { sum: f64.slice(sum / 8, sum / 8 + bins), count };
  };
}

export function plainPowers(window: Float64Array): PowerSummer {
  const segment = window.length;
  const fourier = realFourierOf(segment);
  const { bins } = fourier;
  const narrow = new Float32Array(segment);
  const [re, im] = [new Float32Array(bins), new Float32Array(bins)];
  const middle = (segment - 1) / 2;
  return (samples, hop) => {
    const sum = new Float64Array(bins);
    let count = 0;
    for (let from = 0; from + segment <= samples.length; from += hop, count++) {
      const base = samples[from]!;
      let [total, moment, squares] = [0, 0, 0];
      for (let i = 0; i < segment; i++) {
        // About the first sample, so that an offset does not drown the rest.
        const d = samples[from + i]! - base;
        total += d;
        moment += (i - middle) * d;
        squares += d * d;
      }
      const line = lineOf(segment, base, total, moment, squares);
      if (!line) continue;
      const { level, slope, size } = line;
      for (let i = 0; i < segment; i++) narrow[i] = ((samples[from + i]! - level - slope * i) / size) * window[i]!;
      fourier.forward(narrow, re, im);
      for (let k = 0; k < bins; k++) sum[k]! += (re[k]! * re[k]! + im[k]! * im[k]!) * size * size;
    }
    return { sum, count };
  };
}
