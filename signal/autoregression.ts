/**
 * Onset of a signal by two autoregressive models and Akaike's criterion: noise before the onset, signal after it. The sample that separates
 * them best is the onset (Sleeman and van Eck 1999, doi:10.1016/S0031-9201(99)00007-2; Leonard 2000, doi:10.1785/0120000019).
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

function squaredErrors(x: Float64Array, c: Float64Array): Float64Array {
  const errors = new Float64Array(x.length);
  for (let i = c.length; i < x.length; i++) {
    let e = x[i]!;
    for (let k = 0; k < c.length; k++) e -= c[k]! * x[i - 1 - k]!;
    errors[i] = e * e;
  }
  return errors;
}

export interface Onset {
  /** Index of the onset in the window. */
  readonly index: number;
  /** How far the criterion falls below its value at the window's ends, per sample: near 0 for none, large for a clear onset. */
  readonly quality: number;
}

/**
 * Onset in a window that begins in noise and ends in signal. `noiseCount` and `signalCount` samples at its two ends train the models. Null
 * when the window is too short or silent.
 */
export function autoregressiveOnset(
  window: Float64Array,
  noiseCount: number,
  signalCount: number,
  order: number,
): Onset | null {
  const n = window.length;
  if (noiseCount < 3 * order || signalCount < 3 * order || noiseCount + signalCount > n) return null;
  const noise = fitAutoregression(window.subarray(0, noiseCount), order);
  const signal = fitAutoregression(window.subarray(n - signalCount), order);
  if (!noise || !signal) return null;
  const noiseError = squaredErrors(window, noise);
  const signalError = squaredErrors(window, signal);
  const after = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) after[i] = after[i + 1]! + signalError[i]!;
  let before = 0;
  const first = 2 * order;
  const last = n - 2 * order;
  for (let i = 0; i < first; i++) before += noiseError[i]!;
  let best = -1;
  let least = Infinity;
  let ends = Infinity;
  const floor = 1e-12 * (after[0]! / n) + Number.MIN_VALUE;
  for (let i = first; i < last; i++) {
    const value =
      (i - order) * Math.log(before / (i - order) + floor) + (n - i) * Math.log(after[i]! / (n - i) + floor);
    if (i === first || i === last - 1) ends = Math.min(ends, value);
    if (value < least) {
      least = value;
      best = i;
    }
    before += noiseError[i]!;
  }
  return best < 0 ? null : { index: best, quality: (ends - least) / n };
}
