/** How a list of an interval stands, in one word: by its state, when it was due and made, and what time the data have reached. */
import type { TimetableInterval, TimetableList } from "@harken/api";

export type CellState = "early" | "waiting" | "overdue" | "working" | "made" | "late" | "again" | "failed";

/** A list made this long after it was due counts as late, s: less than that is the work itself. */
const LATE_SEC = 300;

export const cellWords: Readonly<Record<CellState, string>> = {
  early: "not due yet",
  waiting: "due, waits for a worker",
  overdue: "overdue",
  working: "is being made",
  made: "made in time",
  late: "made late, or once more for late data",
  again: "opened again by late data",
  failed: "failed, is tried again",
};

/** Told apart without colour too. */
export const cellSigns: Readonly<Record<CellState, string>> = {
  ...{ early: "", waiting: "·", overdue: "!", working: "…" },
  ...{ made: "✓", late: "+", again: "↻", failed: "×" },
};

/** `now` is data time: the newest data; null before any. */
export function cellState({ state, dueAt, madeAt }: TimetableList, now: number | null): CellState {
  if (state === "failed") return "failed";
  if (state === "claimed") return "working";
  if (state === "done") return madeAt !== null && madeAt > dueAt + LATE_SEC ? "late" : "made";
  if (madeAt !== null) return "again";
  if (now === null || now < dueAt) return "early";
  return now > dueAt + LATE_SEC ? "overdue" : "waiting";
}

/** Where an interval stands on an axis, as shares of its length. */
export function placeOf({ from, to }: TimetableInterval, axis: { readonly from: number; readonly to: number }) {
  const length = axis.to - axis.from;
  return { left: (from - axis.from) / length, width: (to - from) / length };
}
