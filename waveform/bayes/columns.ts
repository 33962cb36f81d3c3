/**
 * The arrivals of one call as typed arrays, station by station in order of time, with what each would be as a chance detection: the log of
 * the rate of detections that look like it and belong to no event, in the steady stream or in the coda of a stronger signal.
 */
import type { Arrival } from "@harken/core";
import { logAmplitudeOf, usableArrivals } from "../association/arrivalTable.ts";
import { labelClass } from "../association/phases.ts";
import { chanceDensities, codaDensity, shareOfAmplitude } from "./chance.ts";
import type { ModelNetwork } from "./network.ts";
import type { LabelClass } from "./priors.ts";
import type { BayesSettings } from "./settings.ts";

export interface ArrivalColumns {
  readonly arrivals: readonly Arrival[];
  /** Station `s` has the arrivals from `first[s]` to before `first[s + 1]`. */
  readonly first: Int32Array;
  readonly stationOf: Int32Array;
  readonly time: Float64Array;
  readonly timeErrorSec: Float64Array;
  /** NaN where not measured. */
  readonly azimuthDeg: Float64Array;
  readonly azimuthErrorDeg: Float64Array;
  readonly slownessSecPerDeg: Float64Array;
  readonly slownessErrorSecPerDeg: Float64Array;
  readonly logAmplitude: Float64Array;
  /** Log of the chance of the label for P, S and Lg; 0 where an array's slowness says it. */
  readonly labelled: Readonly<Record<"P" | "S" | "L", Float64Array>>;
  readonly labelledChance: Float64Array;
  /** Log of the rate of chance detections like this one: per s and unit of each measured quantity. */
  readonly chance: Float64Array;
  /** log10 A/T of each station's noise, and whether it was heard at all. */
  readonly noise: Float64Array;
  readonly heard: Uint8Array;
  /** First arrival of a station at or after the start of each stretch of `bucketSec`. */
  readonly buckets: Int32Array;
  readonly bucketCount: number;
  readonly bucketSec: number;
  readonly from: number;
  readonly to: number;
}

const LEAST_BUCKET_SEC = 30;
const LEAST_TIME_ERROR_SEC = 0.1;
const LEAST_AZIMUTH_ERROR_DEG = 0.5;
const LEAST_SLOWNESS_ERROR = 0.1;
/** Directions measured without an error figure. */
const USUAL = { azimuthDeg: 15, slowness: 1.5 } as const;
/** Not more buckets than this, whatever the times say: they grow longer. */
const MAX_BUCKETS = 30_000;

export function columnsOf(arrivals: readonly Arrival[], network: ModelNetwork): ArrivalColumns {
  const used = usableArrivals(arrivals, network.stations);
  const n = used.length;
  const count = network.stations.length;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { arrival } of used) {
    from = Math.min(from, arrival.time);
    to = Math.max(to, arrival.time);
  }
  if (n === 0) [from, to] = [0, 0];
  const bucketSec = Math.max(LEAST_BUCKET_SEC, (to - from) / MAX_BUCKETS);
  const bucketCount = Math.ceil((to - from) / bucketSec) + 2;
  const column = (value: (arrival: Arrival, station: number) => number) =>
    Float64Array.from(used, ({ arrival, station }) => value(arrival, station));
  const first = new Int32Array(count + 1);
  for (const { station } of used) first[station + 1]!++;
  for (let s = 0; s < count; s++) first[s + 1]! += first[s]!;
  const label = used.map(({ arrival }) => labelClass(arrival.phase)!);
  const saysItself = used.map(
    ({ arrival, station }) => network.isArray[station] === 1 && arrival.slownessSecPerDeg !== null,
  );
  const labelled = (wave: "P" | "S" | "L" | "chance") =>
    Float64Array.from(used, ({ station }, a) =>
      saysItself[a] ? 0 : Math.log(network.kinds[station]!.labels[wave][label[a] as LabelClass]),
    );
  const columns: ArrivalColumns = {
    ...{ arrivals: used.map(({ arrival }) => arrival), first, from, to, bucketCount, bucketSec },
    stationOf: Int32Array.from(used, ({ station }) => station),
    time: column(({ time }) => time),
    timeErrorSec: column(({ timeErrorSec }) => Math.max(LEAST_TIME_ERROR_SEC, timeErrorSec)),
    azimuthDeg: column(({ azimuthDeg }) => azimuthDeg ?? Number.NaN),
    azimuthErrorDeg: column(({ azimuthErrorDeg }) =>
      Math.max(LEAST_AZIMUTH_ERROR_DEG, azimuthErrorDeg ?? USUAL.azimuthDeg),
    ),
    slownessSecPerDeg: column(({ slownessSecPerDeg }) => slownessSecPerDeg ?? Number.NaN),
    slownessErrorSecPerDeg: column(({ slownessErrorSecPerDeg }) =>
      Math.max(LEAST_SLOWNESS_ERROR, slownessErrorSecPerDeg ?? USUAL.slowness),
    ),
    logAmplitude: column(logAmplitudeOf),
    labelled: { P: labelled("P"), S: labelled("S"), L: labelled("L") },
    labelledChance: labelled("chance"),
    chance: new Float64Array(n),
    noise: new Float64Array(count),
    heard: new Uint8Array(count),
    buckets: new Int32Array(count * bucketCount),
  };
  fillBuckets(columns, count);
  learnNoise(columns, network);
  return columns;
}

