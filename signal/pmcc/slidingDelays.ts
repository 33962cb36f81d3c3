/**
 * Delays of two traces in windows that slide along. Products are summed over blocks of one step and the sums of a window's blocks added, so a
 * window costs no more for overlapping the one before: ten windows on the same data cost as much as one.
 */
import { peakOffset } from "./correlationPeak.ts";
import { delayKernel } from "./delayKernel.ts";

/** Numbers that the kernel gives for a window. */
const RESULT = 4;

/** Windows of `blocks` steps of `step` samples; the k-th begins at sample k * step. */
export interface SlidingWindows {
  readonly step: number;
  readonly blocks: number;
}

export interface SlidingDelays {
  /** Samples by which the second trace is later, by window; 0 where the correlation is 0. */
  readonly samples: Float64Array;
  /** Largest normalised correlation within the lags; 0 where there is no peak between the ends, or silence. */
  readonly correlations: Float64Array;
}

export const windowCount = (samples: number, { step, blocks }: SlidingWindows): number =>
  Math.max(0, Math.floor(samples / step) - blocks + 1);

/** Windows of x against y, for lags up to `maxLag` samples to both sides. What lies beyond the end of y counts as silence. */
export function slidingDelays(
  x: Float64Array,
  y: Float64Array,
  windows: SlidingWindows,
  maxLag: number,
): SlidingDelays {
  const { step, blocks } = windows;
  const count = windowCount(x.length, windows);
  const samples = new Float64Array(count);
  const correlations = new Float64Array(count);
  if (count === 0) return { samples, correlations };
  const lags = 2 * maxLag + 1;
  // Rounded up to whole groups of eight lags, which are summed together.
  const width = Math.ceil(lags / 8) * 8;
  const padded = x.length + width;
  const { exports, memory } = delayKernel;
  const [xAt, yAt, energyX, energyY, rows, values, out] = memory.reserveAll([
    8 * x.length,
    8 * padded,
    8 * (x.length + 1),
    8 * (padded + 1),
    8 * (2 * blocks + 1) * width,
    8 * width,
    8 * RESULT * count,
  ]);
  const f64 = memory.f64();
  f64.set(x, xAt / 8);
  f64.fill(0, yAt / 8, yAt / 8 + padded);
  f64.set(y.subarray(0, x.length), yAt / 8 + maxLag);
  exports.energy(xAt, energyX, x.length);
  exports.energy(yAt, energyY, padded);
  exports.slide(xAt, yAt, energyX, energyY, step, blocks, count, lags, width, rows, values, out);
  for (let window = 0; window < count; window++) {
    const place = out / 8 + RESULT * window;
    const lag = f64[place]!;
    if (lag < 0) continue;
    samples[window] = lag - maxLag + peakOffset(f64[place + 1]!, f64[place + 2]!, f64[place + 3]!);
    correlations[window] = f64[place + 2]!;
  }
  return { samples, correlations };
}
