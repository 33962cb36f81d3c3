/**
 * Waveforms: contiguous segments of samples. Sample i stands at `startTime + i / sampleRateHz`, never at an accumulated
 * time; a gap begins a new segment, and NaN is never a gap.
 */
import type { ChannelId } from "./channel.ts";

export type Samples = Int32Array | Float32Array | Float64Array;

export interface WaveformSegment {
  readonly channel: ChannelId;
  /** Epoch seconds UTC of the first sample. */
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly samples: Samples;
  /** Calibration carried by the file itself (GSE, CSS): nm per count at `calperSec`. */
  readonly calibNmPerCount?: number;
  readonly calperSec?: number;
}

/** Time of the last sample, epoch seconds (not one interval after it). */
export function endTime(segment: WaveformSegment): number {
  return segment.startTime + (segment.samples.length - 1) / segment.sampleRateHz;
}

/** A stretch of time on a channel that later stages must not trust. */
export interface QualityMask {
  readonly channel: ChannelId;
  readonly startTime: number;
  readonly endTime: number;
  readonly kind:
    | "gap"
    | "overlap"
    | "spike"
    | "dead"
    | "repeated"
    | "clipped"
    | "step"
    | "nan"
    | "calibration"
    | "clock"
    | "authentication";
  readonly detail: string;
}
