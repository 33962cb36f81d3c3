/**
 * Fields of regard: where the air of samples has been.
 *
 *     const regard = fieldOfRegard(series, 0);                 // one sample: sensitivity summed over time
 *     const overlap = regardOverlap(series, detections, 0);    // in how many samples' air each cell was
 */
import type { CellSeries } from "./cellSeries.ts";

/** Sensitivity of one sample to each cell, summed over slots, 1/m^3. */
export function fieldOfRegard(series: CellSeries, sample: number): Float64Array {
  const field = new Float64Array(series.grid.rows * series.grid.columns);
  for (let i = 0; i < series.cell.length; i++)
    if (series.sample[i] === sample) field[series.cell[i]!]! += series.sensitivity[i]!;
  return field;
}

/** For each cell the number of the given samples whose field of regard there is above `threshold` (1/m^3). */
export function regardOverlap(series: CellSeries, samples: readonly number[], threshold = 0): Int32Array {
  const overlap = new Int32Array(series.grid.rows * series.grid.columns);
  for (const sample of samples) {
    const field = fieldOfRegard(series, sample);
    for (let cell = 0; cell < field.length; cell++) if (field[cell]! > threshold) overlap[cell]!++;
  }
  return overlap;
}

/**
 * Multi-model field of regard: for each cell the share of models whose field of the same sample is above the threshold (Becker et al. 2007,
 * doi:10.1016/j.atmosenv.2006.12.048). Fields are those of `fieldOfRegard` on one grid.
 */
export function multiModelRegard(models: readonly Float64Array[], threshold = 0): Float64Array {
  const share = new Float64Array(models[0]?.length ?? 0);
  for (const field of models) {
    if (field.length !== share.length) throw new RangeError("the models' fields must be on one grid");
    for (let cell = 0; cell < field.length; cell++) if (field[cell]! > threshold) share[cell]! += 1 / models.length;
  }
  return share;
}
