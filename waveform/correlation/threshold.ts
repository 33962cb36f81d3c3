/**
 * How high the trace of coefficients must rise. In noise it is a normal process of the band it was filtered to, which crosses the level z (in
 * standard deviations) upwards `f exp(-z^2 / 2)` times a second, f being its root mean square frequency (Rice 1944, Bell System Tech. J. 23, 282).
 * So the level follows from the false alarms that one is ready to take; a coefficient is bounded, so chance stays somewhat below that.
 */
import type { CorrelationSettings } from "./settings.ts";

const DAY_SEC = 86_400;

/** Root mean square frequency of a flat spectrum between two frequencies, Hz. */
export const meanFrequency = (lowHz: number, highHz: number): number =>
  Math.sqrt((lowHz ** 2 + lowHz * highHz + highHz ** 2) / 3);

/** Level, in standard deviations of the noise, that chance exceeds `perDay` times a day. */
export function levelFor(perDay: number, lowHz: number, highHz: number): number {
  return Math.sqrt(2 * Math.log(Math.max(1, (meanFrequency(lowHz, highHz) * DAY_SEC) / perDay)));
}

/**
 * False alarms a day that each of `stations` may make so that two of them agree within the tolerance only `falseEventsPerDay` times. Pairs
 * come by chance at n (n - 1) / 2 times the square of the rate times twice the tolerance.
 */
export function stationRate(stations: number, { falseEventsPerDay, toleranceSec }: CorrelationSettings): number {
  if (stations < 2) return falseEventsPerDay;
  const pairs = (stations * (stations - 1)) / 2;
  return Math.sqrt((falseEventsPerDay * DAY_SEC) / (pairs * 2 * toleranceSec));
}
