/**
 * The arrivals of one call as typed arrays, station by station in order of time. What an arrival says of its wave (label, strength,
 * direction) is turned once into odds against a chance detection.
 */
import { type Arrival, type DirectionCorrection, type Station, wrapAzimuth } from "@harken/core";
import { directionShift, noStationCorrections, type StationCorrections } from "../location/stationCorrections.ts";
import { labelClass } from "./phases.ts";
import type { AssociatorSettings } from "./settings.ts";
import { softplus } from "./softplus.ts";

export type Wave = "P" | "S" | "L";

export interface ArrivalTable {
  readonly stations: readonly Station[];
  /** By station, time and key. */
  readonly arrivals: readonly Arrival[];
  /** Station `s` has the arrivals from `first[s]` to before `first[s + 1]`. */
  readonly first: Int32Array;
  readonly stationOf: Int32Array;
  readonly time: Float64Array;
  readonly timeErrorSec: Float64Array;
  /** NaN where the station measured none, or none to be believed. */
  readonly azimuthDeg: Float64Array;
  readonly azimuthErrorDeg: Float64Array;
  readonly slownessSecPerDeg: Float64Array;
  readonly slownessErrorSecPerDeg: Float64Array;
  /** 1 where there is an azimuth or a slowness. */
  readonly directed: Uint8Array;
  /** Log odds of a direction that fits exactly against a wild one; of the wild against one from anywhere. */
  readonly azimuthPeak: Float64Array;
  readonly slownessPeak: Float64Array;
  readonly wild: Float64Array;
  /** log10 of A/T, nm/s; NaN when not measured. */
  readonly logAmplitude: Float64Array;
  /** Log odds of label and strength for each wave. */
  readonly named: Readonly<Record<Wave, Float64Array>>;
  /** 1 where an event holds the arrival. */
  readonly taken: Uint8Array;
  /** Log odds that the arrival is a later phase of an event that stands. */
  readonly explained: Float64Array;
  /** Log of how much denser the station's chance detections lie around the arrival's direction than on average. */
  readonly habit: Float64Array;
  /** Chance detections that could stand at the arrival's time and place, log of the count per s. */
  readonly logClutter: Float64Array;
}

/** Reading errors of zero are figures that were not given. */
const LEAST_TIME_ERROR_SEC = 0.05;

/**
 * Arrivals with the numbers of their stations, by station, time and key. Those of stations that are not listed, or that are no seismic body or
 * Lg waves, are left out.
 */
export function usableArrivals(
  arrivals: readonly Arrival[],
  stations: readonly Station[],
): { readonly arrival: Arrival; readonly station: number }[] {
  const numberOf = new Map<string, number>();
  stations.forEach(({ code }, s) => {
    if (!numberOf.has(code)) numberOf.set(code, s);
  });
  return arrivals
    .flatMap((arrival) => {
      const station = numberOf.get(arrival.station);
      const usable = station !== undefined && Number.isFinite(arrival.time) && labelClass(arrival.phase) !== null;
      return usable ? [{ arrival, station }] : [];
    })
    .sort((a, b) => a.station - b.station || byTime(a.arrival, b.arrival));
}

