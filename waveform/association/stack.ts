/**
 * The heart of the search: for one place and depth, the log odds of an event against none as a function of origin time. Every arrival votes
 * for the origin times that it could come from; a station's vote is how much its arrival is better explained by an event there than by
 * chance, log(1 - p + p L), with the chance p that the station detects such an event, and the likelihood ratio L of what it measured. A
 * station that should have detected it and has nothing stays at log(1 - p).
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { type ArrivalTable, directionLogOdds, firstArrivalFrom } from "./arrivalTable.ts";
import { type Detectability, detectionProbability } from "./detectability.ts";
import { phaseKinds } from "./phases.ts";
import type { AssociatorSettings } from "./settings.ts";
import { softplus } from "./softplus.ts";
import { type DepthLayer, TABLE_STEP_DEG } from "./travelTimeGrid.ts";

/** Distances (deg) and azimuths at the stations (deg) of one place. */
export interface Outlook {
  readonly deltaDeg: Float32Array;
  readonly azimuthDeg: Float32Array;
}

export interface StackRequest {
  readonly outlook: Outlook;
  readonly layer: DepthLayer;
  /** The place stands for all within this distance, deg. */
  readonly radiusDeg: number;
  /** Bin k of origin time begins at `from` + k `binSec`. */
  readonly from: number;
  readonly binSec: number;
  readonly bins: number;
}

export interface Stack {
  /** Log odds by bin, without those of `base`. */
  readonly gain: Float64Array;
  /** Log odds when no station had anything. */
  readonly base: number;
  /** Magnitude of the events looked for. */
  readonly magnitude: number;
}

/** Stations that would see less than this share of the events are not asked: arrays, whose directions count, and others. */
const LEAST_PROBABILITY = { array: 0.03, single: 0.06 } as const;
/** Votes for less than this are not counted. */
const LEAST_LOG_ODDS = -1.5;

export interface Stacker {
  /** The result is overwritten by the next call. */
  stack(request: StackRequest): Stack;
}

export function createStacker(
  table: ArrivalTable,
  { threshold, up }: Detectability,
  settings: AssociatorSettings,
): Stacker {
  const { stations, first, time, directed, taken, named, logClutter } = table;
  const { windowSigma } = settings.times;
  const n = stations.length;
  let gain = new Float64Array(0);
  const least = new Float64Array(n);
  const ranked = new Float64Array(n);

  const referenceMagnitude = (layer: DepthLayer, { deltaDeg }: Outlook): number => {
    let count = 0;
    for (let s = 0; s < n; s++) {
      least[s] = threshold[s]! + layer.magnitudeTerm[Math.round(deltaDeg[s]! / TABLE_STEP_DEG)]!;
      if (first[s + 1]! > first[s]!) ranked[count++] = least[s]!;
    }
    if (count === 0) return Number.POSITIVE_INFINITY;
    const sorted = ranked.subarray(0, count).sort();
    return sorted[Math.min(count, settings.detection.referenceStation) - 1]!;
  };

  const stack = ({ outlook, layer, radiusDeg, from, binSec, bins }: StackRequest): Stack => {
    if (gain.length < bins + 1) gain = new Float64Array(bins + 1);
    // While votes are collected, the steps of the log odds from bin to bin; then their sums.
    gain.fill(0, 0, bins + 1);
    const magnitude = referenceMagnitude(layer, outlook);
    let base = 0;
    for (let s = 0; s < n; s++) {
      const firstOwn = first[s]!;
      const end = first[s + 1]!;
      const delta = outlook.deltaDeg[s]!;
      const at = delta / TABLE_STEP_DEG;
      const column = Math.min(Math.floor(at), LAST_COLUMN);
      const f = at - column;
      const reading = up[s]!;
      const asked = stations[s]!.kind === "array" ? LEAST_PROBABILITY.array : LEAST_PROBABILITY.single;
      for (let k = 0; k < phaseKinds.length; k++) {
        const { wave, minDeltaDeg, maxDeltaDeg, detectionOffset, maxShare } = phaseKinds[k]!;
        if (delta < minDeltaDeg || delta > maxDeltaDeg) continue;
        const p = reading * detectionProbability(magnitude - least[s]! - detectionOffset, maxShare, settings);
        if (p < asked) continue;
        const phase = layer.table(k);
        if (!phase) continue;
        const { timeSec, slownessSecPerDeg, errorSec } = phase;
        const travel = timeSec[column]! + f * (timeSec[column + 1]! - timeSec[column]!);
        if (Number.isNaN(travel)) continue;
        base += Math.log1p(-p);
        if (end === firstOwn) continue;
        const slowness = slownessSecPerDeg[column]!;
        const reach = Math.abs(slowness) * radiusDeg;
        const half = reach + windowSigma * Math.sqrt(errorSec[column]! ** 2 + USUAL_READING_ERROR_SEC ** 2);
        const width = Math.max(1, Math.round((2 * half) / binSec));
        const chance = Math.log(p / (1 - p) / (width * binSec));
        const azimuth = outlook.azimuthDeg[s]!;
        const azimuthSpread = Math.min(90, (0.5 * radiusDeg) / Math.max(0.01, Math.sin(delta * RADIANS_PER_DEGREE)));
        const label = named[wave];
        const before = from + travel;
        const until = before + bins * binSec + half;
        // Of several arrivals of a station that vote for one bin, the best counts: the one before gives way or stays.
        let lastVote = 0;
        let lastHigh = -1;
        for (let a = firstArrivalFrom(table, s, before - half); a < end && time[a]! < until; a++) {
          if (taken[a]) continue;
          let odds = chance + label[a]! - logClutter[a]!;
          if (directed[a]) odds += directionLogOdds(table, a, azimuth, azimuthSpread, slowness);
          if (odds < LEAST_LOG_ODDS) continue;
          const vote = softplus(odds);
          let low = Math.floor((time[a]! - before) / binSec - 0.5 * width + 0.5);
          const high = Math.min(bins, low + width);
          if (low < 0) low = 0;
          if (low < lastHigh) {
            if (vote > lastVote) {
              gain[lastHigh]! += lastVote;
              gain[low]! -= lastVote;
            } else low = lastHigh;
          }
          if (low >= high) continue;
          gain[low]! += vote;
          gain[high]! -= vote;
          lastVote = vote;
          lastHigh = high;
        }
      }
    }
    for (let b = 1; b < bins; b++) gain[b]! += gain[b - 1]!;
    return { gain, base, magnitude };
  };
  return { stack };
}

const LAST_COLUMN = 180 / TABLE_STEP_DEG - 1;
/** The reading error that the search reckons with, s; an association takes each arrival's own. */
const USUAL_READING_ERROR_SEC = 0.8;
