/**
 * Capon's frequency-wavenumber spectrum (Capon 1969, doi:10.1109/PROC.1969.7278): at each slowness the least power that a beam can have that
 * lets the wave from there through, 1 / (e* R^-1 e). It tells apart waves that the plain beam takes for one.
 *
 *     const power = planCapon(elements, 40, 400, search).grid(windows);
 */
import { choleskyFactor } from "@harken/core";
import type { ElementOffset, SlownessSearch } from "./fk.ts";
import { fourierOf } from "./fourier.ts";
import { nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";

export interface CaponOptions {
  /** Half-overlapping stretches of a window over which the elements' cross-spectra are averaged. 7 when not given. */
  readonly stretches?: number;
  /** Noise added to each element, as a share of its power: keeps the matrix regular. 0.01 when not given. */
  readonly loading?: number;
}

export interface CaponPlan {
  /**
   * Power over the grid of `planSlowness`, rows from south to north, mean over frequencies, where each element's own power is 1 in the mean;
   * 0 beyond the largest slowness and for silence.
   */
  grid(windows: readonly ArrayLike<number>[]): Float64Array;
}

/** Power by slowness of one frequency's matrix R (real and imaginary part, row-major), for steering of `angles` rad by element. */
export function caponPower(re: Float64Array, im: Float64Array, angles: readonly Float64Array[]): Float64Array {
  const n = Math.sqrt(re.length);
  // The Hermitian matrix as a real one of twice the size.
  const m = 2 * n;
  const factor = new Float64Array(m * m);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      factor[a * m + b] = factor[(a + n) * m + b + n] = re[a * n + b]!;
      factor[(a + n) * m + b] = im[a * n + b]!;
      factor[a * m + b + n] = -im[a * n + b]!;
    }
  if (!choleskyFactor(factor, m)) return new Float64Array(angles.length);
  const y = new Float64Array(m);
  return Float64Array.from(angles, (angle) => {
    // |L^-1 e|^2 = e* R^-1 e.
    let sum = 0;
    for (let i = 0; i < m; i++) {
      let v = i < n ? Math.cos(angle[i]!) : Math.sin(angle[i - n]!);
      for (let k = 0; k < i; k++) v -= factor[i * m + k]! * y[k]!;
      y[i] = v / factor[i * m + i]!;
      sum += y[i]! * y[i]!;
    }
    return 1 / sum;
  });
}

/** Windows of `length` samples at three elements or more; throws RangeError for what does not fit. */
export function planCapon(
  elements: readonly ElementOffset[],
  sampleRateHz: number,
  length: number,
  { lowHz, highHz, maxSlownessSecPerKm, gridCount }: SlownessSearch,
  { stretches = 7, loading = 0.01 }: CaponOptions = {},
): CaponPlan {
  const n = elements.length;
  if (n < 3) throw new RangeError(`a slowness needs three elements, not ${n}`);
  if (gridCount % 2 !== 1) throw new RangeError(`a grid has an odd number of points, not ${gridCount}`);
  const own = Math.floor((2 * length) / (stretches + 1));
  if (!(stretches >= 1 && own >= 8)) throw new RangeError(`${length} samples are too few for ${stretches} stretches`);
  const size = nextPowerOfTwo(own);
  const first = Math.max(1, Math.ceil((lowHz * size) / sampleRateHz));
  const last = Math.min(size / 2 - 1, Math.floor((highHz * size) / sampleRateHz));
  const middle = (gridCount - 1) / 2;
  const step = maxSlownessSecPerKm / middle;
  const points: { at: number; delays: Float64Array }[] = [];
  for (let row = -middle; row <= middle; row++)
    for (let column = -middle; column <= middle; column++)
      if (Math.hypot(row, column) <= middle + 1e-9)
        points.push({
          at: (row + middle) * gridCount + column + middle,
          delays: Float64Array.from(elements, ({ northKm, eastKm }) => step * (row * northKm + column * eastKm)),
        });
  const fourier = fourierOf(size);
  return {
    grid(windows) {
      const power = new Float64Array(gridCount * gridCount);
      const spectra = Array.from({ length: stretches }, (_, s) =>
        windows.map((window) => {
          const from = Math.floor((s * own) / 2);
          const [re, im] = [new Float64Array(size), new Float64Array(size)];
          re.set(taper(removeTrend(Float64Array.from({ length: own }, (_, i) => window[from + i]!)), 0.25));
          fourier.forward(re, im);
          return { re, im };
        }),
      );
      let used = 0;
      for (let k = first; k <= last; k++) {
        const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
        for (const stretch of spectra)
          for (let a = 0; a < n; a++)
            for (let b = 0; b < n; b++) {
              const [x, y] = [stretch[a]!, stretch[b]!];
              re[a * n + b]! += x.re[k]! * y.re[k]! + x.im[k]! * y.im[k]!;
              im[a * n + b]! += x.im[k]! * y.re[k]! - x.re[k]! * y.im[k]!;
            }
        // Each element to power 1: one on soft ground weighs no more than the others.
        const scale = Float64Array.from({ length: n }, (_, a) => 1 / Math.sqrt(re[a * n + a]!));
        if (!scale.every(Number.isFinite)) continue;
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++) {
            re[a * n + b]! *= scale[a]! * scale[b]!;
            im[a * n + b]! *= scale[a]! * scale[b]!;
          }
        for (let a = 0; a < n; a++) re[a * n + a]! += loading;
        const omega = (2 * Math.PI * k * sampleRateHz) / size;
        // An element nearer to the source records earlier: its phase is ahead.
        const found = caponPower(
          re,
          im,
          points.map(({ delays }) => delays.map((delay) => omega * delay)),
        );
        for (const [i, { at }] of points.entries()) power[at]! += found[i]!;
        used++;
      }
      return used > 0 ? power.map((p) => p / used) : power;
    },
  };
}
