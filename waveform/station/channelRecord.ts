/**
 * The recording of one channel: its segments in order, with the faults found in each, and any stretch of it laid out on a clock.
 *
 *     const { record, masks } = openRecord(segments, recipe.quality);
 *     const trace = layOut(record, { startTime, sampleRateHz: 40, length: 72_000 });
 */
import { type ChannelId, endTime, type QualityMask, type WaveformSegment } from "@harken/core";
import { flaggedStretches } from "./flags.ts";
import { type Fault, findFaults, masksOf } from "./quality.ts";
import type { QualityRecipe } from "./recipe.ts";

export interface ChannelRecord {
  readonly channel: ChannelId;
  readonly sampleRateHz: number;
  readonly pieces: readonly { readonly segment: WaveformSegment; readonly faults: readonly Fault[] }[];
}

export interface Clock {
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly length: number;
}

/** One channel on a clock. */
export interface Trace {
  readonly channel: ChannelId;
  /** Samples without their mean; a straight line where there are none that can be trusted. */
  readonly samples: Float64Array;
  /** 1 on those lines. */
  readonly bad: Uint8Array;
  readonly badFraction: number;
  /** 1 where the instrument was at its limit. */
  readonly clipped: Uint8Array;
  /** Calibration that came with the waveform. */
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
}

/** Rates that differ by less than this share are one rate (clocks drift, headers round). */
const SAME_RATE = 1e-3;
export const sameRate = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_RATE * b;

/** Segments of one channel and rate, in any order; where two overlap the earlier one's samples hold. Null for none. */
export function openRecord(
  segments: readonly WaveformSegment[],
  recipe: QualityRecipe,
): { record: ChannelRecord; masks: QualityMask[] } | null {
  const ordered = segments.filter((s) => s.samples.length > 1).sort((a, b) => a.startTime - b.startTime);
  const [first] = ordered;
  if (!first) return null;
  const { channel, sampleRateHz } = first;
  const interval = 1 / sampleRateHz;
  const masks: QualityMask[] = [];
  const pieces: { segment: WaveformSegment; faults: Fault[] }[] = [];
  let due = first.startTime;
  for (const segment of ordered) {
    const { startTime } = segment;
    const faults = findFaults(segment, recipe);
    masks.push(...masksOf(segment, faults));
    pieces.push({ segment, faults });
    const missing = Math.round((startTime - due) * sampleRateHz);
    if (missing > 0)
      masks.push({
        channel,
        startTime: due,
        endTime: startTime,
        kind: "gap",
        detail: `${missing} samples are missing`,
      });
    const twice = Math.min(-missing, segment.samples.length);
    if (twice > 0)
      masks.push({
        channel,
        startTime,
        endTime: startTime + twice * interval,
        kind: "overlap",
        detail: `${twice} samples came twice`,
      });
    due = Math.max(due, endTime(segment) + interval);
  }
  return { record: { channel, sampleRateHz, pieces }, masks };
}

/** The share of a stretch of time that segments, in order of time, fill. */
export function coverage(segments: readonly WaveformSegment[], from: number, to: number): number {
  let covered = 0;
  let until = from;
  for (const segment of segments) {
    const begin = Math.max(until, segment.startTime);
    const end = Math.min(to, endTime(segment));
    if (end <= begin) continue;
    covered += end - begin;
    until = end;
  }
  return to > from ? covered / (to - from) : 0;
}

export function layOut({ channel, pieces }: ChannelRecord, { startTime, length }: Clock): Trace {
  const samples = new Float64Array(length);
  const bad = new Uint8Array(length).fill(1);
  const clipped = new Uint8Array(length);
  let next = 0;
  // What the steps so far have lifted the trace by.
  let lift = 0;
  for (const { segment, faults } of pieces) {
    const { samples: source, sampleRateHz: rate } = segment;
    const offset = Math.round((segment.startTime - startTime) * rate);
    const from = Math.max(0, next - offset, -offset);
    const to = Math.min(source.length, length - offset);
    if (to <= from) continue;
    bad.fill(0, offset + from, offset + to);
    let copied = from;
    const copy = (until: number) => {
      samples.set(source.subarray(copied, until), offset + copied);
      if (lift !== 0) for (let i = copied; i < until; i++) samples[offset + i]! -= lift;
      copied = Math.max(copied, until);
    };
    for (const fault of faults) {
      const [a, b] = [Math.max(from, fault.from), Math.min(to, fault.to)];
      if (b <= a) continue;
      (fault.kind === "clipped" ? clipped : bad).fill(1, offset + a, offset + b);
      if (fault.kind !== "step") continue;
      copy(a);
      lift += fault.jump;
    }
    copy(to);
    next = offset + to;
  }
  const badCount = bridge(samples, bad);
  const calibrated = pieces.find(({ segment }) => segment.calibNmPerCount)?.segment;
  return {
    channel,
    samples,
    bad,
    badFraction: length > 0 ? badCount / length : 1,
    clipped,
    calibNmPerCount: calibrated?.calibNmPerCount ?? null,
    calperSec: calibrated?.calperSec ?? null,
  };
}

/** Takes the mean of the good samples away and draws straight lines over the bad ones; returns their number. */
function bridge(samples: Float64Array, bad: Uint8Array): number {
  const n = samples.length;
  const stretches = flaggedStretches(bad);
  let sum = 0;
  let badCount = 0;
  let next = 0;
  for (const [from, to] of [...stretches, [n, n] as const]) {
    for (let i = next; i < from; i++) sum += samples[i]!;
    badCount += to - from;
    next = to;
  }
  const mean = badCount < n ? sum / (n - badCount) : 0;
  for (let i = 0; i < n; i++) samples[i]! -= mean;
  for (const [from, to] of stretches) {
    const before = from > 0 ? samples[from - 1]! : to < n ? samples[to]! : 0;
    const after = to < n ? samples[to]! : before;
    for (let j = from; j < to; j++) samples[j] = before + ((after - before) * (j - from + 1)) / (to - from + 1);
  }
  return badCount;
}
