/**
 * How much was released where, and when: for a cell the releases of each slot, none of them negative, that together fit all samples best, and how sure
 * their sum is. Samples weigh by their uncertainty and by the error of transport, which for single samples is about half of the value
 * (Stohl et al. 2009, doi:10.5194/acp-9-1597-2009, section 2.3, weigh likewise).
 *
 *     const { totalBq, lowBq, highBq } = sourceTerm(series, cell, samples);
 */
import { nonNegativeLeastSquares, quantile, randomStream } from "@harken/core";
import { pearson } from "../evaluation/scores.ts";
import type { CellSeries } from "./cellSeries.ts";

export interface MeasuredSample {
  /** 0 for a non-detection. */
  readonly bqPerM3: number;
  /** Standard uncertainty of the measurement. */
  readonly uncertaintyBqPerM3: number;
  /** Minimum detectable concentration, where it is known. */
  readonly mdcBqPerM3: number | null;
}

export interface SourceTermOptions {
  /** Of computed against true concentrations, relative. */
  readonly modelError: number;
  /** Repetitions with what the estimate predicts moved by the errors, from which the range comes. */
  readonly repetitions: number;
  readonly seed: number;
  /** Epoch seconds between which something may have been released; null for all that the fields cover. */
  readonly from: number | null;
  readonly to: number | null;
}

export const defaultSourceTerm: SourceTermOptions = Object.freeze({
  modelError: 0.5,
  repetitions: 400,
  seed: 1,
  from: null,
  to: null,
});

export interface SourceTerm {
  /** Of each slot of the series, Bq. */
  readonly releaseBq: Float64Array;
  readonly totalBq: number;
  /** 5 and 95 % of the repetitions. */
  readonly lowBq: number;
  readonly highBq: number;
  /** What the releases put into the samples, Bq/m^3. */
  readonly computed: Float64Array;
  readonly correlation: number | null;
  /** Mean square of the differences over their expected size: about 1 for a place that explains the samples, more for one that does not. */
  readonly misfit: number;
}

/** A non-detection may be anything up to the MDC, which stands 1.645 standard deviations above the decision limit. */
const MDC_DEVIATIONS = 1.645;
/** The weights settle within a few rounds. */
const ROUNDS = 6;
/** Measurements without any stated error are not perfect. */
const LEAST_ERROR = 0.05;

/** Throws RangeError for another number of samples than the series has. */
export function sourceTerm(
  series: CellSeries,
  cell: number,
  samples: readonly MeasuredSample[],
  options: Partial<SourceTermOptions> = {},
): SourceTerm {
  if (samples.length !== series.samples)
    throw new RangeError(`${samples.length} measurements for ${series.samples} samples`);
  const { modelError, repetitions, seed, from, to } = { ...defaultSourceTerm, ...options };
  const { slots, matrix } = slotMatrix(series, cell, from, to);
  const columns = slots.length;
  const measured = samples.map(({ bqPerM3 }) => bqPerM3);
  const least = LEAST_ERROR * Math.max(...measured, Number.MIN_VALUE);
  const errorsAbout = (values: ArrayLike<number>) =>
    samples.map(({ uncertaintyBqPerM3, mdcBqPerM3 }, i) =>
      Math.hypot(
        uncertaintyBqPerM3,
        modelError * values[i]!,
        mdcBqPerM3 === null ? least : mdcBqPerM3 / MDC_DEVIATIONS,
      ),
    );
  const solve = (values: ArrayLike<number>, error: readonly number[]) =>
    nonNegativeLeastSquares(
      matrix.map((value, at) => value / error[Math.floor(at / columns)]!),
      columns,
      error.map((e, i) => values[i]! / e),
    );
  const compute = (releases: Float64Array) =>
    Float64Array.from(measured, (_, row) =>
      releases.reduce((sum, bq, column) => sum + bq * matrix[row * columns + column]!, 0),
    );
  const total = (releases: Float64Array) => releases.reduce((sum, bq) => sum + bq, 0);
  // Transport errs in proportion to what it computes; weights by what was measured would favour the samples that came out low.
  let error = errorsAbout(measured);
  let best = solve(measured, error);
  for (let round = 0; round < ROUNDS; round++) {
    error = errorsAbout(compute(best));
    best = solve(measured, error);
  }
  const computed = compute(best);
  const random = randomStream(seed, "source term");
  const totals = Float64Array.from({ length: repetitions }, () =>
    total(
      solve(
        computed.map((value, i) => value + error[i]! * random.normal()),
        error,
      ),
    ),
  );
  const releaseBq = new Float64Array(series.slots);
  slots.forEach((slot, column) => {
    releaseBq[slot] = best[column]!;
  });
  return {
    releaseBq,
    totalBq: total(best),
    lowBq: repetitions > 0 ? quantile(totals, 0.05) : total(best),
    highBq: repetitions > 0 ? quantile(totals, 0.95) : total(best),
    computed,
    correlation: pearson(measured, computed),
    misfit: measured.reduce((sum, value, i) => sum + ((value - computed[i]!) / error[i]!) ** 2, 0) / measured.length,
  };
}

/** The slots in which the cell matters to any sample, and the sensitivities, [sample][slot of these]. */
function slotMatrix(
  { slot, sample, sensitivity, samples, ...series }: CellSeries,
  cell: number,
  from: number | null,
  to: number | null,
) {
  const begins = (at: number) => series.startTime + at * series.slotSec;
  const entries = Array.from(series.cell.keys()).filter(
    (i) =>
      series.cell[i] === cell &&
      (from === null || begins(slot[i]! + 1) > from) &&
      (to === null || begins(slot[i]!) < to),
  );
  const slots = [...new Set(entries.map((i) => slot[i]!))].sort((a, b) => a - b);
  const matrix = new Float64Array(samples * slots.length);
  for (const i of entries) matrix[sample[i]! * slots.length + slots.indexOf(slot[i]!)]! += sensitivity[i]!;
  return { slots, matrix };
}
