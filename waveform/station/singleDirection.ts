/** The direction of a signal by the polarisation of its first seconds at one three-component station. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { filterForward, polarizationOf } from "@harken/signal";
import { bandFilter } from "./detect.ts";
import { type Direction, noDirection } from "./direction.ts";
import type { DetectionBand, StationRecipe } from "./recipe.ts";

/** Seconds of a trace filtered before a polarisation window, so that the filter has settled. */
const SETTLE_SEC = 15;
/** Motion more horizontal than this is no P wave's. */
const MAX_HORIZONTAL = 1.6;

/**
 * A motion nearer to the vertical and along a line is a P wave's; the apparent angle of incidence i gives the slowness sin(i / 2) / beta
 * (Wiechert 1907; Bullen and Bolt 1985, 5.4).
 */
export function singleDirection(
  vertical: Float64Array,
  horizontals: { readonly north: Float64Array; readonly east: Float64Array; readonly bad: Uint8Array },
  rate: number,
  band: DetectionBand,
  onset: number,
  recipe: StationRecipe,
): Direction {
  const { windowSec, minRectilinearity, modelAzimuthDeg, slownessErrorSecPerDeg, surfaceSvelocity } =
    recipe.threeComponent;
  const from = Math.max(0, Math.round(onset - SETTLE_SEC * rate));
  const to = Math.min(vertical.length, Math.round(onset + windowSec * rate));
  if (horizontals.bad.subarray(from, to).includes(1)) return noDirection;
  const filter = bandFilter(band, rate, recipe.filterOrder)!;
  const cut = (x: Float64Array) => filterForward(filter, x.subarray(from, to)).subarray(onset - from);
  const motion = polarizationOf(cut(vertical), cut(horizontals.north), cut(horizontals.east));
  if (!motion) return noDirection;
  const { rectilinearity, incidenceDeg, horizontalToVertical } = motion;
  const shape = { ...noDirection, rectilinearity, incidenceDeg, horizontalToVertical };
  if (rectilinearity < minRectilinearity || horizontalToVertical > MAX_HORIZONTAL) return shape;
  // A steep ray moves the ground too little sideways for its azimuth to be read well.
  const lean = Math.max(0.15, Math.sin(incidenceDeg * RADIANS_PER_DEGREE));
  return {
    ...shape,
    azimuthDeg: motion.backAzimuthDeg,
    azimuthErrorDeg: Math.min(90, ((modelAzimuthDeg / rectilinearity) * 0.5) / lean),
    slownessSecPerDeg: (Math.sin((incidenceDeg * RADIANS_PER_DEGREE) / 2) / surfaceSvelocity) * KM_PER_DEGREE,
    slownessErrorSecPerDeg,
  };
}
