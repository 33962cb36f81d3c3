/**
 * Possible source regions: for every cell and time, how well a release there would explain all samples, those without a detection included. The
 * measure is the correlation over samples between measured concentration and sensitivity, as the CTBTO's web-connected graphics engine does it
 * (Pearson's or Spearman's); the map shows each cell's best time.
 *
 *     const { correlation, slot } = possibleSourceRegion(series, measuredBqPerM3);
 */
import type { CellSeries } from "./cellSeries.ts";

export interface SourceRegion {
  /** Largest correlation over time for each cell; 0 where no sample's air has been. */
  readonly correlation: Float64Array;
  /** Slot of the largest correlation; -1 where none is above 0. */
  readonly slot: Int32Array;
  /** Regression slope measured / sensitivity at that slot: the release that fits, Bq. */
  readonly releaseBq: Float64Array;
}

export type CorrelationKind = "pearson" | "spearman";

/** `measured` holds one concentration for each sample, Bq/m^3, 0 for a non-detection. Throws RangeError for another number of them. */
export function possibleSourceRegion(
  series: CellSeries,
  measured: readonly number[],
  kind: CorrelationKind = "pearson",
): SourceRegion {
  if (measured.length !== series.samples)
    throw new RangeError(`${measured.length} measurements for ${series.samples} samples`);
  const cells = series.grid.rows * series.grid.columns;
  const correlation = new Float64Array(cells);
  const slot = new Int32Array(cells).fill(-1);
  const releaseBq = new Float64Array(cells);
  const y = kind === "pearson" ? measured : ranks(measured);
  const correlate = correlator(y, measured);
  const x = new Float64Array(series.samples);
  for (const { cell, at, entries } of groups(series)) {
    x.fill(0);
    for (const entry of entries) x[series.sample[entry]!]! += series.sensitivity[entry]!;
    const r = correlate(kind === "pearson" ? x : ranks(x));
    if (r > correlation[cell]!) {
      correlation[cell] = r;
      slot[cell] = at;
      releaseBq[cell] = slope(x, measured);
    }
  }
  return { correlation, slot, releaseBq };
}

/** Entries of each cell and slot together. */
function* groups(series: CellSeries): Generator<{ cell: number; at: number; entries: Int32Array }> {
  const { cell, slot, slots } = series;
  const key = Float64Array.from(cell, (c, i) => c * slots + slot[i]!);
  const order = Int32Array.from(key, (_, i) => i).sort((a, b) => key[a]! - key[b]!);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && key[order[to]!] === key[order[from]!]) to++;
    const entry = order[from]!;
    yield { cell: cell[entry]!, at: slot[entry]!, entries: order.subarray(from, to) };
    from = to;
  }
}

/** Pearson's correlation with a fixed `y`; 0 where either does not vary. */
function correlator(y: ArrayLike<number>, { length: n }: ArrayLike<number>): (x: ArrayLike<number>) => number {
  let sumY = 0;
  for (let i = 0; i < n; i++) sumY += y[i]!;
  const centred = Float64Array.from({ length: n }, (_, i) => y[i]! - sumY / n);
  const syy = centred.reduce((sum, v) => sum + v * v, 0);
  return (x) => {
    let sumX = 0;
    for (let i = 0; i < n; i++) sumX += x[i]!;
    const mean = sumX / n;
    let [sxx, sxy] = [0, 0];
    for (let i = 0; i < n; i++) {
      const d = x[i]! - mean;
      sxx += d * d;
      sxy += d * centred[i]!;
    }
    return sxx > 0 && syy > 0 ? sxy / Math.sqrt(sxx * syy) : 0;
  };
}

/** Least-squares slope of measured on sensitivity, with an intercept. */
function slope(x: ArrayLike<number>, y: readonly number[]): number {
  const n = y.length;
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sx += x[i]!;
    sy += y[i]!;
    sxx += x[i]! * x[i]!;
    sxy += x[i]! * y[i]!;
  }
  const spread = n * sxx - sx * sx;
  return spread > 0 ? (n * sxy - sx * sy) / spread : 0;
}

/** Ranks from 1; equal values share the mean of their ranks. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) result[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}
