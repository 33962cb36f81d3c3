/**
 * Onset by Akaike's criterion on the trace itself (Maeda 1985; Zhang et al. 2003, doi:10.1785/0120020241): the sample at which it falls best
 * into two stretches of one variance each. Needs no model; autoregression.ts is the better picker where there is noise to learn from.
 */

export interface AicOnset {
  /** First sample of the second stretch. */
  readonly index: number;
  /** By how much the criterion is lower there than for no onset at all; large for a clear one. */
  readonly depth: number;
}

/** Fewest samples on either side. */
const LEAST = 4;

/** Null for windows of fewer than eight samples, and where one stretch or both are constant. */
export function aicOnset(samples: ArrayLike<number>, from = 0, to = samples.length): AicOnset | null {
  const n = to - from;
  if (!(from >= 0 && to <= samples.length)) throw new RangeError(`samples ${from} to ${to} are not all there`);
  if (n < 2 * LEAST) return null;
  let mean = 0;
  for (let i = from; i < to; i++) mean += samples[i]! / n;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const d = samples[from + i]! - mean;
    sums[i + 1] = sums[i]! + d;
    squares[i + 1] = squares[i]! + d * d;
  }
  const variance = (a: number, b: number) =>
    (squares[b]! - squares[a]!) / (b - a) - ((sums[b]! - sums[a]!) / (b - a)) ** 2;
  const least = 1e-14 * variance(0, n);
  let best: AicOnset | null = null;
  const whole = n * Math.log(variance(0, n));
  for (let k = LEAST; k <= n - LEAST; k++) {
    const [before, after] = [variance(0, k), variance(k, n)];
    if (!(before > least && after > least)) continue;
    const depth = whole - (k * Math.log(before) + (n - k) * Math.log(after));
    if (best === null || depth > best.depth) best = { index: from + k, depth };
  }
  return best;
}
