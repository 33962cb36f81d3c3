/**
 * Delays of two traces in windows that slide along. Products are summed over blocks of one step and the sums of a window's blocks added, so a
 * window costs no more for overlapping the one before: ten windows on the same data cost as much as one.
 */
import { peakOffset } from "./correlationPeak.ts";

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
  const lags = 2 * maxLag + 1;
  // Rounded up to whole groups of four lags, which are summed together.
  const width = Math.ceil(lags / 4) * 4;
  const padded = new Float64Array(x.length + 2 * maxLag + width - lags);
  padded.set(y.subarray(0, x.length), maxLag);
  const energyX = runningEnergy(x);
  const energyY = runningEnergy(padded);
  const rows = new Float64Array(blocks * width);
  const values = new Float64Array(lags);
  for (let block = 0; block < count + blocks - 1; block++) {
    const row = (block % blocks) * width;
    blockSums(x, padded, block * step, step, rows, row, width);
    const window = block - blocks + 1;
    if (window < 0) continue;
    const from = window * step;
    const length = step * blocks;
    const own = energyX[from + length]! - energyX[from]!;
    if (!(own > 0)) continue;
    let best = 0;
    for (let lag = 0; lag < lags; lag++) {
      const other = energyY[from + lag + length]! - energyY[from + lag]!;
      let sum = 0;
      for (let at = lag; at < rows.length; at += width) sum += rows[at]!;
      values[lag] = other > 0 ? sum / Math.sqrt(own * other) : 0;
      if (values[lag]! > values[best]!) best = lag;
    }
    if (best === 0 || best === lags - 1 || !(values[best]! > 0)) continue;
    samples[window] = best - maxLag + peakOffset(values[best - 1]!, values[best]!, values[best + 1]!);
    correlations[window] = values[best]!;
  }
  return { samples, correlations };
}

/** Sums of x[i] y[i + lag] over one block, for every lag. */
function blockSums(
  x: Float64Array,
  padded: Float64Array,
  from: number,
  step: number,
  rows: Float64Array,
  row: number,
  width: number,
): void {
  for (let lag = 0; lag < width; lag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = from, end = from + step; i < end; i++) {
      const value = x[i]!;
      const at = i + lag;
      a += value * padded[at]!;
      b += value * padded[at + 1]!;
      c += value * padded[at + 2]!;
      d += value * padded[at + 3]!;
    }
    rows[row + lag] = a;
    rows[row + lag + 1] = b;
    rows[row + lag + 2] = c;
    rows[row + lag + 3] = d;
  }
}

function runningEnergy(x: Float64Array): Float64Array {
  const energy = new Float64Array(x.length + 1);
  for (let i = 0; i < x.length; i++) energy[i + 1] = energy[i]! + x[i]! * x[i]!;
  return energy;
}
