/**
 * Quality control of one segment: samples that are no ground motion are masked and bridged, and each stretch is told with its cause.
 */
import { median, type QualityMask, type WaveformSegment } from "@harken/core";
import type { StationRecipe } from "./recipe.ts";

export interface CheckedSamples {
  /** Samples without their median, masked ones bridged by a straight line. */
  readonly values: Float64Array;
  readonly masked: Uint8Array;
  readonly atLimit: Uint8Array;
  readonly found: readonly QualityMask[];
}

/** The median difference is taken from at most this many differences, spread over the segment. */
const DIFFERENCE_SAMPLES = 4001;
/** A segment with more masks of one kind than this gets one for the whole stretch instead. */
const MAX_MASKS = 50;

export function checkQuality(segment: WaveformSegment, recipe: StationRecipe): CheckedSamples {
  const { channel, startTime, sampleRateHz, samples } = segment;
  const n = samples.length;
  const values = Float64Array.from(samples);
  const masked = new Uint8Array(n);
  const atLimit = new Uint8Array(n);
  const stretches = new Map<QualityMask["kind"], [number, number][]>();
  const mark = (kind: QualityMask["kind"], from: number, to: number) => {
    if (kind === "clipped") atLimit.fill(1, from, to);
    else masked.fill(1, from, to);
    const list = stretches.get(kind);
    if (list) list.push([from, to]);
    else stretches.set(kind, [[from, to]]);
  };

  for (let i = 0; i < n; i++) {
    if (Number.isFinite(values[i]!)) continue;
    const from = i;
    while (i < n && !Number.isFinite(values[i]!)) i++;
    mark("nan", from, i);
  }
  bridgeMasked(values, masked);
  markRepeats(values, sampleRateHz, recipe, mark);
  markSpikes(values, masked, recipe, mark);
  bridgeMasked(values, masked);
  const middle = medianOf(values);
  for (let i = 0; i < n; i++) values[i]! -= middle;

  const found: QualityMask[] = [];
  for (const [kind, list] of stretches) {
    const time = (i: number) => startTime + i / sampleRateHz;
    if (list.length > MAX_MASKS) {
      const count = list.reduce((sum, [from, to]) => sum + to - from, 0);
      found.push({
        channel,
        startTime: time(list[0]![0]),
        endTime: time(list.at(-1)![1]),
        kind,
        detail: `${count} samples in ${list.length} places`,
      });
    } else
      for (const [from, to] of list)
        found.push({ channel, startTime: time(from), endTime: time(to), kind, detail: `${to - from} samples` });
  }
  return { values, masked, atLimit, found };
}

function medianOf(values: Float64Array): number {
  const step = Math.max(1, Math.floor(values.length / DIFFERENCE_SAMPLES));
  const picked: number[] = [];
  for (let i = 0; i < values.length; i += step) picked.push(values[i]!);
  return median(picked);
}

/** Runs of one value: dead or repeated when long, clipped when they stand at the trace's extreme. */
function markRepeats(
  values: Float64Array,
  rate: number,
  { quality }: StationRecipe,
  mark: (kind: QualityMask["kind"], from: number, to: number) => void,
): void {
  const n = values.length;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const long = Math.max(3, Math.ceil(quality.repeatedSec * rate));
  const couldClip = Math.max(Math.abs(low), Math.abs(high)) >= quality.clippedLeastCounts;
  for (let i = 0; i < n; ) {
    let j = i + 1;
    while (j < n && values[j] === values[i]) j++;
    if (j - i >= long) mark(values[i] === 0 ? "dead" : "repeated", i, j);
    else if (couldClip && j - i >= quality.clippedSamples && (values[i] === low || values[i] === high))
      mark("clipped", i, j);
    i = j;
  }
}

/** One or two samples that stand out against both sides. */
function markSpikes(
  values: Float64Array,
  masked: Uint8Array,
  { quality }: StationRecipe,
  mark: (kind: QualityMask["kind"], from: number, to: number) => void,
): void {
  const n = values.length;
  if (n < 10) return;
  const step = Math.max(1, Math.floor(n / DIFFERENCE_SAMPLES));
  const differences: number[] = [];
  for (let i = 1; i < n; i += step) if (!masked[i]) differences.push(Math.abs(values[i]! - values[i - 1]!));
  if (differences.length === 0) return;
  const limit = quality.spikeRatio * Math.max(1, median(differences));
  for (let i = 1; i + 2 < n; i++) {
    const rise = values[i]! - values[i - 1]!;
    if (Math.abs(rise) <= limit || masked[i]) continue;
    // The spike must fall back nearly to where it came from, within one or two samples; a wave does not.
    for (const width of [1, 2]) {
      const after = values[i + width]!;
      const rest = Math.abs(after - values[i - 1]!);
      if (rest < 0.1 * Math.abs(rise) && Math.abs(values[i + width - 1]! - after) > limit) {
        mark("spike", i, i + width);
        i += width;
        break;
      }
    }
  }
}

function bridgeMasked(values: Float64Array, masked: Uint8Array): void {
  const n = values.length;
  for (let i = 0; i < n; i++) {
    if (!masked[i]) continue;
    const from = i;
    while (i < n && masked[i]) i++;
    const before = from > 0 ? values[from - 1]! : i < n ? values[i]! : 0;
    const after = i < n ? values[i]! : before;
    for (let j = from; j < i; j++) values[j] = before + ((after - before) * (j - from + 1)) / (i - from + 1);
  }
}
