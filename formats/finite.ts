/** Samples that are no numbers: a format may carry NaN and infinity, a segment may not. */
import type { WaveformSegment } from "@harken/core";

/**
 * The stretches of a segment in which every sample is a finite number, at most `maxSegments` of them, and how many samples were left out.
 */
export function finiteStretches(
  segment: WaveformSegment,
  maxSegments: number,
): { segments: readonly WaveformSegment[]; dropped: number } {
  const { samples, startTime, sampleRateHz } = segment;
  if (samples instanceof Int32Array || allFinite(samples)) return { segments: [segment], dropped: 0 };
  const segments: WaveformSegment[] = [];
  let dropped = samples.length;
  let from = 0;
  for (let i = 0; i <= samples.length && segments.length < maxSegments; i++) {
    if (i < samples.length && Number.isFinite(samples[i])) continue;
    if (i > from) {
      segments.push({ ...segment, startTime: startTime + from / sampleRateHz, samples: samples.subarray(from, i) });
      dropped -= i - from;
    }
    from = i + 1;
  }
  return { segments, dropped };
}

function allFinite(samples: Float32Array | Float64Array): boolean {
  // Zero for a finite number, NaN for any other.
  let zero = 0;
  for (let i = 0; i < samples.length; i++) zero += samples[i]! - samples[i]!;
  return zero === 0;
}
