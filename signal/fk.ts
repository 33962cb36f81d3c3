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
  grid(windows: readonly ArrayLike<number>[]): Float64Array;
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
  const steering = planSteering(elements, omega, maxSlownessSecPerKm, gridCount);
  const power = new Float64Array(gridCount * gridCount);
  const rowRe = new Float64Array(total);
  const rowIm = new Float64Array(total);

  /** Spectra of the windows in the band, each element of power 1; their power by frequency, or null for silence. */
  function transform(windows: readonly ArrayLike<number>[], delaysSec?: readonly number[]): Float64Array | null {
    const byFrequency = new Float64Array(count);
    let alive = 0;
    windows.forEach((window, j) => {
      x.fill(0);
      y.fill(0);
      x.set(taper(removeTrend(Float64Array.from(window)), TAPER_FRACTION));
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

  /**
   * The grid of the transformed windows. Steering separates into a factor of the north and one of the east slowness, and the products for an
   * east slowness serve for its opposite too.
   */
  function fillGrid(): void {
    power.fill(0);
    const { cosNorth, sinNorth, cosEast, sinEast, reach } = steering;
    const middle = (gridCount - 1) / 2;
    for (let k = 0; k < count; k++) {
      const table = k * gridCount * total;
      const eastTable = k * (middle + 1) * total;
      const base = k * total;
      for (let row = 0; row < gridCount; row++) {
        const northAt = table + row * total;
        for (let j = 0; j < total; j++) {
          const c = cosNorth[northAt + j]!;
          const s = sinNorth[northAt + j]!;
          rowRe[j] = re[base + j]! * c - im[base + j]! * s;
          rowIm[j] = re[base + j]! * s + im[base + j]! * c;
        }
        const centre = row * gridCount + middle;
        for (let column = 0; column <= reach[row]!; column++) {
          const eastAt = eastTable + column * total;
          let [rc, is, rs, ic] = [0, 0, 0, 0];
          for (let j = 0; j < total; j++) {
            const c = cosEast[eastAt + j]!;
            const s = sinEast[eastAt + j]!;
            const a = rowRe[j]!;
            const b = rowIm[j]!;
            rc += a * c;
            is += b * s;
            rs += a * s;
            ic += b * c;
          }
          power[centre + column]! += (rc - is) ** 2 + (rs + ic) ** 2;
          if (column > 0) power[centre - column]! += (rc + is) ** 2 + (ic - rs) ** 2;
        }
      }
    }
    const scale = 1 / (total * total);
    for (let i = 0; i < power.length; i++) power[i]! *= scale;
  }

  /** Semblance of one slowness by its definition. */
  function semblanceAt(north: number, east: number): number {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      let a = 0;
      let b = 0;
      for (let j = 0; j < total; j++) {
        // An element nearer to the source records earlier by slowness times offset.
        const angle = -omega[k]! * (north * elements[j]!.northKm + east * elements[j]!.eastKm);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const at = k * total + j;
        a += re[at]! * c - im[at]! * s;
        b += re[at]! * s + im[at]! * c;
      }
      sum += a * a + b * b;
    }
    return sum / (total * total);
  }

  return {
    grid(windows) {
      if (transform(windows)) fillGrid();
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

/** Cosines and sines by frequency, grid line and element, of the east for one side only; and how far each row's columns reach in the circle. */
function planSteering(elements: readonly ElementOffset[], omega: Float64Array, max: number, gridCount: number) {
  const total = elements.length;
  const middle = (gridCount - 1) / 2;
  const step = max / middle;
  const table = (lines: number, from: number, pick: (e: ElementOffset) => number) => {
    const cos = new Float64Array(omega.length * lines * total);
    const sin = new Float64Array(omega.length * lines * total);
    omega.forEach((w, k) => {
      for (let g = 0; g < lines; g++)
        for (let j = 0; j < total; j++) {
          const angle = -w * (from + g) * step * pick(elements[j]!);
          const at = (k * lines + g) * total + j;
          cos[at] = Math.cos(angle);
          sin[at] = Math.sin(angle);
        }
    });
    return [cos, sin] as const;
  };
  const [cosNorth, sinNorth] = table(gridCount, -middle, ({ northKm }) => northKm);
  const [cosEast, sinEast] = table(middle + 1, 0, ({ eastKm }) => eastKm);
  const reach = Int32Array.from({ length: gridCount }, (_, row) =>
    Math.floor(Math.sqrt(Math.max(0, middle * middle - (row - middle) ** 2)) + 1e-9),
  );
  return { cosNorth, sinNorth, cosEast, sinEast, reach };
}
