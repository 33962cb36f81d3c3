/**
 * What known emitters put into each sample, and whether that is all there is: the background of xenon from an inventory of reactors and
 * isotope plants, and a score for each sample that says how much of it the background leaves unexplained.
 *
 *     const series = cellSeries(fields, grid, { halfLifeSec });          // decay counts
 *     const background = knownBackground(series, inventory);
 *     const scores = screenSamples(samples, background);
 */
import { cellIndex } from "../grid/latLonGrid.ts";
import type { CellSeries } from "./cellSeries.ts";
import type { MeasuredSample } from "./sourceTerm.ts";

/** A line of an emission inventory. One emitter may have several, for parts of a year. */
export interface Emitter {
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly bqPerSec: number;
  /** Standard uncertainty of the rate, relative. */
  readonly uncertaintyShare: number;
  /** Epoch seconds between which it holds; null for always. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface Background {
  /** For each sample, Bq/m^3. */
  readonly bqPerM3: Float64Array;
  /** From the rates' uncertainties alone; lines of one emitter err together, different emitters apart. */
  readonly uncertaintyBqPerM3: Float64Array;
  /** By name, what each emitter contributes to each sample. */
  readonly byEmitter: ReadonlyMap<string, Float64Array>;
  /** Emitters that lie outside the fields' grid and so count for nothing. */
  readonly outside: readonly string[];
}

export function knownBackground(series: CellSeries, inventory: readonly Emitter[]): Background {
  const byEmitter = new Map<string, Float64Array>();
  const errors = new Map<string, Float64Array>();
  const outside = new Set<string>();
  for (const { name, latitudeDeg, longitudeDeg, bqPerSec, uncertaintyShare, from, to } of inventory) {
    const cell = cellIndex(series.grid, latitudeDeg, longitudeDeg);
    if (cell < 0) {
      outside.add(name);
      continue;
    }
    const part = byEmitter.get(name) ?? new Float64Array(series.samples);
    const error = errors.get(name) ?? new Float64Array(series.samples);
    byEmitter.set(name, part);
    errors.set(name, error);
    for (let i = 0; i < series.cell.length; i++) {
      if (series.cell[i] !== cell) continue;
      const begin = series.startTime + series.slot[i]! * series.slotSec;
      const end = begin + series.slotSec;
      const seconds = Math.max(0, Math.min(end, to ?? end) - Math.max(begin, from ?? begin));
      const value = bqPerSec * seconds * series.sensitivity[i]!;
      part[series.sample[i]!]! += value;
      error[series.sample[i]!]! += uncertaintyShare * value;
    }
  }
  const bqPerM3 = new Float64Array(series.samples);
  const variance = new Float64Array(series.samples);
  for (const part of byEmitter.values()) part.forEach((value, k) => void (bqPerM3[k]! += value));
  for (const error of errors.values()) error.forEach((value, k) => void (variance[k]! += value * value));
  return { bqPerM3, uncertaintyBqPerM3: variance.map(Math.sqrt), byEmitter, outside: [...outside] };
}

export interface ScreeningScore {
  readonly measured: number;
  readonly expected: number;
  /** Measured less expected, Bq/m^3. */
  readonly excess: number;
  /** The excess over the standard uncertainty of both. */
  readonly score: number;
  /** "nothing": not detected. "explained": the score is at most 1.645. "doubtful": up to 3. "unexplained": above. */
  readonly verdict: "nothing" | "explained" | "doubtful" | "unexplained";
}

/** One-sided 95 % of a normal distribution, and the usual three standard deviations. */
const EXPLAINED = 1.645;
const UNEXPLAINED = 3;

/** `modelError`: of computed against true concentrations, relative. Throws RangeError for another number of samples. */
export function screenSamples(
  samples: readonly MeasuredSample[],
  background: Background,
  modelError = 0.5,
): ScreeningScore[] {
  if (samples.length !== background.bqPerM3.length)
    throw new RangeError(`${samples.length} measurements for ${background.bqPerM3.length} samples`);
  return samples.map(({ bqPerM3: measured, uncertaintyBqPerM3, mdcBqPerM3 }, k) => {
    const expected = background.bqPerM3[k]!;
    const excess = measured - expected;
    const error = Math.hypot(
      uncertaintyBqPerM3,
      (mdcBqPerM3 ?? 0) / 3.29,
      background.uncertaintyBqPerM3[k]!,
      modelError * expected,
    );
    const score = error > 0 ? excess / error : excess > 0 ? Number.MAX_VALUE : 0;
    const detected = measured > 0 && measured >= (mdcBqPerM3 ?? 0);
    const verdict = !detected
      ? "nothing"
      : score <= EXPLAINED
        ? "explained"
        : score <= UNEXPLAINED
          ? "doubtful"
          : "unexplained";
    return { measured, expected, excess, score, verdict };
  });
}
