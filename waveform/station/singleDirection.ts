/** The direction of a signal by the polarisation of its first seconds at one three-component station. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { butterworthBandPass, filterForward, type Polarization, polarizationOf } from "@harken/signal";
import { type Direction, noDirection } from "./direction.ts";
import { highestHz } from "./filterRoom.ts";
import { azimuthSpread, lineTilt, spreadOf } from "./lineTilt.ts";
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
/** An azimuth less certain than this, with what the Earth turns it by, says nothing. */
const MAX_AZIMUTH_ERROR = 45 * RADIANS_PER_DEGREE;

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
    const filter = butterworthBandPass(FILTER_ORDER, lowHz, Math.min(highHz, highestHz(rate)), rate);
    return (x: Float64Array) => filterForward(filter, x.subarray(from, to));
  };
  const power = (x: Float64Array, a: number, b: number) =>
    x.subarray(a - from, b - from).reduce((s, v) => s + v * v, 0) / Math.max(1, b - a);
  const noiseTo = Math.max(noiseFrom, Math.round(onset - 0.5 * rate));
  const standsOut = (band: Band) => {
    const z = cutIn(band)(motion.vertical);
    return power(z, onset, to) >= minRatio ** 2 * power(z, noiseFrom, noiseTo);
  };
  const cut = cutIn(bands.find((band) => band.highHz <= highestHz(rate) && standsOut(band)) ?? detected);
  const filtered: Components = [cut(motion.vertical), cut(motion.north), cut(motion.east)];
  const stretch = (a: number, b: number) =>
    filtered.map((x) => withoutMean(x.subarray(a - from, b - from))) as unknown as Components;
  const [signal, noise] = [stretch(onset, to), stretch(noiseFrom, noiseTo)];
  const found = polarizationOf(...signal);
  return found ? directionOf(found, aboutLine(signal, found), aboutLine(noise, found), recipe) : noDirection;
}

type Components = readonly [vertical: Float64Array, north: Float64Array, east: Float64Array];

function withoutMean(x: Float64Array): Float64Array {
  const middle = x.reduce((sum, v) => sum + v, 0) / Math.max(1, x.length);
  return x.map((v) => v - middle);
}

/** Motion along a line, and across it: level, and in the line's vertical plane. */
interface AboutLine {
  readonly along: Float64Array;
  readonly level: Float64Array;
  readonly upright: Float64Array;
}

function aboutLine([z, n, e]: Components, { backAzimuthDeg, incidenceDeg }: Polarization): AboutLine {
  const [a, i] = [backAzimuthDeg * RADIANS_PER_DEGREE, incidenceDeg * RADIANS_PER_DEGREE];
  const away = n.map((v, k) => -Math.cos(a) * v - Math.sin(a) * e[k]!);
  return {
    along: z.map((v, k) => Math.cos(i) * v + Math.sin(i) * away[k]!),
    level: n.map((v, k) => Math.cos(a) * e[k]! - Math.sin(a) * v),
    upright: z.map((v, k) => Math.cos(i) * away[k]! - Math.sin(i) * v),
  };
}

function directionOf(
  { rectilinearity, incidenceDeg, horizontalToVertical, backAzimuthDeg }: Polarization,
  signal: AboutLine,
  noise: AboutLine,
  recipe: ThreeComponentRecipe,
): Direction {
  const { minRectilinearity, earthSecPerDeg, surfaceSvelocity, surfaceVelocityScatter } = recipe;
  const shape = { ...noDirection, rectilinearity, incidenceDeg, horizontalToVertical };
  if (rectilinearity < minRectilinearity || horizontalToVertical > MAX_HORIZONTAL) return shape;
  const incidence = incidenceDeg * RADIANS_PER_DEGREE;
  const perRadian = KM_PER_DEGREE / surfaceSvelocity;
  const slowness = Math.sin(incidence / 2) * perRadian;
  // The line's own error, and how much the ground under a station differs from the usual.
  const turned =
    (Math.cos(incidence / 2) / 2) * perRadian * spreadOf(lineTilt(signal.along, signal.upright, noise.upright, recipe));
  const slow = {
    slownessSecPerDeg: slowness,
    slownessErrorSecPerDeg: Math.hypot(turned, surfaceVelocityScatter * slowness),
  };
  const level = lineTilt(signal.along, signal.level, noise.level, recipe);
  const azimuthError = azimuthSpread(Math.sin(incidence), level, recipe.largestSine);
  const uncertain = Math.hypot(azimuthError, Math.atan2(earthSecPerDeg, slowness)) > MAX_AZIMUTH_ERROR;
  if (uncertain) return { ...shape, ...slow };
  return { ...shape, ...slow, azimuthDeg: backAzimuthDeg, azimuthErrorDeg: azimuthError / RADIANS_PER_DEGREE };
}
