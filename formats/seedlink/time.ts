/**
 * Times of SeedLink: `2012,5,11,0,0,0` in version 3, `2012-05-11T00:00:00Z` in version 4. Each is read wherever one may stand.
 */
import { dateParts, epoch, isoTime, parseTime } from "@harken/core";
import type { SeedLinkVersion } from "./command.ts";

const WITH_COMMAS = /^(\d{4}),(\d{1,2}),(\d{1,2})(?:,(\d{1,2}))?(?:,(\d{1,2}))?(?:,(\d{1,2})(?:[.,](\d{1,9}))?)?$/;

/** Epoch seconds; null for what is no time. */
export function readSeedLinkTime(text: string): number | null {
  if (/^\d{4}-\d/.test(text)) return parseTime(text);
  const match = WITH_COMMAS.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const isTime = month! >= 1 && month! <= 12 && day! >= 1 && day! <= 31 && hour! < 24 && minute! < 60 && second! <= 60;
  const fraction = Number(`0.${match[7] ?? 0}`);
  return isTime ? epoch(year!, month!, day!, hour, minute, second! + fraction) : null;
}

/** Version 3 has whole seconds; the ones before. */
export function writeSeedLinkTime(time: number, version: SeedLinkVersion): string {
  if (version === 4) return isoTime(time, Number.isInteger(time) ? 0 : 6);
  const { year, month, day, hour, minute, second } = dateParts(Math.floor(time), 0);
  return [year, month, day, hour, minute, second].join(",");
}
