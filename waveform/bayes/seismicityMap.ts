/**
 * How likely an event is to happen at a place and in a depth layer, before any arrival is looked at: past events smeared by a kernel, and a
 * share that may happen anywhere (NET-VISA's mixture of a kernel density and an even one).
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { type BayesPriors, layerEdgesKm } from "./priors.ts";

/** Cells of a degree of latitude and longitude. */
const ROWS = 180;
const COLS = 360;
const LAYERS = layerEdgesKm.length - 1;
const SPHERE_DEG2 = 41_252.96;
/** The kernel ends at so many of its widths. */
const REACH = 3.5;

export interface SeismicityMap {
  /** Log of events per s and deg^2 in a depth layer, all magnitudes from the least on. */
  logRate(latitudeDeg: number, longitudeDeg: number, layer: number): number;
  /** Whether past events of the layer were near: their density is above a fifth of the layer's even one. */
  isActive(latitudeDeg: number, longitudeDeg: number, layer: number): boolean;
}

export function seismicityMap({ seismicity }: BayesPriors): SeismicityMap {
  const { perDay, evenShare, kernelDeg, places } = seismicity;
  const density = new Float32Array(LAYERS * ROWS * COLS);
  const total = places.reduce((sum, [, , , count]) => sum + count, 0) || 1;
  const layerShare = new Float64Array(LAYERS).fill(1 / (total + LAYERS));
  for (const [latitudeDeg, longitudeDeg, layer, count] of places) {
    layerShare[layer]! += count / (total + LAYERS);
    spread(density, latitudeDeg, longitudeDeg, layer, count / total, kernelDeg);
  }
  const perSec = perDay / 86_400;
  const cell = (latitudeDeg: number, longitudeDeg: number, layer: number) => {
    const row = Math.min(ROWS - 1, Math.max(0, Math.floor(latitudeDeg + 90)));
    const column = (((Math.floor(longitudeDeg + 180) % COLS) + COLS) % COLS) | 0;
    return (layer * ROWS + row) * COLS + column;
  };
  return {
    logRate: (latitudeDeg, longitudeDeg, layer) =>
      Math.log(
        perSec *
          ((1 - evenShare) * density[cell(latitudeDeg, longitudeDeg, layer)]! +
            (evenShare * layerShare[layer]!) / SPHERE_DEG2),
      ),
    isActive: (latitudeDeg, longitudeDeg, layer) =>
      density[cell(latitudeDeg, longitudeDeg, layer)]! > (0.2 * layerShare[layer]!) / SPHERE_DEG2,
  };
}

/** Adds a normal kernel of unit mass times `mass`, per deg^2. */
function spread(
  density: Float32Array,
  latitudeDeg: number,
  longitudeDeg: number,
  layer: number,
  mass: number,
  kernelDeg: number,
) {
  const reach = REACH * kernelDeg;
  const top = mass / (2 * Math.PI * kernelDeg * kernelDeg);
  const sinLat = Math.sin(latitudeDeg * RADIANS_PER_DEGREE);
  const cosLat = Math.cos(latitudeDeg * RADIANS_PER_DEGREE);
  const [low, high] = [Math.max(0, Math.floor(latitudeDeg + 90 - reach)), Math.min(ROWS - 1, latitudeDeg + 90 + reach)];
  for (let row = low; row <= high; row++) {
    const rowLat = (row - 89.5) * RADIANS_PER_DEGREE;
    const [s, c] = [Math.sin(rowLat), Math.cos(rowLat)];
    const width = Math.min(180, Math.ceil(reach / Math.max(0.02, c)) + 1);
    const middle = Math.floor(longitudeDeg + 180);
    for (let k = -width; k < width; k++) {
      const column = (((middle + k) % COLS) + COLS) % COLS;
      const dLon = (middle + k - 179.5 - longitudeDeg) * RADIANS_PER_DEGREE;
      const cosine = Math.min(1, sinLat * s + cosLat * c * Math.cos(dLon));
      const away = Math.acos(cosine) / RADIANS_PER_DEGREE / kernelDeg;
      if (away < REACH) density[(layer * ROWS + row) * COLS + column]! += top * Math.exp(-0.5 * away * away);
    }
  }
}