function fillBuckets({ first, time, buckets, bucketCount, bucketSec, from }: ArrivalColumns, count: number): void {
  for (let s = 0; s < count; s++) {
    let a = first[s]!;
    for (let b = 0; b < bucketCount; b++) {
      while (a < first[s + 1]! && time[a]! < from + b * bucketSec) a++;
      buckets[s * bucketCount + b] = a;
    }
  }
}

/** Each station's noise: what its own arrivals say (amplitude over SNR), and what was learned counts as `NOISE_WEIGHT` of them. */
const NOISE_WEIGHT = 10;

function learnNoise({ arrivals, first, logAmplitude, noise, heard }: ArrivalColumns, network: ModelNetwork) {
  network.priors.forEach((prior, s) => {
    let [sum, count] = [prior.noise * NOISE_WEIGHT, NOISE_WEIGHT];
    for (let a = first[s]!; a < first[s + 1]!; a++) {
      const snr = arrivals[a]!.snr;
      if (!(snr !== null && snr > 0) || Number.isNaN(logAmplitude[a]!)) continue;
      sum += logAmplitude[a]! - Math.log10(snr);
      count++;
    }
    noise[s] = sum / count;
    heard[s] = first[s + 1]! > first[s]! ? 1 : 0;
  });
}

/** The rate of a station is that of the hours around, s to either side; what has no owner yet is for so much of it chance. */
const HALF_WINDOW_SEC = 5400;
const UNOWNED_SHARE = 0.75;

/** Writes `chance` anew: `owned` arrivals belong to events. `settled` tells that what has no owner is chance. */
export function countChance(
  columns: ArrivalColumns,
  network: ModelNetwork,
  settings: BayesSettings,
  owned: Uint8Array,
  settled: boolean,
): void {
  const { first, time, chance, logAmplitude, noise, from, to } = columns;
  const share = settled ? 1 : UNOWNED_SHARE;
  for (let s = 0; s + 1 < first.length; s++) {
    const prior = network.priors[s]!;
    const kind = network.kinds[s]!;
    let [low, high, count] = [first[s]!, first[s]!, 0];
    for (let a = first[s]!; a < first[s + 1]!; a++) {
      for (; high < first[s + 1]! && time[high]! <= time[a]! + HALF_WINDOW_SEC; high++) count += 1 - owned[high]!;
      for (; time[low]! < time[a]! - HALF_WINDOW_SEC; low++) count -= 1 - owned[low]!;
      const hours = (Math.min(to, time[a]! + HALF_WINDOW_SEC) - Math.max(from, time[a]! - HALF_WINDOW_SEC)) / 3600;
      const perHour = (prior.falsePerHour * settings.priorHours + share * count) / (settings.priorHours + hours);
      const steady = (perHour / 3600) * chanceDensities(columns, a, kind, prior);
      const coda = codaDensity(columns, a, s, kind);
      const amplitude = Number.isNaN(logAmplitude[a]!) ? 1 : shareOfAmplitude(kind, logAmplitude[a]! - noise[s]!);
      chance[a] = Math.log(steady * amplitude + coda) + columns.labelledChance[a]!;
    }
  }
}
