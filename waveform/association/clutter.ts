/**
 * How often a station detects something that belongs to no event that is known: its arrivals that no event holds, over the time looked at,
 * more in the coda of a strong signal, and more where a later phase of a known event is due. The more a station reports anyway, the less
 * each of its arrivals says.
 */
import { type ArrivalTable, directionLogOdds } from "./arrivalTable.ts";
import type { AssociatorSettings } from "./settings.ts";
import { softplus } from "./softplus.ts";

/** The time that arrivals stand for is at least this, s. */
const LEAST_SPAN_SEC = 300;
/** A station's rate is that of the hour around. */
export const HALF_WINDOW_SEC = 1800;
/** The coda is over after this many decay times. */
const CODA_LENGTHS = 5;

/** Times of the first and the last arrival; the first is after the last when there are none. */
export function timeRange({ time }: ArrivalTable): readonly [from: number, to: number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const t of time) {
    if (t < from) from = t;
    if (t > to) to = t;
  }
  return [from, to];
}

export function spanSec(table: ArrivalTable): number {
  const [from, to] = timeRange(table);
  return Math.max(LEAST_SPAN_SEC, to - from);
}

/** Writes `logClutter` of the table for the arrivals that are left. */
export function countClutter(table: ArrivalTable, settings: AssociatorSettings): void {
  const { first, time, taken, habit, explained, logClutter } = table;
  const { priorPerSec, priorWeightSec, codaPerSec, codaDecaySec } = settings.clutter;
  const [from, to] = timeRange(table);
  const rate = codaPerSec * codaFactor(table, settings);
  for (let s = 0; s + 1 < first.length; s++) {
    // Those within half an hour to either side.
    let [low, high, count] = [first[s]!, first[s]!, 0];
    for (let a = first[s]!; a < first[s + 1]!; a++) {
      for (; high < first[s + 1]! && time[high]! <= time[a]! + HALF_WINDOW_SEC; high++) count += 1 - taken[high]!;
      for (; time[low]! < time[a]! - HALF_WINDOW_SEC; low++) count -= 1 - taken[low]!;
      const window = Math.min(to, time[a]! + HALF_WINDOW_SEC) - Math.max(from, time[a]! - HALF_WINDOW_SEC);
      const steady = (count + priorPerSec * priorWeightSec) / (Math.max(LEAST_SPAN_SEC, window) + priorWeightSec);
      let coda = 0;
      for (let b = a - 1; b >= first[s]! && time[a]! - time[b]! < CODA_LENGTHS * codaDecaySec; b--) {
        const level = codaShare(table, b, settings) * Math.exp((time[b]! - time[a]!) / codaDecaySec);
        // A coda comes from where its signal came from: there a direction is no news.
        coda = Math.max(coda, level * Math.exp(likeness(table, a, b)));
      }
      logClutter[a] = Math.log(steady * Math.exp(habit[a]!) + rate * coda) + softplus(explained[a]!);
    }
  }
}

function codaShare({ arrivals }: ArrivalTable, b: number, { clutter, detection }: AssociatorSettings): number {
  return Math.min(1, (arrivals[b]!.snr ?? detection.snr) / clutter.codaSnr);
}

/** Log odds of arrival `a`'s direction for the coda of `b` against anywhere. */
function likeness(table: ArrivalTable, a: number, b: number): number {
  const { azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, directed } = table;
  if (!directed[a] || !directed[b] || Number.isNaN(slownessSecPerDeg[b]!) || Number.isNaN(azimuthDeg[b]!)) return 0;
  return directionLogOdds(table, a, azimuthDeg[b]!, azimuthErrorDeg[b]!, slownessSecPerDeg[b]!);
}

/** Time after a strong signal in which its coda is counted, s; as many codas as the settings' own figure counts for; bounds of the factor. */
const COUNTED_SEC = 60;
const PRIOR_CODAS = 5;
const FACTORS = [0.5, 2] as const;

/** How much richer in detections the codas of this network are than the settings have it. */
function codaFactor(table: ArrivalTable, settings: AssociatorSettings): number {
  const { first, time } = table;
  const { codaPerSec, codaDecaySec } = settings.clutter;
  const span = spanSec(table);
  const each = codaPerSec * codaDecaySec * (1 - Math.exp(-COUNTED_SEC / codaDecaySec));
  let seen = 0;
  let codas = 0;
  for (let s = 0; s + 1 < first.length; s++) {
    const end = first[s + 1]!;
    const steady = ((end - first[s]!) / span) * COUNTED_SEC;
    for (let b = first[s]!; b < end; b++) {
      if (codaShare(table, b, settings) < 1) continue;
      codas++;
      let after = b + 1;
      while (after < end && time[after]! - time[b]! < COUNTED_SEC) after++;
      seen += Math.max(0, after - b - 1 - steady);
    }
  }
  const factor = (seen + PRIOR_CODAS * each) / ((codas + PRIOR_CODAS) * each);
  return Math.min(FACTORS[1], Math.max(FACTORS[0], factor));
}
