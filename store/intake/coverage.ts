/**
 * What of a segment is not there yet. Data come more than once: over two links, from a backfill that crosses with the live stream, from a
 * sender that was not sure. A sample stands in the archive once.
 */
import { endTime, type WaveformSegment } from "@harken/core";

/** A stretch of samples that is there: times of its first and last sample. */
export interface Covered {
  readonly startTime: number;
  readonly endTime: number;
  readonly sampleRateHz: number;
}

/** The parts of a segment whose samples lie more than half an interval outside of all that is covered, in order of time. */
export function uncovered(segment: WaveformSegment, covered: readonly Covered[]): WaveformSegment[] {
  let parts: [from: number, to: number][] = [[0, segment.samples.length]];
  for (const stretch of covered) {
    const half = 0.5 / stretch.sampleRateHz;
    // The first sample at or after the stretch's start, and the first one after its end; a hair for times that are not exact.
    const first = sampleAfter(segment, stretch.startTime - half);
    const last = sampleAfter(segment, stretch.endTime + half);
    if (last <= first) continue;
    parts = parts.flatMap(([from, to]): [number, number][] => [
      ...(from < Math.min(to, first) ? [[from, Math.min(to, first)] as [number, number]] : []),
      ...(Math.max(from, last) < to ? [[Math.max(from, last), to] as [number, number]] : []),
    ]);
  }
  const { startTime, sampleRateHz, samples } = segment;
  return parts.map(([from, to]) =>
    from === 0 && to === samples.length
      ? segment
      : { ...segment, startTime: startTime + from / sampleRateHz, samples: samples.subarray(from, to) },
  );
}

/** A share of an interval that is no difference. */
const HAIR = 1e-3;

function sampleAfter({ startTime, sampleRateHz, samples }: WaveformSegment, time: number): number {
  const index = Math.ceil((time - startTime) * sampleRateHz - HAIR);
  return Math.min(samples.length, Math.max(0, index));
}

/** How far the start of a segment may be from where another one goes on, to be the same stretch, s: CD-1.1 rounds times to milliseconds. */
const ROUNDING_SEC = 1.5e-3;

/** Whether `next` goes on where `before` ended. */
export function goesOn(before: Covered, next: WaveformSegment): boolean {
  const due = before.endTime + 1 / before.sampleRateHz;
  const tolerance = Math.min(ROUNDING_SEC, 0.25 / before.sampleRateHz);
  return before.sampleRateHz === next.sampleRateHz && Math.abs(next.startTime - due) <= tolerance;
}

export const coveredBy = (segment: WaveformSegment): Covered => ({
  startTime: segment.startTime,
  endTime: endTime(segment),
  sampleRateHz: segment.sampleRateHz,
});
