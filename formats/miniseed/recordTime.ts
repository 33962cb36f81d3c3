/** The time of a record within a trace, as dates and fractions of a second. */
import { type DateParts, dateParts } from "@harken/core";

/**
 * The time `afterSec` after a start in epoch seconds, rounded to `digits` decimals of a second: its date, and `ticks` of the last decimal.
 * The two are added without their whole seconds, as epoch seconds in float64 leave but a quarter of a microsecond.
 */
export function recordTime(
  startTime: number,
  afterSec: number,
  digits: number,
): DateParts & { readonly ticks: number } {
  const scale = 10 ** digits;
  const whole = Math.floor(startTime);
  const ticks = Math.round((startTime - whole + afterSec) * scale);
  const seconds = Math.floor(ticks / scale);
  return { ...dateParts(whole + seconds, 0), ticks: ticks - seconds * scale };
}
