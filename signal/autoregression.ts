/**
 * Onset of a signal by an autoregressive model of the noise before it and Akaike's criterion: what the noise model cannot predict grows at
 * the onset, and the sample that separates small from large prediction errors best is the onset (Leonard and Kennett 1999,
 * doi:10.1016/S0031-9201(99)00054-0; Maeda 1985 for the criterion on a plain trace).
 *
 * Only the noise is modelled: a signal's first half second is too short to fit a second model to, and what follows may be another phase.
 */

/** Prediction coefficients c of x[t] = sum c[k] x[t-1-k], by Levinson and Durbin's recursion; null for a trace without energy. */
export function fitAutoregression(x: Float64Array, order: number): Float64Array | null {
  const n = x.length;
  const r = new Float64Array(order + 1);
  for (let lag = 0; lag <= order; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += x[i]! * x[i - lag]!;
    r[lag] = sum;
  }
  if (!(r[0]! > 0)) return null;
  // A little white noise keeps the recursion stable for traces that one sine could predict.
  let error = r[0]! * (1 + 1e-9);
  const c = new Float64Array(order);
  const previous = new Float64Array(order);
  for (let k = 0; k < order; k++) {
    let sum = r[k + 1]!;
    for (let j = 0; j < k; j++) sum -= c[j]! * r[k - j]!;
    const reflection = sum / error;
    previous.set(c);
    c[k] = reflection;
    for (let j = 0; j < k; j++) c[j] = previous[j]! - reflection * previous[k - 1 - j]!;
    error *= 1 - reflection * reflection;
    if (!(error > 0)) break;
  }
  return c;
}

/** Prediction errors of x[from, to) by the coefficients c. */
export function predictionErrors(x: Float64Array, c: Float64Array, from: number, to: number): Float64Array {
  const errors = new Float64Array(to - from);
  for (let i = from; i < to; i++) {
    let e = x[i]!;
    for (let k = 0; k < c.length; k++) e -= c[k]! * x[i - 1 - k]!;
    errors[i - from] = e;
  }
  return errors;
}

export interface OnsetSearch {
  /** Samples [noiseFrom, from) train the noise model. */
  readonly noiseFrom: number;
  /** The criterion is taken over [from, to): noise at its begin, signal at its end. */
  readonly from: number;
  readonly to: number;
  /** The onset lies in [earliest, latest]. */
  readonly earliest: number;
  readonly latest: number;
  readonly order: number;
}

export interface Onset {
  readonly index: number;
  /** How far the criterion falls below its value for no onset at all, per sample: near 0 for none, large for a clear one. */
  readonly quality: number;
  /** Standard deviation of the onset if the criterion were a likelihood, samples. */
  readonly spread: number;
}

/** Samples at each end of the window for which there is no variance to speak of. */
const MARGIN = 3;

/** Null when the noise is too short or silent, or the window leaves no room. */
export function autoregressiveOnset(x: Float64Array, search: OnsetSearch): Onset | null {
  const { noiseFrom, from, to, order } = search;
  if (noiseFrom < 0 || to > x.length || from - noiseFrom < 4 * order || from < order) return null;
  const c = fitAutoregression(x.subarray(noiseFrom, from), order);
  if (!c) return null;
  const errors = predictionErrors(x, c, from, to);
  const n = errors.length;
  const first = Math.max(MARGIN, search.earliest - from);
  const last = Math.min(n - MARGIN, search.latest - from);
  if (last < first) return null;
  const before = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) before[i + 1] = before[i]! + errors[i]! ** 2;
  const total = before[n]!;
  if (!(total > 0)) return null;
  const floor = 1e-12 * (total / n);
  const value = (i: number) =>
    i * Math.log(before[i]! / i + floor) + (n - i) * Math.log((total - before[i]!) / (n - i) + floor);
  let best = first;
  for (let i = first; i <= last; i++) if (value(i) < value(best)) best = i;
  const least = value(best);
  let [weight, moment] = [0, 0];
  for (let i = first; i <= last; i++) {
    const w = Math.exp((least - value(i)) / 2);
    weight += w;
    moment += w * (i - best) ** 2;
  }
  return {
    index: from + best,
    quality: (n * Math.log(total / n + floor) - least) / n,
    spread: Math.sqrt(moment / weight),
  };
}
