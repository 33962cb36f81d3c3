/** The season of a time: the part of the year that has gone, 0 at the begin of January 2026 and every 365.25 days before and after. */
const YEAR_SEC = 365.25 * 86_400;
/** 2026-01-01, epoch s. */
const YEAR_START = 1_767_225_600;

export function yearFraction(time: number): number {
  const years = (time - YEAR_START) / YEAR_SEC;
  return years - Math.floor(years);
}
