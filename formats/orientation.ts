/**
 * Which way a component points: SEED's azimuth and dip, CSS3.0's hang and vang, and the channel code where nothing else is known.
 *
 *     orientationOfDip(90, 0);        // { hangDeg: 90, vangDeg: 90 }, an east component
 *     orientationOfCode("BHZ");       // { hangDeg: -1, vangDeg: 0 }
 *
 * SEED counts dip downwards from the horizontal (a usual vertical is -90), CSS3.0 vang from the upward vertical (0).
 */

export interface Orientation {
  /** Deg clockwise from north; -1 for a vertical. */
  readonly hangDeg: number;
  /** Deg from the upward vertical. */
  readonly vangDeg: number;
}

const UP: Orientation = Object.freeze({ hangDeg: -1, vangDeg: 0 });

export function orientationOfVang(azimuthDeg: number, vangDeg: number): Orientation {
  return { hangDeg: vangDeg === 0 || vangDeg === 180 ? -1 : azimuthDeg, vangDeg };
}

export const orientationOfDip = (azimuthDeg: number, dipDeg: number): Orientation =>
  orientationOfVang(azimuthDeg, dipDeg + 90);

export function dipOfOrientation({ hangDeg, vangDeg }: Orientation): { azimuthDeg: number; dipDeg: number } {
  return { azimuthDeg: Math.max(0, hangDeg), dipDeg: vangDeg - 90 };
}

/** By the last letter of a SEED channel code; 1 and 2 stand near north and east (SEED Appendix A). All else points up. */
export function orientationOfCode(channel: string): Orientation {
  switch (channel.at(-1)?.toUpperCase()) {
    case "N":
    case "1":
      return { hangDeg: 0, vangDeg: 90 };
    case "E":
    case "2":
      return { hangDeg: 90, vangDeg: 90 };
    default:
      return UP;
  }
}
