/**
 * How well two results of one quantity agree: zeta from standard uncertainties, En from expanded ones (ISO 13528:2022, sections 9.6 and 9.7).
 *
 *     zetaScore({ value: 0.29, error: 0.02 }, { value: 0.281, error: 0.006 });   // 0.43
 */
import type { LaboratoryResult } from "@harken/core";

/** With its standard uncertainty. */
export interface Result {
  readonly value: number;
  readonly error: number;
}

/** Difference over the standard uncertainty of the difference; null when both are certain. */
export function zetaScore(result: Result, reference: Result): number | null {
  const sigma = Math.hypot(result.error, reference.error);
  return sigma > 0 ? (result.value - reference.value) / sigma : null;
}

/** Standard to expanded uncertainty of 95 %. */
const COVERAGE = 2;

export function enScore(result: Result, reference: Result): number | null {
  const zeta = zetaScore(result, reference);
  return zeta === null ? null : zeta / COVERAGE;
}

export type Verdict = "satisfactory" | "questionable" | "unsatisfactory";

/** Of a zeta score: within 2, within 3, beyond. */
export function verdictOf(zeta: number): Verdict {
  const size = Math.abs(zeta);
  return size <= 2 ? "satisfactory" : size < 3 ? "questionable" : "unsatisfactory";
}

/** The rows of a laboratory's report: its results beside the station's, both decayed to one reference time, with zeta of the station's. */
export function stationLaboratoryComparison(
  laboratory: readonly (Result & { readonly nuclide: string; readonly mdc: number | null })[],
  station: ReadonlyMap<string, Result>,
): LaboratoryResult[] {
  return laboratory.map(({ nuclide, value, error, mdc }) => {
    const theirs = station.get(nuclide) ?? null;
    return {
      nuclide,
      activityBq: value,
      activityErrorBq: error,
      mdcBq: mdc,
      stationBq: theirs?.value ?? null,
      stationErrorBq: theirs?.error ?? null,
      zeta: theirs && zetaScore(theirs, { value, error }),
    };
  });
}
