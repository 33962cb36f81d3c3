/**
 * What source-receptor fields say together, as a map: fields of regard, overlap of detections, agreement of models, possible source regions. All of them
 * are of a stretch of time, from one step to the whole.
 */
import type { FieldMeasurement, FieldSummary } from "@harken/api";
import {
  type CellSeries,
  type CorrelationKind,
  cellSeries,
  commonGrid,
  type DecayRule,
  fieldOfRegard,
  multiModelRegard,
  possibleSourceRegion,
  regardOverlap,
  type SourceRegion,
  samplesOf,
  slotsBetween,
} from "@harken/atmosphere";
import type { SourceReceptorField } from "@harken/core";

export type FieldProduct = "regard" | "overlap" | "models" | "region";
/** A plume is not made of fields: a forward run is shown by the same map. */
export type Product = FieldProduct | "plume";

export const productNames: Readonly<Record<FieldProduct, string>> = {
  regard: "Regard",
  overlap: "Overlap",
  models: "Models",
  region: "Source region",
};

export interface ChosenField {
  readonly summary: FieldSummary;
  readonly field: SourceReceptorField;
  /** Null where nothing was measured, which is not a non-detection. */
  readonly measured: FieldMeasurement | null;
}

export interface Question {
  readonly product: Product;
  readonly kind: CorrelationKind;
  /** Sensitivity above which a cell counts, 1/m^3. */
  readonly threshold: number;
  /** Slots from the first to before the second. */
  readonly slots: readonly [number, number];
}

export interface ProductMap {
  readonly title: string;
  readonly unit: string;
  readonly scale: "log" | "linear";
  readonly values: ArrayLike<number>;
  /** Of a source region by one model: each cell's best time, and the release that fits. */
  readonly region: SourceRegion | null;
}

/** Null where nothing is chosen; throws RangeError with a sentence where the fields cannot be put together. */
export function seriesOfChosen(chosen: readonly ChosenField[], decay: DecayRule): CellSeries | null {
  if (chosen.length === 0) return null;
  const fields = chosen.map(({ field }) => field);
  return cellSeries(fields, commonGrid(fields), decay);
}

export const isDetection = (measured: FieldMeasurement | null) =>
  measured !== null && measured.bqPerM3 > (measured.mdcBqPerM3 ?? 0);

/** The map, or the sentence that says what is missing for it. */
export function productMap(
  series: CellSeries,
  chosen: readonly ChosenField[],
  question: Question,
): ProductMap | string {
  const part = slotsBetween(series, ...question.slots);
  if (question.product === "regard") return regard(part, chosen, question);
  if (question.product === "overlap") return overlap(part, chosen, question);
  if (question.product === "plume") return plumeMean(part, question);
  if (question.product === "models") return models(part, chosen, question);
  return region(part, chosen, question);
}

function regard(part: CellSeries, chosen: readonly ChosenField[], { threshold }: Question): ProductMap {
  const values = new Float64Array(part.grid.rows * part.grid.columns);
  chosen.forEach((_, k) => {
    const field = fieldOfRegard(part, k);
    for (let cell = 0; cell < values.length; cell++) if (field[cell]! > threshold) values[cell]! += field[cell]!;
  });
  const what =
    chosen.length === 1 ? `Field of regard, ${nameOf(chosen[0]!)}` : `Field of regard of ${chosen.length} fields`;
  return { title: what, unit: "1/m³", scale: "log", values, region: null };
}

function overlap(part: CellSeries, chosen: readonly ChosenField[], { threshold }: Question): ProductMap {
  const known = chosen.some(({ measured }) => measured !== null);
  const counted = chosen.flatMap(({ measured }, k) => (!known || isDetection(measured) ? [k] : []));
  const title = known
    ? `In the air of how many of ${counted.length} detections`
    : `In the air of how many of ${counted.length} samples`;
  return { title, unit: "samples", scale: "linear", values: regardOverlap(part, counted, threshold), region: null };
}

/** Mean concentration of the time: what would be sampled. */
function plumeMean(part: CellSeries, { slots: [first, end] }: Question): ProductMap {
  const values = fieldOfRegard(part, 0).map((sum) => sum / Math.max(1, end - first));
  return { title: "Mean concentration of the release", unit: "Bq/m³", scale: "log", values, region: null };
}

/** Fields of each model, as indices among the chosen. */
function byCentre(chosen: readonly ChosenField[]): Map<string, number[]> {
  return Map.groupBy(
    chosen.map((_, k) => k),
    (k) => chosen[k]!.summary.centre,
  );
}

