/**
 * Quality control of one segment: the samples that are no ground motion, stretch by stretch, each with its cause.
 *
 * Spikes and steps are *lone*: one difference of neighbours far above every other within half a second. A seismic wave, however strong and
 * high in frequency, brings many large differences together.
 */
import { median, type QualityMask, type Samples, type WaveformSegment } from "@harken/core";
import type { QualityRecipe } from "./recipe.ts";

export interface Fault {
  readonly kind: "nan" | "dead" | "repeated" | "clipped" | "spike" | "step";
  /** Samples [from, to) of the segment. */
  readonly from: number;
  readonly to: number;
  /** Level by which a step lifts all that follows, counts; 0 for others. */
  readonly jump: number;
}

/** The usual difference of neighbours is taken anew for each stretch of this length, s, from at most so many differences. */
const STRETCH_SEC = 600;
const MAX_DIFFERENCES = 2001;
/** A lone difference is this many times larger than any other within `NEIGHBOUR_SEC`. */
const LONE_FACTOR = 4;
const NEIGHBOUR_SEC = 0.5;
/** A spike returns to within this share of its height. */
const SPIKE_REST = 0.25;

/** Faults in order of their begin. */
export function findFaults({ samples, sampleRateHz }: WaveformSegment, recipe: QualityRecipe): Fault[] {
  return [
    ...notFinite(samples),
    ...runs(samples, sampleRateHz, recipe),
    ...loneDifferences(samples, sampleRateHz, recipe),
  ].sort((a, b) => a.from - b.from);
}

function notFinite(samples: Samples): Fault[] {
  const found: Fault[] = [];
  if (samples instanceof Int32Array) return found;
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i]!)) continue;
    const from = i;
    while (i < samples.length && !Number.isFinite(samples[i]!)) i++;
    found.push({ kind: "nan", from, to: i, jump: 0 });
  }
  return found;
}

/** Runs of one value: dead or repeated when long, clipped when they stand at the trace's extreme. */
function runs(samples: Samples, rate: number, recipe: QualityRecipe): Fault[] {
  const n = samples.length;
  const long = longestByChance(samples, rate, recipe);
  const found: Fault[] = [];
  const short: { readonly from: number; readonly to: number; readonly value: number }[] = [];
  let [low, high] = [Infinity, -Infinity];
  for (let from = 0, to = 0; from < n; from = to) {
    const value = samples[from]!;
    for (to = from + 1; to < n && samples[to] === value; ) to++;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (to - from >= long) found.push({ kind: value === 0 ? "dead" : "repeated", from, to, jump: 0 });
    else if (to - from >= recipe.clippedSamples && (value === low || value === high)) short.push({ from, to, value });
  }
  if (Math.max(Math.abs(low), Math.abs(high)) < recipe.clippedLeastCounts) return found;
  // At what was the extreme so far: now it is known whether that held.
  const clipped = short.filter(({ value }) => value === low || value === high);
  return [...found, ...clipped.map(({ from, to }): Fault => ({ kind: "clipped", from, to, jump: 0 }))];
}

/** Log of the odds against a run's being chance at which it is taken for a fault. */
const LOG_ODDS = 14;
const SHORTEST_RUN_SEC = 1;

/** Samples that a run may have by chance: few where neighbours are seldom equal, many where the digitiser barely resolves the noise. */
function longestByChance(samples: Samples, rate: number, { repeatedSec }: QualityRecipe): number {
  const block = Math.max(2, Math.round(rate));
  const shares: number[] = [];
  for (let from = 1; from + block <= samples.length; from += block) {
    let equal = 0;
    for (let i = from; i < from + block; i++) if (samples[i] === samples[i - 1]) equal++;
    shares.push(equal / block);
  }
  const share = shares.length > 0 ? Math.min(0.99, Math.max(0.01, median(shares))) : 0;
  const chance = share > 0 ? (Math.log(samples.length) + LOG_ODDS) / -Math.log(share) : Infinity;
  return Math.ceil(Math.min(repeatedSec * rate, Math.max(3, SHORTEST_RUN_SEC * rate, chance)));
}

function loneDifferences(samples: Samples, rate: number, { loneRatio }: QualityRecipe): Fault[] {
  const n = samples.length;
  const found: Fault[] = [];
  const stretch = Math.max(16, Math.round(STRETCH_SEC * rate));
  const reach = Math.max(4, Math.round(NEIGHBOUR_SEC * rate));
  for (let begin = 1; begin < n; begin += stretch) {
    const end = Math.min(n, begin + stretch);
    const limit = loneRatio * usualDifference(samples, begin, end);
    for (let i = begin; i < end; i++) {
      const jump = samples[i]! - samples[i - 1]!;
      if (!(Math.abs(jump) > limit)) continue;
      // A spike of one or two samples comes back; a step stays.
      const width = [1, 2].find((w) => Math.abs(samples[i + w]! - samples[i - 1]!) < SPIKE_REST * Math.abs(jump));
      const last = i + (width ?? 0);
      if (!isLone(samples, i, last, reach, Math.abs(jump) / LONE_FACTOR)) continue;
      if (width === undefined) found.push({ kind: "step", from: i, to: i + 1, jump });
      else found.push({ kind: "spike", from: i, to: last, jump: 0 });
      i = last;
    }
  }
  return found;
}

/** Median absolute difference of neighbours in [from, to), at least one count. */
function usualDifference(samples: Samples, from: number, to: number): number {
  const step = Math.max(1, Math.floor((to - from) / MAX_DIFFERENCES));
  const differences: number[] = [];
  for (let i = from; i < to; i += step) {
    const difference = Math.abs(samples[i]! - samples[i - 1]!);
    if (Number.isFinite(difference)) differences.push(difference);
  }
  return differences.length === 0 ? Infinity : Math.max(1, median(differences));
}

/** Whether no difference within `reach` of the samples [first, last] exceeds `limit`, their own left out. */
function isLone(samples: Samples, first: number, last: number, reach: number, limit: number): boolean {
  for (let i = Math.max(1, first - reach); i <= Math.min(samples.length - 1, last + reach); i++) {
    if (i >= first && i <= last) continue;
    if (!(Math.abs(samples[i]! - samples[i - 1]!) <= limit)) return false;
  }
  return true;
}

/** More faults of one kind in a segment than this are told as one. */
const MAX_MASKS = 50;

/** The faults of a segment as masks in time. */
export function masksOf(
  { channel, startTime, sampleRateHz }: WaveformSegment,
  faults: readonly Fault[],
): QualityMask[] {
  const time = (i: number) => startTime + i / sampleRateHz;
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const same = faults.filter((fault) => fault.kind === kind);
    const mask = (from: number, to: number, detail: string): QualityMask => ({
      channel,
      startTime: time(from),
      endTime: time(to),
      kind,
      detail,
    });
    if (same.length <= MAX_MASKS) return same.map(({ from, to }) => mask(from, to, `${to - from} samples`));
    const count = same.reduce((sum, { from, to }) => sum + to - from, 0);
    return [mask(same[0]!.from, same.at(-1)!.to, `${count} samples in ${same.length} places`)];
  });
}