/** In a fixed order even among equals. */
export function byTime(a: Arrival, b: Arrival): number {
  return a.time - b.time || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** log10 A/T, nm/s; NaN when not measured. */
export function logAmplitudeOf({ amplitudes }: Arrival): number {
  const found = amplitudes.find(({ type }) => type === "A5/2");
  return found && found.amplitude > 0 && found.periodSec > 0
    ? Math.log10(found.amplitude / found.periodSec)
    : Number.NaN;
}

export function tabulateArrivals(
  arrivals: readonly Arrival[],
  stations: readonly Station[],
  settings: AssociatorSettings,
  corrections: StationCorrections = noStationCorrections,
): ArrivalTable {
  const directions = new Map(corrections.directions.map((table) => [table.station, table]));
  const used = usableArrivals(arrivals, stations);
  const n = used.length;
  const column = () => new Float64Array(n).fill(Number.NaN);
  const table: ArrivalTable = {
    stations,
    arrivals: used.map(({ arrival }) => arrival),
    first: new Int32Array(stations.length + 1),
    stationOf: Int32Array.from(used, ({ station }) => station),
    time: Float64Array.from(used, ({ arrival }) => arrival.time),
    timeErrorSec: Float64Array.from(used, ({ arrival }) => Math.max(LEAST_TIME_ERROR_SEC, arrival.timeErrorSec)),
    azimuthDeg: column(),
    azimuthErrorDeg: column(),
    slownessSecPerDeg: column(),
    slownessErrorSecPerDeg: column(),
    directed: new Uint8Array(n),
    azimuthPeak: column(),
    slownessPeak: column(),
    wild: column(),
    logAmplitude: column(),
    named: { P: column(), S: column(), L: column() },
    taken: new Uint8Array(n),
    habit: new Float64Array(n),
    explained: new Float64Array(n).fill(Number.NEGATIVE_INFINITY),
    logClutter: column(),
  };
  used.forEach(({ arrival, station }, a) => {
    table.first[station + 1]!++;
    const { code, kind } = stations[station]!;
    const shifted = shiftedDirection(arrival, kind === "array" ? directions.get(code) : undefined);
    describe(table, a, shifted, stations[station]!, settings);
  });
  for (let s = 0; s < stations.length; s++) table.first[s + 1]! += table.first[s]!;
  return table;
}

/** The arrival with the direction that its station's table of corrections makes of the measured one. */
function shiftedDirection(arrival: Arrival, table: DirectionCorrection | undefined): Arrival {
  const { azimuthDeg, slownessSecPerDeg } = arrival;
  if (!table || azimuthDeg === null || slownessSecPerDeg === null || !(slownessSecPerDeg > 0)) return arrival;
  const shift = directionShift(table, azimuthDeg, slownessSecPerDeg);
  return {
    ...arrival,
    azimuthDeg: wrapAzimuth(azimuthDeg - shift.azimuthDeg),
    slownessSecPerDeg: Math.max(0, slownessSecPerDeg - shift.slownessSecPerDeg),
  };
}

function describe(table: ArrivalTable, a: number, arrival: Arrival, station: Station, settings: AssociatorSettings) {
  const label = labelClass(arrival.phase)!;
  const isArray = station.kind === "array";
  const model = isArray ? settings.directions.array : settings.directions.single;
  table.wild[a] = Math.log(model.wildShare);
  const { azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, slownessErrorSecPerDeg } = arrival;
  // Three components show the direction of a P wave only.
  if (isArray || label === "P") {
    table.directed[a] = azimuthDeg !== null || slownessSecPerDeg !== null ? 1 : 0;
    if (azimuthDeg !== null) {
      table.azimuthDeg[a] = azimuthDeg;
      table.azimuthErrorDeg[a] = Math.max(model.minAzimuthErrorDeg, azimuthErrorDeg ?? 0);
      table.azimuthPeak[a] = logPeak(360, table.azimuthErrorDeg[a]!, model.wildShare);
    }
    if (slownessSecPerDeg !== null) {
      table.slownessSecPerDeg[a] = slownessSecPerDeg;
      const sigma = Math.max(model.minSlownessErrorSecPerDeg, slownessErrorSecPerDeg ?? 0);
      table.slownessErrorSecPerDeg[a] = sigma;
      table.slownessPeak[a] = logPeak(model.clutterRangeSecPerDeg, sigma, model.wildShare);
    }
  }
  table.logAmplitude[a] = logAmplitudeOf(arrival);
  // Chance detections crowd at the threshold; signals do so less.
  const { strengthSlope, maxStrength } = settings.clutter;
  const above = Math.log10(Math.max(1, (arrival.snr ?? settings.detection.snr) / settings.detection.snr));
  const strength = Math.min(maxStrength, 10 ** (above * (strengthSlope - settings.seismicity.bValue)));
  for (const wave of ["P", "S", "L"] as const) {
    // An array's label is its slowness, which counts for itself.
    const named = isArray && slownessSecPerDeg !== null ? 1 : settings.labels[wave][label];
    table.named[wave][a] = Math.log(named * (wave === "P" ? strength : 1));
  }
}

/** First arrival of station `s` at `time` or later. */
export function firstArrivalFrom({ time, first }: ArrivalTable, s: number, at: number): number {
  let low = first[s]!;
  let high = first[s + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Log odds of a normal error against a wild one that is even over `range`, where the error is zero. */
function logPeak(range: number, sigma: number, wildShare: number): number {
  return Math.log(((1 - wildShare) * range) / (wildShare * ROOT_TWO_PI * sigma));
}

/** An azimuth that is sought over a spread of less than this share of its error is as sharp as its error. */
const NARROW = 0.3;

/**
 * Log odds of an arrival's direction for a wave from `azimuthDeg`, give or take what the search does not know of it, and with `slowness`,
 * against a chance detection from anywhere. Part of all measurements is wild, so no direction rules an arrival out.
 */
export function directionLogOdds(
  table: ArrivalTable,
  a: number,
  azimuthDeg: number,
  azimuthSpreadDeg: number,
  slowness: number,
): number {
  const observedAzimuth = table.azimuthDeg[a]!;
  const observedSlowness = table.slownessSecPerDeg[a]!;
  let odds = 0;
  if (!Number.isNaN(observedAzimuth)) {
    let difference = Math.abs(observedAzimuth - azimuthDeg);
    if (difference > 180) difference = 360 - difference;
    let sigma = table.azimuthErrorDeg[a]!;
    let peak = table.azimuthPeak[a]!;
    if (azimuthSpreadDeg > NARROW * sigma) {
      const wide = Math.sqrt(sigma * sigma + azimuthSpreadDeg * azimuthSpreadDeg);
      peak -= Math.log(wide / sigma);
      sigma = wide;
    }
    const z = difference / sigma;
    odds += table.wild[a]! + softplus(peak - 0.5 * z * z);
  }
  if (!Number.isNaN(observedSlowness)) {
    const z = (observedSlowness - Math.abs(slowness)) / table.slownessErrorSecPerDeg[a]!;
    odds += table.wild[a]! + softplus(table.slownessPeak[a]! - 0.5 * z * z);
  }
  return odds;
}
