/**
 * Frequency-wavenumber analysis of an array: the beam power over horizontal slowness (Capon 1969; Rost and Thomas 2002,
 * doi:10.1029/2000RG000100). Slowness points from the array to the source, so its azimuth is the back-azimuth.
 *
 *     const plan = planSlowness(elements, 40, 160, { lowHz: 2, highHz: 6, maxSlownessSecPerKm: 0.4, gridCount: 41 });
 *     const peak = plan.search(windows); // one window of 160 samples for each element
 *
 * Each element is brought to the same power first: an element on soft ground or in the wind weighs no more than the others.
 */
import { RADIANS_PER_DEGREE, wrapAzimuth } from "@harken/core";
import { fourierOf } from "./fourier.ts";
import { type SlownessError, slownessError } from "./slownessError.ts";
import { planGrid } from "./slownessGrid.ts";
import { nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";

export interface ElementOffset {
  readonly northKm: number;
  readonly eastKm: number;
}

export interface SlownessSearch {
  readonly lowHz: number;
  readonly highHz: number;
  /** Slownesses up to this are looked at, s/km. */
  readonly maxSlownessSecPerKm: number;
  /** Grid points along each direction, an odd number. */
  readonly gridCount: number;
}

export interface SlownessPeak extends SlownessError {
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
  readonly slownessSecPerKm: number;
  readonly backAzimuthDeg: number;
  /** Beam power over mean element power, 0 to 1. */
  readonly semblance: number;
  /** Fisher's ratio of beam to residual power: semblance / (1 - semblance) * (elements - 1). */
  readonly fStatistic: number;
}

export interface SlownessPlan {
  /**
   * The strongest slowness: best point of the grid, then refined. Null when the band holds no energy. The windows of an array that a wave
   * needs long to cross may be moved along with it: `delaysSec` tells by how much each begins later than the others.
   */
  search(windows: readonly ArrayLike<number>[], delaysSec?: readonly number[]): SlownessPeak | null;
  /** Semblance on the square grid, rows from south to north, columns from west to east; 0 beyond the largest slowness. */
  grid(windows: readonly ArrayLike<number>[], delaysSec?: readonly number[]): Float64Array;
}

const TAPER_FRACTION = 0.1;
/** How often the search halves its step around the best grid point. */
const REFINEMENTS = 7;

/** Windows of `length` samples at three elements or more; throws RangeError for fewer, and for a grid without a middle. */
export function planSlowness(
  elements: readonly ElementOffset[],
  sampleRateHz: number,
  length: number,
  search: SlownessSearch,
): SlownessPlan {
  const total = elements.length;
  if (total < 3) throw new RangeError(`a slowness needs three elements, not ${total}`);
  const { maxSlownessSecPerKm, gridCount } = search;
  if (gridCount % 2 !== 1) throw new RangeError(`a grid has an odd number of points, not ${gridCount}`);
  const size = nextPowerOfTwo(length);
  const first = Math.max(1, Math.ceil((search.lowHz * size) / sampleRateHz));
  const last = Math.min(size / 2 - 1, Math.floor((search.highHz * size) / sampleRateHz));
  const count = Math.max(0, last - first + 1);
  const omega = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * (first + k) * sampleRateHz) / size);
  const fourier = fourierOf(size);
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  // By frequency, then by element.
  const re = new Float64Array(count * total);
  const im = new Float64Array(count * total);
  const step = (2 * maxSlownessSecPerKm) / (gridCount - 1);
  const grid = planGrid({ elements, omega, maxSlownessSecPerKm, gridCount });
  const power = new Float64Array(gridCount * gridCount);
  const beamRe = new Float64Array(count);
  const beamIm = new Float64Array(count);
  const taperWeights = taper(new Float64Array(length).fill(1), TAPER_FRACTION);

  /** Spectra of the windows in the band, each element of power 1; their power by frequency, or null for silence. */
  function transform(windows: readonly ArrayLike<number>[], delaysSec?: readonly number[]): Float64Array | null {
    const byFrequency = new Float64Array(count);
    let alive = 0;
    windows.forEach((window, j) => {
      x.fill(0, length);
      y.fill(0);
      x.set(window);
      removeTrend(x.subarray(0, length));
      for (let i = 0; i < length; i++) x[i]! *= taperWeights[i]!;
      fourier.forward(x, y);
      let own = 0;
      for (let k = first; k <= last; k++) own += x[k]! * x[k]! + y[k]! * y[k]!;
      const scale = own > 0 ? 1 / Math.sqrt(own) : 0;
      if (own > 0) alive++;
      for (let k = 0; k < count; k++) {
        const angle = -omega[k]! * (delaysSec?.[j] ?? 0);
        const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)];
        const a = (re[k * total + j] = x[first + k]! * c - y[first + k]! * s);
        const b = (im[k * total + j] = x[first + k]! * s + y[first + k]! * c);
        byFrequency[k]! += a * a + b * b;
      }
    });
    return alive < 2 ? null : byFrequency;
  }

  function fillGrid(): void {
    grid.fill(re, im, power);
    const scale = 1 / (total * total);
    for (let i = 0; i < power.length; i++) power[i]! *= scale;
  }

  /** Semblance of one slowness by its definition. Frequencies are equally spaced: an element's phase turns by one angle from each to the next. */
  function semblanceAt(north: number, east: number): number {
    if (count === 0) return 0;
    beamRe.fill(0);
    beamIm.fill(0);
    for (let j = 0; j < total; j++) {
      // An element nearer to the source records earlier by slowness times offset.
      const delay = -(north * elements[j]!.northKm + east * elements[j]!.eastKm);
      const turn = (2 * Math.PI * sampleRateHz * delay) / size;
      const [tc, ts] = [Math.cos(turn), Math.sin(turn)];
      let [c, s] = [Math.cos(omega[0]! * delay), Math.sin(omega[0]! * delay)];
      for (let k = 0; k < count; k++) {
        const at = k * total + j;
        beamRe[k]! += re[at]! * c - im[at]! * s;
        beamIm[k]! += re[at]! * s + im[at]! * c;
        const next = c * tc - s * ts;
        s = c * ts + s * tc;
        c = next;
      }
    }
    let sum = 0;
    for (let k = 0; k < count; k++) sum += beamRe[k]! ** 2 + beamIm[k]! ** 2;
    return sum / (total * total);
  }

  return {
    grid(windows, delaysSec) {
      if (transform(windows, delaysSec)) fillGrid();
      else power.fill(0);
      return power.slice();
    },
    search(windows, delaysSec) {
      const byFrequency = transform(windows, delaysSec);
      if (!byFrequency) return null;
      fillGrid();
      let at = 0;
      for (let i = 1; i < power.length; i++) if (power[i]! > power[at]!) at = i;
      let reach = step;
      let north = -maxSlownessSecPerKm + Math.floor(at / gridCount) * step;
      let east = -maxSlownessSecPerKm + (at % gridCount) * step;
      let semblance = power[at]!;
      for (let round = 0; round < REFINEMENTS; round++) {
        reach /= 2;
        const [n0, e0] = [north, east];
        for (const dn of [-reach, 0, reach]) {
          for (const de of [-reach, 0, reach]) {
            if (dn === 0 && de === 0) continue;
            const value = semblanceAt(n0 + dn, e0 + de);
            if (value > semblance) [semblance, north, east] = [value, n0 + dn, e0 + de];
          }
        }
      }
      const slownessSecPerKm = Math.hypot(north, east);
      return {
        northSecPerKm: north,
        eastSecPerKm: east,
        slownessSecPerKm,
        backAzimuthDeg: wrapAzimuth(Math.atan2(east, north) / RADIANS_PER_DEGREE),
        semblance,
        fStatistic: (semblance / Math.max(1e-6, 1 - semblance)) * (total - 1),
        ...slownessError(elements, { omega, power: byFrequency, independent: length / size }, semblance, [north, east]),
      };
    },
  };
}
