/** Units of time (code table 4 of GRIB1, 4.4 of GRIB2). */
import { dateParts, epoch } from "@harken/core";

const SECONDS: Readonly<Record<number, number>> = {
  0: 60,
  1: 3600,
  2: 86_400,
  10: 3 * 3600,
  11: 6 * 3600,
  12: 12 * 3600,
  13: 1,
};
const MONTHS: Readonly<Record<number, number>> = { 3: 1, 4: 12, 5: 120, 6: 360, 7: 1200 };
/** The second has a number of its own in GRIB1. */
const SECOND_1 = 254;

/** `count` units after a time; null for a unit that is not known. */
export function addUnits(time: number, count: number, unit: number): number | null {
  const seconds = unit === SECOND_1 ? 1 : SECONDS[unit];
  if (seconds !== undefined) return time + count * seconds;
  const months = MONTHS[unit];
  if (months === undefined) return null;
  const { year, month, day, hour, minute, second } = dateParts(time, 0);
  const total = year * 12 + month - 1 + count * months;
  return epoch(Math.floor(total / 12), (total % 12) + 1, day, hour, minute, second);
}
