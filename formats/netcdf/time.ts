/** Times of the CF conventions: "hours since 2025-5-1 00:00:00", and the absolute "day as %Y%m%d.%f" of CDO. */
import { epoch } from "@harken/core";

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  s: 1,
  minute: 60,
  min: 60,
  hour: 3600,
  hr: 3600,
  h: 3600,
  day: 86_400,
  d: 86_400,
};
const SINCE =
  /^\s*([a-z]+?)s?\s+since\s+(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}(?:\.\d*)?))?)?)?\s*(?:Z|UTC|[+-]?0?0:?00)?\s*$/i;
const CALENDARS: ReadonlySet<string> = new Set(["", "standard", "gregorian", "proleptic_gregorian"]);

/** From a coordinate's numbers to epoch seconds; null for a unit or calendar that is not read. */
export function timeReader(units: string, calendar: string): ((value: number) => number) | null {
  if (!CALENDARS.has(calendar.toLowerCase())) return null;
  if (/^day as %Y%m%d/i.test(units)) return absoluteDay;
  const m = SINCE.exec(units);
  const scale = SECONDS[m?.[1]?.toLowerCase() ?? ""];
  if (!m || !scale) return null;
  const [, , year, month, day, hour = "0", minute = "0", second = "0"] = m;
  const start = epoch(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  return (value) => start + value * scale;
}

function absoluteDay(value: number): number {
  const day = Math.floor(value);
  const midnight = epoch(Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100);
  return midnight + Math.round((value - day) * 86_400);
}
