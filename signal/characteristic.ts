/**
 * Characteristic functions of the energy, sample by sample: classic and recursive STA/LTA (Withers et al. 1998,
 * doi:10.1785/BSSA0880010095, as other programs compute them: from the squared trace, both windows ending at the sample).
 *
 *     const ratio = recursiveStaLta(samples, 40, { staSec: 1, ltaSec: 30 });
 *
 * Both write into `ratio` when one is given, of the length of the trace. The station detector has windows of its own (staLta.ts) that keep a signal out of its background.
 */
import { openKernel } from "@harken/core";
import { wasmBase64 } from "./kernels/staLta.wasm.ts";

export interface AverageWindows {
  readonly staSec: number;
  readonly ltaSec: number;
}

const kernel = openKernel<{
  heap(): number;
  state(): number;
  recursive(data: number, ratio: number, n: number, short: number, long: number): void;
  classic(data: number, ratio: number, n: number, nsta: number, nlta: number, scale: number): void;
}>(wasmBase64);

/** Samples that stand in the kernel's memory at once; even. */
const CHUNK = 4096;
/** The classic kernel takes at least so many times its long window at once, since that has to be copied with each chunk. */
const WINDOWS = 8;

/** Window lengths in samples. Throws RangeError unless 0 < short < long and both are finite. */
export function windowLengths({ staSec, ltaSec }: AverageWindows, sampleRateHz: number): [short: number, long: number] {
  const [short, long] = [Math.round(staSec * sampleRateHz), Math.round(ltaSec * sampleRateHz)];
  if (!(short >= 1 && long > short && Number.isFinite(long)))
    throw new RangeError(
      `windows of ${staSec} s and ${ltaSec} s at ${sampleRateHz} Hz: the short one needs a sample, the long one more than the short one`,
    );
  return [short, long];
}

/**
 * Averages that forget exponentially, with the windows as their time constants. 0 for the first long window, in which there is no background
 * yet, and where the background is silence.
 */
export function recursiveStaLta(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  windows: AverageWindows,
  ratio = new Float64Array(samples.length),
): Float64Array {
  const [short, long] = windowLengths(windows, sampleRateHz);
  const n = samples.length;
  const { exports, memory } = kernel;
  const data = memory.reserve(16 * CHUNK);
  const f64 = memory.f64();
  f64.fill(0, exports.state() / 8, exports.state() / 8 + 2);
  const source = typed(samples);
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    f64[data / 8 + count] = 0;
    f64.set(source.subarray(from, from + count), data / 8);
    exports.recursive(data, data + 8 * CHUNK, count + (count & 1), 1 / short, 1 / long);
    ratio.set(f64.subarray(data / 8 + CHUNK, data / 8 + CHUNK + count), from);
  }
  return ratio.fill(0, 0, Math.min(n, long));
}

/** Means over the last short and long window; 0 until the first long window is full, and where the background is silence. */
export function classicStaLta(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  windows: AverageWindows,
  ratio = new Float64Array(samples.length),
): Float64Array {
  const [short, long] = windowLengths(windows, sampleRateHz);
  const n = samples.length;
  if (n < long) return ratio.fill(0);
  const chunk = Math.max(CHUNK, WINDOWS * (long + (long & 1)));
  const { exports, memory } = kernel;
  const history = memory.reserve(8 * (long + 2 * chunk + 2));
  const data = history + 8 * long;
  const out = data + 8 * (chunk + 1);
  const f64 = memory.f64();
  const source = typed(samples);
  // Before the trace there is silence, so that the running sums begin at 0.
  for (let from = 0; from < n; from += chunk) {
    const count = Math.min(chunk, n - from);
    const before = Math.min(from, long);
    f64.fill(0, history / 8, data / 8);
    f64.set(source.subarray(from - before, from + count), data / 8 - before);
    f64[data / 8 + count] = 0;
    exports.classic(data, out, count + (count & 1), short, long, long / short);
    ratio.set(f64.subarray(out / 8, out / 8 + count), from);
  }
  return ratio.fill(0, 0, long - 1);
}

const typed = (samples: ArrayLike<number>): Float64Array =>
  samples instanceof Float64Array ? samples : new Float64Array(samples);
