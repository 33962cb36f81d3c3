/**
 * Frequency-wavenumber analysis of an array: the beam power over horizontal slowness (Capon 1969; Rost and Thomas 2002,
 * doi:10.1029/2000RG000100). Slowness points from the array to the source, so its azimuth is the back-azimuth.
 *
 *     const peak = slownessSearch(elements, 40, { lowHz: 2, highHz: 6, maxSlownessSecPerKm: 0.4, gridCount: 81 });
 */
import { RADIANS_PER_DEGREE, wrapAzimuth } from "@harken/core";
import { fourierOf } from "./fourier.ts";
import { nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";

export interface ArrayElement {
  readonly northKm: number;
  readonly eastKm: number;
  /** Samples of the window, the same times at every element. */
  readonly samples: ArrayLike<number>;
}

export interface SlownessSearch {
  readonly lowHz: number;
  readonly highHz: number;
  /** The grid reaches from minus to plus this, s/km, in both directions. */
  readonly maxSlownessSecPerKm: number;
  /** Grid points along each direction. */
  readonly gridCount: number;
}

export interface SlownessPeak {
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
  readonly slownessSecPerKm: number;
  readonly backAzimuthDeg: number;
  /** Beam power over mean element power, 0 to 1. */
  readonly semblance: number;
  /** Fisher's ratio of beam to residual power: semblance / (1 - semblance) * (elements - 1). */
  readonly fStatistic: number;
  /** Standard deviation of each slowness component from noise alone (Cramer-Rao bound), s/km. */
  readonly errorSecPerKm: number;
}

interface Spectra {
  readonly frequenciesHz: Float64Array;
  /** By element, then by frequency. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly totalPower: number;
}

const TAPER_FRACTION = 0.1;

function bandSpectra(elements: readonly ArrayElement[], sampleRateHz: number, lowHz: number, highHz: number): Spectra {
  const length = elements[0]!.samples.length;
  const size = nextPowerOfTwo(length);
  const first = Math.max(1, Math.ceil((lowHz * size) / sampleRateHz));
  const last = Math.min(size / 2 - 1, Math.floor((highHz * size) / sampleRateHz));
  const count = Math.max(0, last - first + 1);
  const re = new Float64Array(count * elements.length);
  const im = new Float64Array(count * elements.length);
  const fourier = fourierOf(size);
  let totalPower = 0;
  elements.forEach(({ samples }, j) => {
    const x = new Float64Array(size);
    const y = new Float64Array(size);
    x.set(taper(removeTrend(Float64Array.from(samples)), TAPER_FRACTION));
    fourier.forward(x, y);
    for (let k = 0; k < count; k++) {
      const [a, b] = [x[first + k]!, y[first + k]!];
      re[j * count + k] = a;
      im[j * count + k] = b;
      totalPower += a * a + b * b;
    }
  });
  const frequenciesHz = Float64Array.from({ length: count }, (_, k) => ((first + k) * sampleRateHz) / size);
  return { frequenciesHz, re, im, totalPower };
}

/** Semblance of one slowness: the readable form, and the test of the gridded one. */
function semblanceAt(elements: readonly ArrayElement[], spectra: Spectra, north: number, east: number): number {
  const { frequenciesHz, re, im, totalPower } = spectra;
  const count = frequenciesHz.length;
  let power = 0;
  for (let k = 0; k < count; k++) {
    let a = 0;
    let b = 0;
    for (let j = 0; j < elements.length; j++) {
      const { northKm, eastKm } = elements[j]!;
      // An element nearer to the source records earlier by slowness times offset.
      const angle = -2 * Math.PI * frequenciesHz[k]! * (north * northKm + east * eastKm);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const at = j * count + k;
      a += re[at]! * c - im[at]! * s;
      b += re[at]! * s + im[at]! * c;
    }
    power += a * a + b * b;
  }
  return totalPower > 0 ? power / (elements.length * totalPower) : 0;
}

/**
 * Semblance on the square grid, rows from south to north, columns from west to east. Steering separates into a factor of the north and one
 * of the east slowness.
 */
export function slownessGrid(
  elements: readonly ArrayElement[],
  sampleRateHz: number,
  search: SlownessSearch,
): Float64Array {
  return gridOf(elements, bandSpectra(elements, sampleRateHz, search.lowHz, search.highHz), search);
}

function gridOf(
  elements: readonly ArrayElement[],
  { frequenciesHz, re, im, totalPower }: Spectra,
  { maxSlownessSecPerKm, gridCount }: SlownessSearch,
): Float64Array {
  const power = new Float64Array(gridCount * gridCount);
  const count = frequenciesHz.length;
  const step = (2 * maxSlownessSecPerKm) / (gridCount - 1);
  const total = elements.length;
  const cosNorth = new Float64Array(gridCount * total);
  const sinNorth = new Float64Array(gridCount * total);
  const cosEast = new Float64Array(gridCount * total);
  const sinEast = new Float64Array(gridCount * total);
  const rowRe = new Float64Array(total);
  const rowIm = new Float64Array(total);
  for (let k = 0; k < count; k++) {
    const omega = 2 * Math.PI * frequenciesHz[k]!;
    for (let g = 0; g < gridCount; g++) {
      const slowness = -maxSlownessSecPerKm + g * step;
      for (let j = 0; j < total; j++) {
        const north = -omega * slowness * elements[j]!.northKm;
        const east = -omega * slowness * elements[j]!.eastKm;
        cosNorth[g * total + j] = Math.cos(north);
        sinNorth[g * total + j] = Math.sin(north);
        cosEast[g * total + j] = Math.cos(east);
        sinEast[g * total + j] = Math.sin(east);
      }
    }
    for (let row = 0; row < gridCount; row++) {
      for (let j = 0; j < total; j++) {
        const [c, s] = [cosNorth[row * total + j]!, sinNorth[row * total + j]!];
        const at = j * count + k;
        rowRe[j] = re[at]! * c - im[at]! * s;
        rowIm[j] = re[at]! * s + im[at]! * c;
      }
      for (let column = 0; column < gridCount; column++) {
        const base = column * total;
        let a = 0;
        let b = 0;
        for (let j = 0; j < total; j++) {
          const c = cosEast[base + j]!;
          const s = sinEast[base + j]!;
          a += rowRe[j]! * c - rowIm[j]! * s;
          b += rowRe[j]! * s + rowIm[j]! * c;
        }
        power[row * gridCount + column]! += a * a + b * b;
      }
    }
  }
  const scale = totalPower > 0 ? 1 / (total * totalPower) : 0;
  for (let i = 0; i < power.length; i++) power[i]! *= scale;
  return power;
}

/** How often the search halves its step around the best grid point. */
const REFINEMENTS = 7;

/**
 * The strongest slowness: best point of the grid, then refined. Null when fewer than three elements are given or the band holds no energy.
 */
export function slownessSearch(
  elements: readonly ArrayElement[],
  sampleRateHz: number,
  search: SlownessSearch,
): SlownessPeak | null {
  if (elements.length < 3) return null;
  const spectra = bandSpectra(elements, sampleRateHz, search.lowHz, search.highHz);
  if (!(spectra.totalPower > 0)) return null;
  const grid = gridOf(elements, spectra, search);
  let at = 0;
  for (let i = 1; i < grid.length; i++) if (grid[i]! > grid[at]!) at = i;
  let step = (2 * search.maxSlownessSecPerKm) / (search.gridCount - 1);
  let north = -search.maxSlownessSecPerKm + Math.floor(at / search.gridCount) * step;
  let east = -search.maxSlownessSecPerKm + (at % search.gridCount) * step;
  let semblance = grid[at]!;
  for (let round = 0; round < REFINEMENTS; round++) {
    step /= 2;
    const [n0, e0] = [north, east];
    for (const dn of [-step, 0, step]) {
      for (const de of [-step, 0, step]) {
        if (dn === 0 && de === 0) continue;
        const value = semblanceAt(elements, spectra, n0 + dn, e0 + de);
        if (value > semblance) {
          semblance = value;
          north = n0 + dn;
          east = e0 + de;
        }
      }
    }
  }
  const total = elements.length;
  const rest = Math.max(1e-6, 1 - semblance);
  return {
    northSecPerKm: north,
    eastSecPerKm: east,
    slownessSecPerKm: Math.hypot(north, east),
    backAzimuthDeg: wrapAzimuth(Math.atan2(east, north) / RADIANS_PER_DEGREE),
    semblance,
    fStatistic: (semblance / rest) * (total - 1),
    errorSecPerKm: slownessError(elements, spectra.frequenciesHz, semblance),
  };
}

/** sigma^-2 = 2 q sum over frequencies of (2 pi f)^2 times the elements' second moment, q the signal-to-noise power ratio of an element. */
function slownessError(elements: readonly ArrayElement[], frequenciesHz: Float64Array, semblance: number): number {
  const total = elements.length;
  const q = Math.max(1e-3, (total * semblance - 1) / (total * Math.max(1e-3, 1 - semblance)));
  const mean = (pick: (e: ArrayElement) => number) => elements.reduce((sum, e) => sum + pick(e), 0) / total;
  const [n, e] = [mean((x) => x.northKm), mean((x) => x.eastKm)];
  const moment = elements.reduce((sum, x) => sum + (x.northKm - n) ** 2 + (x.eastKm - e) ** 2, 0) / 2;
  const bandwidth = frequenciesHz.reduce((sum, f) => sum + (2 * Math.PI * f) ** 2, 0);
  return 1 / Math.sqrt(2 * q * bandwidth * Math.max(1e-9, moment));
}
