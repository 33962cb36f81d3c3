/** The direction of a signal by the polarisation of its first seconds at one three-component station. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { butterworthBandPass, filterForward, type Polarization, polarizationOf } from "@harken/signal";
import { type Direction, noDirection } from "./direction.ts";
import { highestHz } from "./filterRoom.ts";
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
  const [z, n, e] = [motion.vertical, motion.north, motion.east].map((x) => cut(x).subarray(onset - from));
  const found = polarizationOf(z!, n!, e!);
  return found ? directionOf(found, besideLine([z!, n!, e!], found), recipe) : noDirection;
}

/** Root of the power across the line of motion over the power along it: level, and in the vertical plane of the line. */
interface BesideLine {
  readonly level: number;
  readonly upright: number;
}

function besideLine(
  [z, n, e]: readonly [Float64Array, Float64Array, Float64Array],
  { backAzimuthDeg, incidenceDeg }: Polarization,
): BesideLine {
  const [a, i] = [backAzimuthDeg * RADIANS_PER_DEGREE, incidenceDeg * RADIANS_PER_DEGREE];
  let [radial, transverse, along, across] = [0, 0, 0, 0];
  for (let k = 0; k < z.length; k++) {
    const away = -Math.cos(a) * n[k]! - Math.sin(a) * e[k]!;
    radial += away ** 2;
    transverse += (Math.cos(a) * e[k]! - Math.sin(a) * n[k]!) ** 2;
    along += (Math.cos(i) * z[k]! + Math.sin(i) * away) ** 2;
    across += (Math.cos(i) * away - Math.sin(i) * z[k]!) ** 2;
  }
  return {
    level: Math.sqrt(transverse / Math.max(Number.MIN_VALUE, radial)),
    upright: Math.sqrt(across / Math.max(Number.MIN_VALUE, along)),
  };
}

/**
 * Motions of the window that are independent of each other, level and upright: what makes the stated errors hold 90 % of those of simulated
 * signals (simulator/campaigns).
 */
const INDEPENDENT = { level: 1.5, upright: 4.5 } as const;

function directionOf(
  { rectilinearity, incidenceDeg, horizontalToVertical, backAzimuthDeg }: Polarization,
  beside: BesideLine,
  { minRectilinearity, earthSecPerDeg, surfaceSvelocity, surfaceVelocityScatter }: ThreeComponentRecipe,
): Direction {
  const shape = { ...noDirection, rectilinearity, incidenceDeg, horizontalToVertical };
  if (rectilinearity < minRectilinearity || horizontalToVertical > MAX_HORIZONTAL) return shape;
  const half = (incidenceDeg * RADIANS_PER_DEGREE) / 2;
  const perRadian = KM_PER_DEGREE / surfaceSvelocity;
  const slowness = Math.sin(half) * perRadian;
  // The line's own error, as far as the window shows it, and how much the ground under a station differs from the usual.
  const turned = (Math.cos(half) / 2) * perRadian * (beside.upright / Math.sqrt(INDEPENDENT.upright));
  const slow = {
    slownessSecPerDeg: slowness,
    slownessErrorSecPerDeg: Math.hypot(turned, surfaceVelocityScatter * slowness),
  };
  const azimuthError = Math.atan(beside.level / Math.sqrt(INDEPENDENT.level));
  const uncertain = Math.hypot(azimuthError, Math.atan2(earthSecPerDeg, slowness)) > MAX_AZIMUTH_ERROR;
  if (uncertain) return { ...shape, ...slow };
  return { ...shape, ...slow, azimuthDeg: backAzimuthDeg, azimuthErrorDeg: azimuthError / RADIANS_PER_DEGREE };
}
