/** The part of the globe that a map shows: around all that is drawn, cut where there is least, so that a plume over the date line stays whole. */
import { wrapLongitude } from "@harken/core";

/** Least extent of a map, deg. */
const LEAST_WIDTH_DEG = 40;
const LEAST_HEIGHT_DEG = 24;
const MARGIN_DEG = 4;

export interface MapFrame {
  readonly centreLonDeg: number;
  readonly halfWidthDeg: number;
  readonly southDeg: number;
  readonly northDeg: number;
}

/** Around all places, the longitudes about the middle of the shortest arc that holds them. */
export function frameAround(places: readonly { readonly lat: number; readonly lon: number }[]): MapFrame {
  const lons = [...new Set(places.map(({ lon }) => wrapLongitude(lon)))].sort((a, b) => a - b);
  let [gap, after] = [360 - ((lons.at(-1) ?? 0) - (lons[0] ?? 0)), 0];
  lons.forEach((lon, i) => {
    const next = lons[i + 1];
    if (next !== undefined && next - lon > gap) [gap, after] = [next - lon, i + 1];
  });
  const width = Math.min(360, Math.max(LEAST_WIDTH_DEG, 360 - gap + 2 * MARGIN_DEG));
  const lats = places.map(({ lat }) => lat);
  const [low, high] = [Math.min(...lats, 90), Math.max(...lats, -90)];
  const middle = low > high ? 0 : (low + high) / 2;
  const half = Math.max(LEAST_HEIGHT_DEG / 2, (high - low) / 2 + MARGIN_DEG);
  const northDeg = Math.min(90, Math.max(-90 + 2 * half, middle + half));
  return {
    centreLonDeg: wrapLongitude((lons[after] ?? 0) + (360 - gap) / 2),
    halfWidthDeg: width / 2,
    southDeg: Math.max(-90, northDeg - 2 * half),
    northDeg,
  };
}
