/** Undo and redo as a walk over the versions of an event, read from its record of edits: the same for every analyst who looks at it. */
import type { EditRecord } from "@harken/api";

/** Stands for an event that was rejected, among the versions that undo and redo lead to. */
export const REJECTED = 0;

/** Where undo and redo lead, by the record of edits (newest first): versions of the event. */
export function walkOf(record: readonly EditRecord[]): { readonly undo: number | null; readonly redo: number | null } {
  const past: number[] = [];
  let future: number[] = [];
  let at: number | null = null;
  for (const { versionAfter, restoredVersion } of record.toReversed()) {
    // A version that was restored is known by the number that was asked for.
    const to = restoredVersion ?? versionAfter ?? REJECTED;
    const back = (restoredVersion !== null || to === REJECTED) && past.at(-1) === to;
    const forth = (restoredVersion !== null || to === REJECTED) && future[0] === to;
    if (back) past.pop();
    if (at !== null) {
      if (back) future.unshift(at);
      else past.push(at);
    }
    if (!back) future = forth ? future.slice(1) : [];
    at = to;
  }
  return { undo: past.at(-1) ?? null, redo: future[0] ?? null };
}
