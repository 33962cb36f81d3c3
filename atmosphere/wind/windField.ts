/**
 * Wind on a regular grid of the globe and on levels of constant pressure, at one time. The four lanes of a point (east, north, pressure velocity,
 * temperature) stand together, so that one corner of an interpolation is one line of cache.
 */
import { isGlobalInLongitude } from "../grid/latLonGrid.ts";

/** Where and when a field's values are: points of a regular grid at one time. */
export interface FieldFrame {
  /** Epoch seconds. */
  readonly time: number;
  /** Latitude of the first row and step between rows, deg; the step may be negative (rows from the north). */
  readonly firstLatDeg: number;
  readonly stepLatDeg: number;
  readonly rows: number;
  readonly firstLonDeg: number;
  readonly stepLonDeg: number;
  /** Without a repeated last column; the field closes around the globe when `columns * stepLonDeg` is 360. */
  readonly columns: number;
}

export interface WindField extends FieldFrame {
  /** Falling, hPa. */
  readonly pressuresHPa: Float64Array;
  /** [row][column][level][east m/s, north m/s, dp/dt hPa/s, temperature K]. */
  readonly lanes: Float32Array;
  /** [row][column], hPa. */
  readonly surfacePressureHPa: Float32Array;
}

/** Wind at a place, into `out`: east m/s, north m/s, dp/dt hPa/s. */
export type WindLookup = (latDeg: number, lonDeg: number, pressureHPa: number, out: Float64Array) => void;

/** Lookups in one field; scratch is the closure's own, so each thread makes its own. Outside the levels the nearest level stands. */
export function windLookup(field: WindField): {
  readonly wind: WindLookup;
  surfacePressureHPa(lat: number, lon: number): number;
} {
  const { firstLatDeg, stepLatDeg, rows, firstLonDeg, stepLonDeg, columns, pressuresHPa, lanes } = field;
  const levels = pressuresHPa.length;
  const closes = isGlobalInLongitude(field);
  const level = levelFinder(pressuresHPa);
  let [south, north, west, east] = [0, 0, 0, 0];
  let [fy, fx] = [0, 0];
  const locate = (latDeg: number, lonDeg: number) => {
    const y = Math.min(rows - 1, Math.max(0, (latDeg - firstLatDeg) / stepLatDeg));
    south = Math.min(rows - 2, Math.floor(y));
    north = south + 1;
    fy = y - south;
    let x = (lonDeg - firstLonDeg) / stepLonDeg;
    const around = 360 / stepLonDeg;
    if (x < 0 || x >= around) x -= Math.floor(x / around) * around;
    if (!closes) x = Math.min(columns - 1, x);
    west = closes ? Math.floor(x) % columns : Math.min(columns - 2, Math.floor(x));
    east = west + 1 === columns ? 0 : west + 1;
    fx = x - Math.floor(x);
    if (!closes) fx = x - west;
  };
  const wind: WindLookup = (latDeg, lonDeg, pressureHPa, out) => {
    locate(latDeg, lonDeg);
    const k = level(pressureHPa);
    const upper = pressuresHPa[k + 1]!;
    const lower = pressuresHPa[k]!;
    const fz = Math.min(1, Math.max(0, (lower - pressureHPa) / (lower - upper)));
    const [sw, se] = [((south * columns + west) * levels + k) * 4, ((south * columns + east) * levels + k) * 4];
    const [nw, ne] = [((north * columns + west) * levels + k) * 4, ((north * columns + east) * levels + k) * 4];
    const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
    for (let lane = 0; lane < 3; lane++) {
      const low = a * lanes[sw + lane]! + b * lanes[se + lane]! + c * lanes[nw + lane]! + d * lanes[ne + lane]!;
      const high =
        a * lanes[sw + 4 + lane]! + b * lanes[se + 4 + lane]! + c * lanes[nw + 4 + lane]! + d * lanes[ne + 4 + lane]!;
      out[lane] = low + fz * (high - low);
    }
  };
  const { surfacePressureHPa } = field;
  return {
    wind,
    surfacePressureHPa: (latDeg, lonDeg) => {
      locate(latDeg, lonDeg);
      const row = (r: number) =>
        (1 - fx) * surfacePressureHPa[r * columns + west]! + fx * surfacePressureHPa[r * columns + east]!;
      return (1 - fy) * row(south) + fy * row(north);
    },
  };
}

/** Entries of the lookup from log pressure to level. */
const LOOKUP_SIZE = 4096;

/** Index of the level below (higher pressure) for each pressure: a table over log pressure, then a step or two. */
function levelFinder(pressures: Float64Array): (pressureHPa: number) => number {
  const last = pressures.length - 2;
  const low = Math.log(pressures.at(-1)!);
  const scale = LOOKUP_SIZE / (Math.log(pressures[0]!) - low);
  const table = Int32Array.from({ length: LOOKUP_SIZE + 1 }, (_, i) => {
    const pressure = Math.exp(low + i / scale);
    let k = 0;
    while (k < last && pressures[k + 1]! >= pressure) k++;
    return k;
  });
  return (pressureHPa) => {
    // A midpoint may lie above the lid, at no pressure at all.
    const at = pressureHPa > 0 ? Math.floor((Math.log(pressureHPa) - low) * scale) : 0;
    let k = table[Math.min(LOOKUP_SIZE, Math.max(0, at))]!;
    while (k < last && pressures[k + 1]! >= pressureHPa) k++;
    while (k > 0 && pressures[k]! < pressureHPa) k--;
    return k;
  };
}
