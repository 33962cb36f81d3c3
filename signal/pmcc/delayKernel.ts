/** The kernel of correlations at many lags, and the products of one window. */
import { openKernel } from "@harken/core";
import { wasmBase64 } from "../kernels/slidingDelays.wasm.ts";

export const delayKernel = openKernel<{
  heap(): number;
  energy(x: number, to: number, count: number): void;
  blockSums(x: number, y: number, step: number, row: number, width: number): void;
  slide(...args: number[]): void;
}>(wasmBase64);

/** Lags that the kernel takes together. */
const TOGETHER = 8;

/** Sums of x[i] y[i + lag] for `count` lags from 0 on, over all of x; y has `count` - 1 samples more, at least. */
export function laggedProducts(x: Float64Array, y: Float64Array, count: number): Float64Array {
  const { exports, memory } = delayKernel;
  const width = TOGETHER * Math.ceil(count / TOGETHER);
  const n = x.length + (x.length & 1);
  const base = memory.reserve(8 * (2 * n + 2 * width)) / 8;
  const [yAt, row] = [base + n, base + 2 * n + width];
  const f64 = memory.f64();
  f64.set(x, base);
  f64.set(y.subarray(0, x.length + count - 1), yAt);
  f64.fill(0, yAt + x.length + count - 1, row);
  exports.blockSums(8 * base, 8 * yAt, x.length, 8 * row, width);
  return f64.slice(row, row + count);
}
