/**
 * From segments to blocks: the channels of a station on one common clock, with a mask of the samples that must not be trusted. A block ends
 * where no channel has data for longer than the recipe bridges.
 */
import { type ChannelId, channelKey, endTime, type QualityMask, type WaveformSegment } from "@harken/core";
import { checkQuality } from "./quality.ts";
import type { StationRecipe } from "./recipe.ts";

/** One channel in a block: samples without mean, 0 where there are none, and `bad` = 1 there and where quality control says so. */
export interface BlockTrace {
  readonly channel: ChannelId;
  readonly samples: Float64Array;
  readonly bad: Uint8Array;
  readonly badFraction: number;
  /** 1 where the instrument was at its limit. */
  readonly clipped: Uint8Array;
  /** Calibration that came with the waveform. */
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
}

export interface Block {
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly length: number;
  readonly traces: readonly BlockTrace[];
}

/** Rates that differ by less than this share are one rate (clocks drift, headers round). */
const SAME_RATE = 1e-3;

const sameRate = (a: number, b: number) => Math.abs(a - b) <= SAME_RATE * b;

/**
 * Blocks of all channels whose rate is `sampleRateHz`, and the masks found. Segments may overlap and come in any order; where two of a
 * channel overlap the earlier one's samples stay.
 */
export function makeBlocks(
  segments: readonly WaveformSegment[],
  sampleRateHz: number,
  recipe: StationRecipe,
): { blocks: Block[]; masks: QualityMask[] } {
  const masks: QualityMask[] = [];
  const used = segments
    .filter((s) => s.samples.length > 1 && sameRate(s.sampleRateHz, sampleRateHz))
    .sort((a, b) => a.startTime - b.startTime);
  const spans: { from: number; to: number; segments: WaveformSegment[] }[] = [];
  for (const segment of used) {
    const last = spans.at(-1);
    const end = endTime(segment);
    if (last && segment.startTime <= last.to + recipe.quality.bridgeSec) {
      last.to = Math.max(last.to, end);
      last.segments.push(segment);
    } else spans.push({ from: segment.startTime, to: end, segments: [segment] });
  }
  const blocks = spans.map(({ from, to, segments: inside }) => {
    const length = Math.round((to - from) * sampleRateHz) + 1;
    const byChannel = new Map<string, WaveformSegment[]>();
    for (const segment of inside) {
      const key = channelKey(segment.channel);
      const list = byChannel.get(key);
      if (list) list.push(segment);
      else byChannel.set(key, [segment]);
    }
    const traces = [...byChannel.values()].map((list) => layOut(list, from, length, sampleRateHz, recipe, masks));
    return { startTime: from, sampleRateHz, length, traces };
  });
  return { blocks, masks };
}

/** One channel's segments on the block's clock. */
function layOut(
  segments: readonly WaveformSegment[],
  from: number,
  length: number,
  rate: number,
  recipe: StationRecipe,
  masks: QualityMask[],
): BlockTrace {
  const samples = new Float64Array(length);
  const bad = new Uint8Array(length).fill(1);
  const clipped = new Uint8Array(length);
  const { channel } = segments[0]!;
  let next = 0;
  let gapFrom = -1;
  for (const segment of segments) {
    const offset = Math.round((segment.startTime - from) * rate);
    const first = Math.max(0, next - offset);
    const { values, masked, atLimit, found } = checkQuality(segment, recipe);
    masks.push(...found);
    if (first > 0 && next > 0)
      masks.push({
        channel,
        startTime: segment.startTime,
        endTime: segment.startTime + first / rate,
        kind: "overlap",
        detail: `${first} samples came twice`,
      });
    if (next > 0 && offset > next) {
      gapFrom = next;
      masks.push({
        channel,
        startTime: from + next / rate,
        endTime: segment.startTime,
        kind: "gap",
        detail: `${offset - next} samples are missing`,
      });
    }
    for (let i = first; i < values.length; i++) {
      const at = offset + i;
      if (at < 0 || at >= length) continue;
      samples[at] = values[i]!;
      bad[at] = masked[i]!;
      clipped[at] = atLimit[i]!;
    }
    if (gapFrom >= 0 && offset - gapFrom <= recipe.quality.bridgeSec * rate) bridge(samples, gapFrom, offset);
    gapFrom = -1;
    next = Math.max(next, offset + values.length);
  }
  let badCount = 0;
  for (let i = 0; i < length; i++) badCount += bad[i]!;
  const withCalib = segments.find((segment) => segment.calibNmPerCount);
  return {
    channel,
    samples,
    bad,
    clipped,
    badFraction: badCount / length,
    calibNmPerCount: withCalib?.calibNmPerCount ?? null,
    calperSec: withCalib?.calperSec ?? null,
  };
}

/** A straight line across samples [from, to). */
function bridge(samples: Float64Array, from: number, to: number): void {
  const [a, b] = [samples[from - 1] ?? 0, samples[to] ?? 0];
  for (let i = from; i < to; i++) samples[i] = a + ((b - a) * (i - from + 1)) / (to - from + 1);
}
