/**
 * Delays between the traces of one band, in windows that slide along. Products are summed over blocks of one step and the sums of a window's
 * blocks added, so a window costs no more for overlapping the one before: ten windows on the same data cost as much as one.
 *
 *     const delays = planDelays(filtered, { step: 24, blocks: 5 }, 60);
 *     const { samples, correlations } = delays.sliding(0, 1, 60); // of every window
 *     const delay = delays.near(0, 3, 17, -4.2, 6); // of one window, near an expected delay
 *
 * All traces stand in the kernel's memory, each between stretches of silence as long as the longest lag.
 */
import { openKernel } from "@harken/core";
import { wasmBase64 } from "../kernels/slidingDelays.wasm.ts";
import { peakOffset } from "./correlationPeak.ts";

/** Windows of `blocks` steps of `step` samples; the k-th begins at sample k * step. */
export interface SlidingWindows {
  readonly step: number;
  readonly blocks: number;
}

export interface Delay {
  /** Samples by which the second trace is later than the first. */
  readonly samples: number;
  readonly correlation: number;
}

export interface SlidingDelays {
  /** Samples by which the second trace is later, by window; 0 where the correlation is 0. */
  readonly samples: Float64Array;
  /** Largest normalised correlation within the lags; 0 where there is no peak between the ends, or silence. */
  readonly correlations: Float64Array;
}

export interface BandDelays {
  /** Every window of trace a against b, for lags up to `maxLag` samples to both sides. What lies beyond the ends of b counts as silence. */
  sliding(a: number, b: number, maxLag: number): SlidingDelays;
  /**
   * The largest correlation of one window of trace a with b as much later as `nearSamples`, give or take `reach`; null when it lies at the edge
   * of the search, or where one of the two is silent or ends.
   */
  near(a: number, b: number, window: number, nearSamples: number, reach: number): Delay | null;
}

const { exports, memory } = openKernel<{
  heap(): number;
  weigh(x: number, to: number, length: number, count: number): void;
  blockSums(x: number, y: number, step: number, row: number, width: number): void;
  slide(...args: number[]): void;
}>(wasmBase64);

/** Lags that the kernel takes together. */
const TOGETHER = 8;
/** Numbers that the kernel gives for a window. */
const RESULT = 4;

const wholeGroups = (lags: number): number => TOGETHER * Math.ceil(lags / TOGETHER);

export const windowCount = (samples: number, { step, blocks }: SlidingWindows): number =>
  Math.max(0, Math.floor(samples / step) - blocks + 1);

/** Whose traces stand in the kernel's memory. */
let owner: object | null = null;

/** Traces of one length; no lag of `sliding` goes beyond `mostLag`. */
export function planDelays(traces: readonly Float64Array[], windows: SlidingWindows, mostLag: number): BandDelays {
  const { step, blocks } = windows;
  const total = traces[0]!.length;
  const length = step * blocks;
  const count = windowCount(total, windows);
  const margin = wholeGroups(mostLag);
  // What is read as whole groups of lags ends within a group after the margin.
  const stride = wholeGroups(total + 2 * margin + 2 * TOGETHER);
  const weights = traces.length * stride;
  const self = {};
  /** Where the traces stand, in numbers; their weights stand `weights` further on, and room for `work` numbers twice as far. */
  const layOut = (work: number): number => {
    const data = memory.reserve(8 * (2 * weights + work)) / 8;
    if (owner === self) return data;
    owner = self;
    const f64 = memory.f64();
    traces.forEach((trace, j) => {
      const at = data + j * stride;
      f64.fill(0, at, at + stride);
      f64.set(trace, at + margin);
      exports.weigh(8 * at, 8 * (at + weights), length, stride - length);
    });
    return data;
  };
  return {
    sliding(a, b, maxLag) {
      if (maxLag > mostLag) throw new RangeError(`a lag of ${maxLag} samples where the plan has ${mostLag} at most`);
      const samples = new Float64Array(count);
      const correlations = new Float64Array(count);
      if (count === 0) return { samples, correlations };
      const lags = 2 * maxLag + 1;
      const width = wholeGroups(lags);
      const scratch = (2 * blocks + 2) * width;
      const data = layOut(scratch + RESULT * count);
      const [x, y] = [data + a * stride + margin, data + b * stride + margin - maxLag];
      const rows = data + 2 * weights;
      const places = [x, y, x + weights, y + weights].map((at) => 8 * at);
      exports.slide(...places, step, blocks, count, lags, width, 8 * rows, 8 * (rows + scratch));
      const f64 = memory.f64();
      for (let window = 0; window < count; window++) {
        const place = rows + scratch + RESULT * window;
        const lag = f64[place]!;
        if (lag < 0) continue;
        samples[window] = lag - maxLag + peakOffset(f64[place + 1]!, f64[place + 2]!, f64[place + 3]!);
        correlations[window] = f64[place + 2]!;
      }
      return { samples, correlations };
    },
    near(a, b, window, nearSamples, reach) {
      const first = Math.round(nearSamples) - reach;
      const lags = 2 * reach + 1;
      const from = window * step;
      if (window < 0 || window >= count || from + first < 0 || from + first + lags - 1 + length > total) return null;
      const width = wholeGroups(lags);
      const data = layOut(width);
      const x = data + a * stride + margin + from;
      const y = data + b * stride + margin + from + first;
      const row = data + 2 * weights;
      exports.blockSums(8 * x, 8 * y, length, 8 * row, width);
      const f64 = memory.f64();
      const own = f64[x + weights]!;
      const correlation = (lag: number) => {
        const weight = f64[y + weights + lag]! * own;
        return weight > 0 ? f64[row + lag]! * weight : 0;
      };
      let best = 0;
      for (let lag = 1; lag < lags; lag++) if (correlation(lag) > correlation(best)) best = lag;
      const most = correlation(best);
      if (best === 0 || best === lags - 1 || !(most > 0)) return null;
      const samples = first + best + peakOffset(correlation(best - 1), most, correlation(best + 1));
      return { samples, correlation: most };
    },
  };
}
