/**
 * How far the line along which a P wave moves may be off. Two things turn it: noise, of which the time before tells how much, and waves scattered
 * near the station, which come with the signal and look like it. A window of a second or two holds three or four independent motions of a signal
 * of 1 Hz, so what is seen across the line there says little of what turned it: how much waves are scattered in general counts along.
 *
 *     const tilt = lineTilt(along, across, noiseAcross, recipe.threeComponent);
 *     const errorRad = azimuthSpread(Math.sin(incidence), tilt, 0.75);
 */
import { fQuantile } from "@harken/signal";
import type { ThreeComponentRecipe } from "./recipe.ts";

export interface LineTilt {
  /** Root of the variance of the angle by which the line is off to one side, rad. */
  readonly scaleRad: number;
  /** Degrees of freedom that the variance is known by: the angle follows Student's distribution. */
  readonly freedom: number;
}

/** A normal deviate lies within this many standard deviations with a probability of 0.9. */
const DEVIATIONS_90 = 1.645;
const WIDTH_SHARE = 0.9;
/** Least share of the motion along a line by which it exceeds that across. */
const LEAST_GAP = 0.05;
/** A window holds no fewer independent motions than this. */
const LEAST_MOTIONS = 1.5;

/** Motion along the line and across it in the signal's window, and across the same line in the noise before it; means are taken off. */
export function lineTilt(
  along: Float64Array,
  across: Float64Array,
  noise: Float64Array,
  { scatteredTilt, scatteredMotions }: Pick<ThreeComponentRecipe, "scatteredTilt" | "scatteredMotions">,
): LineTilt {
  const energy = Math.max(Number.MIN_VALUE, sumOfSquares(along));
  // The line turns by what of the motion across looks like that along, over what there is more along it than across: the noise is asked at every lag.
  const gap = Math.max(LEAST_GAP * energy, energy - sumOfSquares(across));
  const lags = Math.max(0, noise.length - along.length + 1);
  const likeness = Float64Array.from({ length: lags }, (_, lag) => product(along, noise, lag) / gap);
  const ofNoise = lags > 0 ? sumOfSquares(likeness) / lags : 0;
  const motions = independentMotions(along, energy);
  const expected = lags > 0 ? (sumOfSquares(noise) / noise.length) * across.length : 0;
  const seen = (Math.max(0, sumOfSquares(across) - expected) * energy) / gap ** 2 / motions;
  // One motion went into the line itself.
  const own = motions - 1;
  const ofScatter = (scatteredMotions * scatteredTilt ** 2 + own * seen) / (scatteredMotions + own);
  const variance = ofNoise + ofScatter;
  // Welch and Satterthwaite's freedom of a sum of variances.
  const noiseFreedom = independentMotions(likeness, sumOfSquares(likeness));
  const freedom = variance ** 2 / (ofNoise ** 2 / noiseFreedom + ofScatter ** 2 / (scatteredMotions + own));
  return { scaleRad: Math.sqrt(variance), freedom };
}

/** The standard deviation of a normal that holds 90 % where the tilt does, rad. */
export const spreadOf = ({ scaleRad, freedom }: LineTilt): number =>
  (scaleRad * Math.sqrt(fQuantile(1 - WIDTH_SHARE, 1, freedom))) / DEVIATIONS_90;

/** Directions and incidences that the probability of an azimuth is summed over. */
const DIRECTIONS = 180;
const INCIDENCES = 24;

/**
 * The same for the azimuth of a line whose horizontal part is `sine`, rad. A steep line may come from anywhere: the true horizontal part is any
 * vector of up to `largestSine`, each length as likely as another, at the distance from the one seen that the tilt allows.
 */
export function azimuthSpread(sine: number, { scaleRad, freedom }: LineTilt, largestSine: number): number {
  const weight = Float64Array.from({ length: DIRECTIONS }, (_, k) => {
    const cosine = Math.cos(((k + 0.5) / DIRECTIONS) * Math.PI);
    let sum = 0;
    for (let j = 0; j < INCIDENCES; j++) {
      const own = ((j + 0.5) / INCIDENCES) * largestSine;
      const distance = (sine ** 2 + own ** 2 - 2 * sine * own * cosine) / scaleRad ** 2;
      sum += (1 + distance / freedom) ** (-(freedom + 2) / 2);
    }
    return sum;
  });
  const total = weight.reduce((sum, v) => sum + v, 0);
  let [k, within] = [0, 0];
  while (k < DIRECTIONS - 1 && within + weight[k]! < WIDTH_SHARE * total) within += weight[k++]!;
  const half = ((k + (WIDTH_SHARE * total - within) / weight[k]!) / DIRECTIONS) * Math.PI;
  return half / DEVIATIONS_90;
}

const sumOfSquares = (x: Float64Array): number => x.reduce((sum, v) => sum + v * v, 0);

function product(x: Float64Array, y: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i + lag]!;
  return sum;
}

/** Samples over the sum of the squared autocorrelation: the number of values that tell as much of a mean product as those of the window do. */
function independentMotions(x: Float64Array, energy: number): number {
  let squares = energy ** 2;
  for (let lag = 1; lag < x.length; lag++) squares += 2 * product(x.subarray(0, x.length - lag), x, lag) ** 2;
  return Math.max(LEAST_MOTIONS, (x.length * energy ** 2) / squares);
}
