/**
 * Where a signal began, as a probability over samples. The noise before it is modelled by autoregression, as in autoregression.ts; what that
 * cannot predict has the noise's variance up to the onset and more from there on. The growth is unknown: the variance of the signal's part
 * rises with the square of time over one of several rises (0 for a wave that begins at once) to a level fitted to each, and the
 * probability of an onset is the sum over the rises. So a slow beginning is read before it stands out, and its error is wider, without
 * loss for a sharp one.
 *
 *     const found = onsetPosterior(trace, { noiseFrom: 0, from: 600, to: 900, earliest: 700, latest: 850, order: 10, rises: [0, 10, 40] });
 */
import { fitAutoregression, type OnsetSearch, predictionErrors } from "./autoregression.ts";

export interface GrowthSearch extends OnsetSearch {
  /** Times in which the signal grows, samples, each as likely as another: one that is named twice is twice as likely. */
  readonly rises: readonly number[];
}

export interface OnsetPosterior {
  /** Mean of the onset, in samples: it falls between the last sample of noise and the first of the signal. */
  readonly at: number;
  /** The onset lies within this of the mean with a probability of 0.9, samples. */
  readonly halfWidth90: number;
}

/** Signal variance beside the noise's below which there is none to speak of. */
const LEAST_GAIN = 0.01;
const WIDTH_SHARE = 0.9;
const BISECTIONS = 40;

/** Null when the noise is too short or silent, or the window leaves no room. */
export function onsetPosterior(x: Float64Array, search: GrowthSearch): OnsetPosterior | null {
  const { noiseFrom, from, to, order } = search;
  if (noiseFrom < 0 || to > x.length || from - noiseFrom < 4 * order || from < order) return null;
  const first = Math.max(from, search.earliest);
  const last = Math.min(to - 1, search.latest);
  if (last < first || search.rises.length === 0) return null;
  const c = fitAutoregression(x.subarray(noiseFrom, from), order);
  if (!c) return null;
  // Noise that has grown since the model was fitted is no signal.
  const noise = Math.max(
    meanSquare(predictionErrors(x, c, noiseFrom + order, from)),
    meanSquare(predictionErrors(x, c, from, first)),
  );
  if (!(noise > 0)) return null;
  const power = predictionErrors(x, c, first, to).map((e) => (e * e) / noise);
  if (!power.every(Number.isFinite)) return null;
  const logs = search.rises.map((rise) => logLikelihoods(power, last - first + 1, Math.max(0, Math.round(rise))));
  const most = logs.reduce((m, row) => row.reduce((a, b) => Math.max(a, b), m), Number.NEGATIVE_INFINITY);
  const weight = Float64Array.from(logs[0]!, (_, t) => logs.reduce((sum, row) => sum + Math.exp(row[t]! - most), 0));
  return summary(weight, first);
}

const meanSquare = (x: Float64Array): number => x.reduce((sum, v) => sum + v * v, 0) / Math.max(1, x.length);

/** Log likelihood of an onset at each of the first `count` samples, beside that of no onset, for one rise. */
function logLikelihoods(power: Float64Array, count: number, rise: number): Float64Array {
  const n = power.length;
  const after = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) after[i] = after[i + 1]! + power[i]!;
  const shape = Float64Array.from({ length: rise }, (_, k) => ((k + 0.5) / rise) ** 2);
  const out = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    const growing = Math.min(n, t + rise) - t;
    const steady = n - t - growing;
    // The level by least squares over the growth and what follows.
    let excess = after[t + growing]! - steady;
    let squares = steady;
    for (let k = 0; k < growing; k++) {
      const w = shape[k]!;
      excess += w * (power[t + k]! - 1);
      squares += w * w;
    }
    const gain = Math.max(LEAST_GAIN, excess / squares);
    let sum = steady * Math.log(1 + gain) + after[t + growing]! * (1 / (1 + gain) - 1);
    for (let k = 0; k < growing; k++) {
      const variance = 1 + gain * shape[k]!;
      sum += Math.log(variance) + power[t + k]! * (1 / variance - 1);
    }
    out[t] = -sum / 2;
  }
  return out;
}

/** Weight k is that of an onset between samples `first` + k - 1 and `first` + k. */
function summary(weight: Float64Array, first: number): OnsetPosterior {
  let [total, moment] = [0, 0];
  for (let k = 0; k < weight.length; k++) {
    total += weight[k]!;
    moment += weight[k]! * (k - 0.5);
  }
  const middle = moment / total;
  const within = (half: number) => {
    let sum = 0;
    for (let k = 0; k < weight.length; k++)
      sum += weight[k]! * Math.max(0, Math.min(k, middle + half) - Math.max(k - 1, middle - half));
    return sum / total;
  };
  let [low, high] = [0, weight.length + 1];
  for (let round = 0; round < BISECTIONS; round++) {
    const half = (low + high) / 2;
    if (within(half) < WIDTH_SHARE) low = half;
    else high = half;
  }
  return { at: first + middle, halfWidth90: high };
}
