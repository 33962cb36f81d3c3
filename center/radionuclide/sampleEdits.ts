/** What the record of edits says: which of them count, and what each has changed. */
import type { SampleEdit, SampleEditRecord, SampleReport, SampleState } from "@harken/core";

export interface CountingEdit {
  readonly ordinal: number;
  readonly edit: SampleEdit;
}

/** Edits that no undo has taken back, in their order. */
export function countingEdits(records: readonly SampleEditRecord[]): CountingEdit[] {
  const undone = new Set(records.map(({ edit }) => (edit.kind === "undo" ? edit.ordinal : null)));
  return records.flatMap(({ ordinal, edit }) =>
    edit.kind === "undo" || undone.has(ordinal) ? [] : [{ ordinal, edit }],
  );
}

/** The parts of two reports that are not the same. */
export function changesBetween(
  before: SampleReport,
  after: SampleReport,
): { readonly before: SampleState; readonly after: SampleState } {
  const only = (report: SampleReport, other: SampleReport): SampleState => ({
    level: report.level,
    peaks: without(report.peaks, other.peaks),
    regions: without(report.regions, other.regions),
    nuclides: without(report.nuclides, other.nuclides),
  });
  return { before: only(before, after), after: only(after, before) };
}

/** Items of which the other list has none that is equal in every value. */
function without<T extends object>(items: readonly T[], others: readonly T[]): T[] {
  const known = new Set(others.map((one) => JSON.stringify(one)));
  return items.filter((one) => !known.has(JSON.stringify(one)));
}
