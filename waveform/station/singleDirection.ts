/** The direction of a signal by the polarisation of its first seconds at one three-component station. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { butterworthBandPass, filterForward, polarizationOf } from "@harken/signal";
import { type Direction, noDirection } from "./direction.ts";
import type { ThreeComponentRecipe } from "./recipe.ts";

export interface Motion {
  readonly vertical: Float64Array;
  readonly north: Float64Array;
  readonly east: Float64Array;
  /** 1 where one of the three must not be trusted. */
  readonly bad: Uint8Array;
  readonly rate: number;
}

interface Band {
  readonly lowHz: number;
  readonly highHz: number;
}

/** Filters of low order disturb the first motion least. */
const FILTER_ORDER = 2;
/** Seconds filtered before the noise window, so that the filter has settled. */
const SETTLE_SEC = 8;
/** Motion more horizontal than this is no P wave's. */
const MAX_HORIZONTAL = 1.6;
/** An azimuth less certain than this says nothing, deg. */
const MAX_AZIMUTH_ERROR = 45;

/**
 * Motion along a line that is nearer to the vertical than to the horizontal is a P wave's; the apparent angle of incidence i gives the slowness
 * sin(i / 2) / beta (Wiechert 1907; Bullen and Bolt 1985, 5.4). Of the recipe's bands the lowest in which the signal stands out is used:
 * scattering turns the motion more the higher the frequency. `detected` is the band for signals that stand out in none of them.
 */
export function singleDirection(
  motion: Motion,
  onset: number,
  detected: Band,
  recipe: ThreeComponentRecipe,
): Direction {
  const { windowSec, noiseSec, bands, minRatio } = recipe;
  const { rate, bad } = motion;
  const noiseFrom = Math.max(0, Math.round(onset - (noiseSec + 1) * rate));
  const from = Math.max(0, Math.round(noiseFrom - SETTLE_SEC * rate));
  const to = Math.min(bad.length, Math.round(onset + windowSec * rate));
  if (bad.subarray(noiseFrom, to).includes(1)) return noDirection;
  const cutIn = ({ lowHz, highHz }: Band) => {
    const filter = butterworthBandPass(FILTER_ORDER, lowHz, Math.min(highHz, 0.45 * rate), rate);
    return (x: Float64Array) => filterForward(filter, x.subarray(from, to));
  };
  const power = (x: Float64Array, a: number, b: number) =>
    x.subarray(a - from, b - from).reduce((s, v) => s + v * v, 0) / Math.max(1, b - a);
  const noiseTo = Math.max(noiseFrom, Math.round(onset - 0.5 * rate));
  const standsOut = (band: Band) => {
    const z = cutIn(band)(motion.vertical);
    return power(z, onset, to) >= minRatio ** 2 * power(z, noiseFrom, noiseTo);
  };
  const cut = cutIn(bands.find((band) => band.highHz <= 0.45 * rate && standsOut(band)) ?? detected);
  const [z, n, e] = [motion.vertical, motion.north, motion.east].map((x) => cut(x).subarray(onset - from));
  const found = polarizationOf(z!, n!, e!);
  return found ? directionOf(found, recipe) : noDirection;
}

function directionOf(
  {
    rectilinearity,
    incidenceDeg,
    horizontalToVertical,
    backAzimuthDeg,
  }: { rectilinearity: number; incidenceDeg: number; horizontalToVertical: number; backAzimuthDeg: number },
  { minRectilinearity, slownessErrorSecPerDeg, surfaceSvelocity }: ThreeComponentRecipe,
): Direction {
  const shape = { ...noDirection, rectilinearity, incidenceDeg, horizontalToVertical };
  if (rectilinearity < minRectilinearity || horizontalToVertical > MAX_HORIZONTAL) return shape;
  const incidence = incidenceDeg * RADIANS_PER_DEGREE;
  const slowness = (Math.sin(incidence / 2) / surfaceSvelocity) * KM_PER_DEGREE;
  // What the Earth turns the slowness vector by, and the motion across the line beside the motion along it, seen from above.
  const earth = Math.atan2(slownessErrorSecPerDeg, slowness);
  const scatter = Math.sqrt(Math.max(0, 1 - rectilinearity)) / (2 * Math.max(1e-3, Math.sin(incidence)));
  const azimuthErrorDeg = Math.hypot(earth, scatter) / RADIANS_PER_DEGREE;
  const slow = { slownessSecPerDeg: slowness, slownessErrorSecPerDeg };
  if (azimuthErrorDeg > MAX_AZIMUTH_ERROR) return { ...shape, ...slow };
  return { ...shape, ...slow, azimuthDeg: backAzimuthDeg, azimuthErrorDeg };
}
