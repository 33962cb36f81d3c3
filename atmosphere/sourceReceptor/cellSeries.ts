/**
 * Source-receptor fields of many samples on one grid and one clock: what regard, overlap and correlation are computed from. Everything is sparse:
 * a list of (sample, cell, slot, sensitivity), slots counted from a first time in steps of the fields' output.
 */
import { type SourceReceptorField, stepEnd } from "@harken/core";
import { cellIndex, type LatLonGrid } from "../grid/latLonGrid.ts";

export interface CellSeries {
  readonly grid: LatLonGrid;
  /** Epoch seconds at which slot 0 begins. */
  readonly startTime: number;
  readonly slotSec: number;
  readonly slots: number;
  readonly samples: number;
  readonly sample: Int32Array;
  readonly cell: Int32Array;
  readonly slot: Int32Array;
  /** 1/m^3: Bq/m^3 in the sample for each Bq released in the cell during the slot. */
  readonly sensitivity: Float64Array;
}

/** How much of a nuclide is left of a release when the sample's collection ends; 1 for an inert tracer. */
export type DecayRule = { readonly halfLifeSec: number } | null;

/**
 * Entries outside the grid are left out. Decay, where asked for, counts from the end of the slot to the end of sampling, as the
 * CTBTO's files state their times. Throws RangeError when the fields' output steps differ.
 */
export function cellSeries(
  fields: readonly SourceReceptorField[],
  grid: LatLonGrid,
  decay: DecayRule = null,
): CellSeries {
  const [first] = fields;
  if (!first) throw new RangeError("no source-receptor fields");
  const slotSec = first.outputHours * 3600;
  if (fields.some(({ outputHours }) => outputHours * 3600 !== slotSec))
    throw new RangeError("the fields have different output steps; regrid them in time first");
  let [earliest, latest, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const field of fields) {
    for (let i = 0; i < field.values.length; i++) {
      const end = stepEnd(field, i);
      if (end < earliest) earliest = end;
      if (end > latest) latest = end;
    }
    count += field.values.length;
  }
  const startTime = count > 0 ? earliest - slotSec : first.sampleStart;
  const sample = new Int32Array(count);
  const cell = new Int32Array(count);
  const slot = new Int32Array(count);
  const sensitivity = new Float64Array(count);
  let at = 0;
  fields.forEach((field, k) => {
    for (let i = 0; i < field.values.length; i++) {
      const index = cellIndex(grid, field.cellLatitudeDeg[i]!, field.cellLongitudeDeg[i]!);
      if (index < 0) continue;
      const end = stepEnd(field, i);
      const left = decay ? 2 ** (-(field.sampleStop - end) / decay.halfLifeSec) : 1;
      sample[at] = k;
      cell[at] = index;
      slot[at] = Math.round((end - slotSec - startTime) / slotSec);
      sensitivity[at] = (left * field.values[i]!) / field.releaseBq;
      at++;
    }
  });
  return {
    grid,
    startTime,
    slotSec,
    slots: count > 0 ? Math.round((latest - startTime) / slotSec) : 0,
    samples: fields.length,
    sample: sample.slice(0, at),
    cell: cell.slice(0, at),
    slot: slot.slice(0, at),
    sensitivity: sensitivity.slice(0, at),
  };
}

/** The entries of slots from `first` to before `end`: what a product of a part of the time is computed from. */
export function slotsBetween(series: CellSeries, first: number, end: number): CellSeries {
  return entriesWhere(series, (i) => series.slot[i]! >= first && series.slot[i]! < end);
}

/** The entries of some samples, which are numbered anew in the order given. */
export function samplesOf(series: CellSeries, samples: readonly number[]): CellSeries {
  const places = new Map(samples.map((sample, i) => [sample, i]));
  const part = entriesWhere(series, (i) => places.has(series.sample[i]!));
  return { ...part, samples: samples.length, sample: part.sample.map((sample) => places.get(sample)!) };
}

function entriesWhere(series: CellSeries, isKept: (entry: number) => boolean): CellSeries {
  const kept = series.cell.map((_, i) => (isKept(i) ? i : -1)).filter((i) => i >= 0);
  const pick = (values: Int32Array) => kept.map((i) => values[i]!);
  return {
    ...series,
    sample: pick(series.sample),
    cell: pick(series.cell),
    slot: pick(series.slot),
    sensitivity: Float64Array.from(kept, (i) => series.sensitivity[i]!),
  };
}
