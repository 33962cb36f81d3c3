/**
 * How well computed concentrations agree with measured ones: the measures of the tracer experiments' evaluations (Mosca et al. 1998,
 * doi:10.1016/S1352-2310(98)00179-X; Draxler 2006, doi:10.1016/j.atmosenv.2005.10.012 for the rank).
 *
 *     const { correlation, fms, rank } = evaluate(measured, computed);
 */
import { mean } from "@harken/core";

export interface Scores {
  readonly pairs: number;
  readonly meanMeasured: number;
  readonly meanComputed: number;
  /** Pearson's correlation; null where either does not vary. */
  readonly correlation: number | null;
  /** Of the logarithms, over pairs in which both are above the threshold. */
  readonly logCorrelation: number | null;
  /** Fractional bias 2 (C - M) / (C + M) of the means, -2 to 2; null when both are 0. */
  readonly fractionalBias: number | null;
  /** Mean square difference over the product of the means; null when a mean is 0. */
  readonly nmse: number | null;
  /** Pairs in which both are above the threshold, and the share of them within a factor of 2 and of 5; null without such pairs. */
  readonly bothAbove: number;
  readonly factor2: number | null;
  readonly factor5: number | null;
  /** Figure of merit in space: pairs with both above the threshold over pairs with either, %; null when there are none. */
  readonly fms: number | null;
  /** Largest difference between the two cumulative distributions, %. */
  readonly ksp: number;
  /** Sum of r^2, 1 - |FB| / 2, FMS / 100 and 1 - KSP / 100: 0 to 4; null where one of them is. */
  readonly rank: number | null;
}

/** Concentrations at or below `threshold` count as none. Throws RangeError for arrays of different lengths or without a pair. */
export function evaluate(measured: ArrayLike<number>, computed: ArrayLike<number>, threshold = 0): Scores {
  const n = measured.length;
  if (n === 0 || computed.length !== n)
    throw new RangeError(`${n} measured and ${computed.length} computed values make no pairs`);
  const [meanMeasured, meanComputed] = [mean(measured), mean(computed)];
  let [squares, both, either, two, five] = [0, 0, 0, 0, 0];
  const [logM, logC]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++) {
    const [m, c] = [measured[i]!, computed[i]!];
    squares += (m - c) ** 2;
    if (m > threshold || c > threshold) either++;
    if (!(m > threshold && c > threshold)) continue;
    both++;
    const ratio = c / m;
    if (ratio >= 1 / 2 && ratio <= 2) two++;
    if (ratio >= 1 / 5 && ratio <= 5) five++;
    logM.push(Math.log(m));
    logC.push(Math.log(c));
  }
  const correlation = pearson(measured, computed);
  const total = meanMeasured + meanComputed;
  const fractionalBias = total > 0 ? (2 * (meanComputed - meanMeasured)) / total : null;
  const fms = either > 0 ? (100 * both) / either : null;
  const ksp = distributionDistance(measured, computed);
  return {
    pairs: n,
    meanMeasured,
    meanComputed,
    correlation,
    logCorrelation: pearson(logM, logC),
    fractionalBias,
    nmse: meanMeasured > 0 && meanComputed > 0 ? squares / n / (meanMeasured * meanComputed) : null,
    bothAbove: both,
    factor2: both > 0 ? two / both : null,
    factor5: both > 0 ? five / both : null,
    fms,
    ksp,
    rank:
      correlation === null || fractionalBias === null || fms === null
        ? null
        : correlation ** 2 + (1 - Math.abs(fractionalBias) / 2) + fms / 100 + (1 - ksp / 100),
  };
}

/** Null where either does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  if (x.length < 2) return null;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [sxx, syy, sxy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY];
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
  }
  // Equal values differ from their mean by rounding.
  const varies = (squares: number, about: number) => squares > x.length * (4 * Number.EPSILON * about) ** 2;
  return varies(sxx, meanX) && varies(syy, meanY) ? sxy / Math.sqrt(sxx * syy) : null;
}

/** Kolmogorov and Smirnov's distance, %. */
function distributionDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i] === at) i++;
    while (j < y.length && y[j] === at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return 100 * largest;
}