function models(part: CellSeries, chosen: readonly ChosenField[], { threshold }: Question): ProductMap | string {
  const centres = byCentre(chosen);
  if (centres.size < 2)
    return "Agreement needs the fields of two models or more: choose those of other centres as well.";
  const samplesBy = [...centres.values()].map((own) => new Set(own.map((k) => sampleOf(chosen[k]!))));
  const first = samplesBy[0]!;
  if (samplesBy.some((own) => own.size !== first.size || [...own].some((sample) => !first.has(sample))))
    return "Agreement needs the same samples from every model: choose them so.";
  const fields = [...centres.values()].map((own) => {
    const sum = new Float64Array(part.grid.rows * part.grid.columns);
    for (const k of own) fieldOfRegard(part, k).forEach((value, cell) => void (sum[cell]! += value));
    return sum;
  });
  const title = `Share of ${centres.size} models (${[...centres.keys()].join(", ")})`;
  return { title, unit: "of models", scale: "linear", values: multiModelRegard(fields, threshold), region: null };
}

function region(part: CellSeries, chosen: readonly ChosenField[], { kind }: Question): ProductMap | string {
  const measured = chosen.flatMap((one, k) => (one.measured === null ? [] : [k]));
  if (measured.length < 3)
    return `A correlation needs three measured samples or more; ${measured.length} of the chosen have a measurement. Give it in the list, or choose the nuclide.`;
  if (!measured.some((k) => isDetection(chosen[k]!.measured)))
    return "None of the chosen samples has a detection: there is nothing to correlate with.";
  const centres = byCentre(chosen);
  const found = [...centres.values()].flatMap((own) => {
    const rows = own.filter((k) => chosen[k]!.measured !== null);
    return rows.length < 3
      ? []
      : [
          possibleSourceRegion(
            samplesOf(part, rows),
            rows.map((k) => chosen[k]!.measured!.bqPerM3),
            kind,
          ),
        ];
  });
  if (found.length === 0) return "No model has three measured samples among the chosen.";
  const values = new Float64Array(part.grid.rows * part.grid.columns);
  for (const { correlation } of found)
    for (let cell = 0; cell < values.length; cell++) values[cell]! += correlation[cell]! / found.length;
  const of = found.length === 1 ? `${measured.length} samples` : `mean of ${found.length} models`;
  return {
    title: `Possible source region, ${kind === "pearson" ? "Pearson" : "Spearman"}, ${of}`,
    unit: "correlation",
    scale: "linear",
    values,
    region: found.length === 1 ? found[0]! : null,
  };
}

/** A product at one cell for each slot of the series: what the time series shows. */
export function cellHistory(
  series: CellSeries,
  chosen: readonly ChosenField[],
  cell: number,
  question: Question,
): number[] {
  const own = entriesOfCell(series, cell);
  return Array.from({ length: series.slots }, (_, slot) => {
    const map = productMap(own, chosen, { ...question, slots: [slot, slot + 1] });
    return typeof map === "string" ? 0 : map.values[0]!;
  });
}

/** A series of one cell: everything that a product needs, on a grid of one. */
function entriesOfCell(series: CellSeries, cell: number): CellSeries {
  const kept = Int32Array.from([...series.cell.keys()].filter((i) => series.cell[i] === cell));
  const { slot, sample } = series;
  return {
    ...series,
    grid: { ...series.grid, rows: 1, columns: 1 },
    cell: new Int32Array(kept.length),
    slot: kept.map((i) => slot[i]!),
    sample: kept.map((i) => sample[i]!),
    sensitivity: Float64Array.from(kept, (i) => series.sensitivity[i]!),
  };
}

/** Sensitivity of each chosen field to a cell over the slots, 1/m^3. */
export function sensitivities(
  series: CellSeries,
  count: number,
  cell: number,
  [first, end]: Question["slots"],
): number[] {
  const sums = new Array<number>(count).fill(0);
  for (let i = 0; i < series.cell.length; i++)
    if (series.cell[i] === cell && series.slot[i]! >= first && series.slot[i]! < end)
      sums[series.sample[i]!]! += series.sensitivity[i]!;
  return sums;
}

const sampleOf = ({ summary }: ChosenField) => `${summary.station} ${summary.sampleStop}`;
const nameOf = ({ summary }: ChosenField) => `${summary.station} by ${summary.centre}`;
