/** The timetable as the centre kept it, and the days of it that are in sight; asked for while its panel is. */
import type { TimetableStates } from "@harken/api";
import { computed, effect, signal } from "@preact/signals";
import { attempt, client, status } from "../state.ts";
import { visiblePanels } from "../workspace/dock.ts";

const HOUR_SEC = 3600;
const DAY_SEC = 86_400;
/** Lengths of time that can be in sight, h. */
export const spans: readonly number[] = [6, 12, 24, 48, 168];

export const states = signal<TimetableStates | null>(null);
export const spanHours = signal(12);
/** End of what is in sight, epoch s; null for the newest data. */
export const endsAt = signal<number | null>(null);

export const axis = computed(() => {
  const newest = status.value?.dataTo ?? null;
  const end = endsAt.value ?? (newest === null ? null : Math.ceil(newest / HOUR_SEC) * HOUR_SEC);
  return end === null ? null : { from: end - spanHours.value * HOUR_SEC, to: end };
});

/** Moves along the axis by shares of what is in sight; at the newest data it follows them again. */
export function moveAxis(share: number): void {
  const now = axis.value;
  const newest = status.value?.dataTo ?? null;
  if (!now || newest === null) return;
  const to = now.to + share * (now.to - now.from);
  endsAt.value = to >= newest ? null : Math.max(to, (status.value?.dataFrom ?? 0) + HOUR_SEC);
}

/** Changes only when the panel comes or goes, whatever other panels do. */
const isInSight = computed(() => visiblePanels.value.has("timetable"));

export async function loadTimetable(): Promise<void> {
  const period = axis.peek();
  if (!isInSight.peek() || !period) return;
  const result = await attempt("timetable", () => client.timetable({ from: period.from - DAY_SEC / 4, to: period.to }));
  if (result) states.value = result;
}

/** Asks when the panel comes in sight or shows another time; returns what ends it. */
export const followTimetable = (): (() => void) =>
  effect(() => {
    void axis.value;
    if (isInSight.value) void loadTimetable();
  });
