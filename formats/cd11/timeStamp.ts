/**
 * Times of CD-1.1: `yyyyddd hh:mm:ss.mmm`, UTC.
 *
 *     readCd11Time("2019315 13:50:50.000"); // 1573480250
 */
import { dateParts, epochOfDay } from "@harken/core";

/** Some writers leave out the zeros before the day of the year. */
const PATTERN = /^(\d{4})(\d{1,3}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/;

/** Epoch seconds; null for a blank field and whatever else is no time. A leap second 60 becomes the next second. */
export function readCd11Time(text: string): number | null {
  const match = PATTERN.exec(text.replaceAll("\0", " ").trim());
  if (!match) return null;
  const [year, day, hour, minute, second] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  if (day < 1 || day > 366 || hour > 23 || minute > 59 || second > 60) return null;
  return epochOfDay(year, day, hour, minute, second) + Number((match[6] ?? "0").padEnd(3, "0")) / 1e3;
}

/** Rounded to milliseconds. */
export function writeCd11Time(time: number): string {
  const { year, dayOfYear, hour, minute, second, fraction } = dateParts(time, 3);
  const digits = (value: number, width: number) => String(value).padStart(width, "0");
  const clock = [hour, minute, second].map((value) => digits(value, 2)).join(":");
  return `${digits(year, 4)}${digits(dayOfYear, 3)} ${clock}.${digits(Math.round(fraction * 1e3), 3)}`;
}
