/** Units of time (code table 4 of GRIB1, 4.4 of GRIB2), which number the shortest ones differently. */
import { dateParts, epoch } from "@harken/core";

const SECONDS: Readonly<Record<number, number>> = {
  0: 60,
  1: 3600,
  2: 86_400,
  10: 3 * 3600,
  11: 6 * 3600,
  12: 12 * 3600,
};
const SHORT: Readonly<Record<1 | 2, Readonly<Record<number, number>>>> = {
  1: { 13: 900, 14: 1800, 254: 1 },
  2: { 13: 1 },
};
const MONTHS: Readonly<Record<number, number>> = { 3: 1, 4: 12, 5: 120, 6: 360, 7: 1200 };

/** `count` units after a time; null for a unit that is not known. */
export function addUnits(edition: 1 | 2, time: number, count: number, unit: number): number | null {
  const seconds = SHORT[edition][unit] ?? SECONDS[unit];
  if (seconds !== undefined) return time + count * seconds;
  const months = MONTHS[unit];
  if (months === undefined) return null;
  const { year, month, day, hour, minute, second } = dateParts(time, 0);
  const total = year * 12 + month - 1 + count * months;
  return epoch(Math.floor(total / 12), (total % 12) + 1, day, hour, minute, second);
}
