/**
 * The discrete Fourier transform of real f32 traces of a fixed length: powers of two by the kernel, other lengths in f64 by fourier.ts.
 *
 *     const fourier = realFourierOf(8192);
 *     fourier.forward(x, re, im); // X[k] = sum of x[n] exp(-2 pi i k n / N), k = 0 to N / 2
 */
import { openKernel } from "@harken/core";
import { fourierOf } from "./fourier.ts";
import { wasmBase64 } from "./kernels/fourier.wasm.ts";

export interface RealFourier {
  readonly size: number;
  /** Values of the transform: the whole part of size / 2, and one. */
  readonly bins: number;
  forward(x: Float32Array, re: Float32Array, im: Float32Array): void;
  /** The trace again, with the factor 1 / N. */
  inverse(re: Float32Array, im: Float32Array, x: Float32Array): void;
}

export const fourierKernel = openKernel<{
  heap(): number;
  tableBytes(size: number): number;
  prepare(table: number, size: number): void;
  forward(table: number, re: number, im: number, re2: number, im2: number, size: number): 0 | 1;
  split(x: number, re: number, im: number, size: number): void;
  join(re: number, im: number, x: number, size: number, scale: number): void;
  toReal(table: number, re: number, im: number, size: number): void;
  fromReal(table: number, re: number, im: number, size: number): void;
  timesConjugate(ar: number, ai: number, br: number, bi: number, re: number, im: number, count: number): void;
  demean(x: number, to: number, count: number, mean: number, factor: number): void;
  scales(x: number, to: number, count: number, length: number, mean: number, factor: number, floor: number): void;
  sums(x: number, count: number, shift: number): number;
  multiply(x: number, by: number, to: number, count: number): void;
  moments(x: number, count: number, base: number): number;
  flatten(x: number, window: number, to: number, count: number, level: number, slope: number, scale: number): void;
  addPower(re: number, im: number, sum: number, count: number, weight: number): void;
}>(wasmBase64);

/** Smallest length that the kernel takes. */
const LEAST = 8;
/** Arrays of one transform stand this many bytes further apart than a power of two: else they share lines of the cache. */
const APART = 320;

const tables = new Map<number, number>();

/** Where the kernel has its tables for a complex transform of `half` values. */
export function tableOf(half: number): number {
  let table = tables.get(half);
  if (table === undefined) {
    table = fourierKernel.memory.keep(fourierKernel.exports.tableBytes(half));
    fourierKernel.exports.prepare(table, half);
    tables.set(half, table);
  }
  return table;
}

/** Bytes for one array of `half` + 1 values. */
export const placeBytes = (half: number): number => 4 * half + 64 + APART;

/** Whether the kernel has transforms of this length. */
export const isKernelSize = (size: number): boolean => size >= LEAST && (size & (size - 1)) === 0;

const made = new Map<number, RealFourier>();

/** The transform of one length; what it needs is built at first use and kept. Throws RangeError for a length that is none. */
export function realFourierOf(size: number): RealFourier {
  let fourier = made.get(size);
  if (!fourier) {
    made.set(size, (fourier = isKernelSize(size) ? createKernelFourier(size) : createWideFourier(size)));
  }
  return fourier;
}

function createKernelFourier(size: number): RealFourier {
  const half = size / 2;
  const table = tableOf(half);
  const bins = half + 1;
  const { exports, memory } = fourierKernel;
  const places = (): [number, number, number, number, number] => {
    const step = placeBytes(half);
    const base = memory.reserve(4 * step + 4 * size);
    return [base, base + step, base + 2 * step, base + 3 * step, base + 4 * step];
  };
  return {
    size,
    bins,
    forward(x, re, im) {
      const [r, i, r2, i2, trace] = places();
      const f32 = memory.f32();
      f32.set(x.subarray(0, size), trace / 4);
      exports.split(trace, r, i, half);
      const [a, b] = exports.forward(table, r, i, r2, i2, half) === 0 ? [r, i] : [r2, i2];
      exports.toReal(table, a, b, half);
      re.set(f32.subarray(a / 4, a / 4 + bins));
      im.set(f32.subarray(b / 4, b / 4 + bins));
    },
    inverse(re, im, x) {
      const [r, i, r2, i2, trace] = places();
      const f32 = memory.f32();
      f32.set(re.subarray(0, bins), r / 4);
      f32.set(im.subarray(0, bins), i / 4);
      exports.fromReal(table, r, i, half);
      // Parts changed over: the transform forwards is the one back.
      const [a, b] = exports.forward(table, i, r, i2, r2, half) === 0 ? [r, i] : [r2, i2];
      exports.join(a, b, trace, half, 1 / size);
      x.set(f32.subarray(trace / 4, trace / 4 + size));
    },
  };
}

function createWideFourier(size: number): RealFourier {
  const fourier = fourierOf(size);
  const bins = Math.floor(size / 2) + 1;
  const [re64, im64] = [new Float64Array(size), new Float64Array(size)];
  return {
    size,
    bins,
    forward(x, re, im) {
      re64.set(x.subarray(0, size));
      im64.fill(0);
      fourier.forward(re64, im64);
      re.set(re64.subarray(0, bins));
      im.set(im64.subarray(0, bins));
    },
    inverse(re, im, x) {
      for (let k = 0; k < bins; k++) {
        re64[k] = re64[(size - k) % size] = re[k]!;
        im64[k] = im[k]!;
        im64[(size - k) % size] = -im[k]!;
      }
      im64[0] = 0;
      if (size % 2 === 0) im64[size / 2] = 0;
      fourier.inverse(re64, im64);
      for (let n = 0; n < size; n++) x[n] = re64[n]! / size;
    },
  };
}
