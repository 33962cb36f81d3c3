/** The plane wave that fits delays between elements, by least squares (Cansi 1995, doi:10.1029/95GL00468; Szuberla and Olson 2004). */
import { RADIANS_PER_DEGREE, wrapAzimuth } from "@harken/core";
import type { ElementOffset } from "../fk.ts";

/** Element `second` sees the wave `seconds` later than element `first`. */
export interface PairDelay {
  readonly first: number;
  readonly second: number;
  readonly seconds: number;
}

export interface PlaneWave {
  /** Slowness towards the source, s/km. */
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
}

export const slownessOf = ({ northSecPerKm, eastSecPerKm }: PlaneWave): number =>
  Math.hypot(northSecPerKm, eastSecPerKm);

export const backAzimuthOf = ({ northSecPerKm, eastSecPerKm }: PlaneWave): number =>
  wrapAzimuth(Math.atan2(eastSecPerKm, northSecPerKm) / RADIANS_PER_DEGREE);

/** Seconds by which element `b` sees the wave later than element `a`: the one nearer to the source is earlier. */
export const expectedDelay = ({ northSecPerKm, eastSecPerKm }: PlaneWave, a: ElementOffset, b: ElementOffset): number =>
  northSecPerKm * (a.northKm - b.northKm) + eastSecPerKm * (a.eastKm - b.eastKm);

/** Determinant of the normal equations, in shares of the square of their trace, below which elements stand on a line. */
const LEAST_SHAPE = 1e-6;

/** Null for elements on a line. */
export function fitPlaneWave(elements: readonly ElementOffset[], delays: readonly PairDelay[]): PlaneWave | null {
  let [nn, ne, ee, nt, et] = [0, 0, 0, 0, 0];
  for (const { first, second, seconds } of delays) {
    const north = elements[first]!.northKm - elements[second]!.northKm;
    const east = elements[first]!.eastKm - elements[second]!.eastKm;
    nn += north * north;
    ne += north * east;
    ee += east * east;
    nt += north * seconds;
    et += east * seconds;
  }
  const determinant = nn * ee - ne * ne;
  if (!(determinant > LEAST_SHAPE * (nn + ee) ** 2)) return null;
  return { northSecPerKm: (ee * nt - ne * et) / determinant, eastSecPerKm: (nn * et - ne * nt) / determinant };
}
