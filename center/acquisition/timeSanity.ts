/** Whether the time of data can be. A receiver whose GPS week counter of ten bits rolled over is 1024 weeks off, to the second. */

/** 1024 weeks, s. */
export const ROLLOVER_SEC = 1024 * 7 * 86_400;
/** What arrives with a rolled-over time may have waited for so long, s. */
const ROLLOVER_TOLERANCE_SEC = 30 * 86_400;

export interface TimeRule {
  /** How far a station's clock may be ahead, s. */
  readonly maxAheadSec: number;
  /** Older data are taken for a replay, s. */
  readonly maxAgeSec: number;
}

export interface TimeProblem {
  readonly code: "time.week-rollover" | "time.future" | "time.stale" | "time.none";
  readonly detail: string;
}

/** null when the time can be. */
export function checkDataTime(
  time: number | null,
  now: number,
  { maxAheadSec, maxAgeSec }: TimeRule,
): TimeProblem | null {
  if (time === null) return { code: "time.none", detail: "its time cannot be read" };
  const age = now - time;
  if (age >= -maxAheadSec && age <= maxAgeSec) return null;
  const turns = Math.round(age / ROLLOVER_SEC);
  if (turns !== 0 && Math.abs(age - turns * ROLLOVER_SEC) <= ROLLOVER_TOLERANCE_SEC)
    return {
      code: "time.week-rollover",
      detail: `its clock is ${Math.abs(turns) * 1024} weeks ${turns > 0 ? "behind" : "ahead"}: the GPS week counter has rolled over`,
    };
  return age < 0
    ? { code: "time.future", detail: `its time is ${(-age).toFixed(0)} s ahead` }
    : { code: "time.stale", detail: `its data are ${(age / 86_400).toFixed(1)} days old` };
}
