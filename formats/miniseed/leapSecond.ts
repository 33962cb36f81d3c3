/**
 * Records with a leap second in them. Epoch seconds have no place for 23:59:60: what was sampled in it is left out, and what comes after
 * stands one second earlier than counting samples would put it, so that the trace goes on without a step.
 */
import type { DataRecord } from "./record.ts";

const DAY = 86_400;

export interface LeapPart {
  readonly startTime: number;
  /** Samples of the record. */
  readonly from: number;
  readonly to: number;
}

/** The stretches of a record's samples that have a time, and how many samples have none. */
export function leapParts(
  { startTime, sampleRateHz: rate, leapSeconds }: Pick<DataRecord, "startTime" | "sampleRateHz" | "leapSeconds">,
  count: number,
): { parts: readonly LeapPart[]; dropped: number } {
  // The leap is at the end of a day; a record that begins within 23:59:60 has that second past its midnight.
  const midnight = Math.floor(startTime / DAY) * DAY;
  const leap = leapSeconds > 0 && startTime < midnight + 1 ? midnight : midnight + DAY + Math.min(0, leapSeconds);
  const indexAt = (time: number) => Math.min(count, Math.max(0, Math.ceil((time - startTime) * rate - 1e-6)));
  const first = indexAt(leap);
  const second = leapSeconds > 0 ? indexAt(leap + 1) : first;
  const parts = [
    { startTime, from: 0, to: first },
    { startTime: startTime + second / rate - leapSeconds, from: second, to: count },
  ];
  return { parts: parts.filter(({ from, to }) => to > from), dropped: second - first };
}
