/**
 * From samples to columns of pixels: the minimum and maximum of what falls into each column. Where columns are narrower than the sample
 * interval, a column between two samples holds the straight line between them, so a trace never breaks up when zoomed in.
 *
 *     encodeTile(buildEnvelope(segments, from, to, 1500));
 */
import type { WaveformSegment } from "@harken/core";
import { type EnvelopeTile, quantiseEnvelope } from "./tile.ts";

/** Envelope of [from, to) in `columnCount` columns; columns without data are gaps. Samples that are not finite are left out. */
export function buildEnvelope(
  segments: readonly Pick<WaveformSegment, "startTime" | "sampleRateHz" | "samples">[],
  from: number,
  to: number,
  columnCount: number,
  unit = "counts",
): EnvelopeTile {
  const stepSec = (to - from) / columnCount;
  const minima = new Float64Array(columnCount).fill(NaN);
  const maxima = new Float64Array(columnCount).fill(NaN);
  const put = (column: number, value: number) => {
    if (!(value >= minima[column]!)) minima[column] = value;
    if (!(value <= maxima[column]!)) maxima[column] = value;
  };
  for (const { startTime, sampleRateHz, samples } of segments) {
    const first = Math.max(0, Math.ceil((from - startTime) * sampleRateHz));
    const last = Math.min(samples.length - 1, Math.ceil((to - startTime) * sampleRateHz) - 1);
    const columnsPerSample = 1 / (sampleRateHz * stepSec);
    const origin = (startTime - from) / stepSec;
    for (let i = first; i <= last; i++) {
      const value = samples[i]!;
      if (!Number.isFinite(value)) continue;
      const column = Math.floor(origin + i * columnsPerSample);
      if (column >= 0 && column < columnCount) put(column, value);
    }
    if (columnsPerSample > 1) interpolate(samples, origin, columnsPerSample, columnCount, put, minima);
  }
  return { kind: "envelope", startTime: from, endTime: to, stepSec, unit, ...quantiseEnvelope(minima, maxima) };
}

function interpolate(
  samples: ArrayLike<number>,
  origin: number,
  columnsPerSample: number,
  columnCount: number,
  put: (column: number, value: number) => void,
  filled: Float64Array,
): void {
  for (let column = Math.max(0, Math.floor(origin)); column < columnCount; column++) {
    if (!Number.isNaN(filled[column]!)) continue;
    const position = (column + 0.5 - origin) / columnsPerSample;
    const i = Math.floor(position);
    if (i < 0) continue;
    if (i + 1 >= samples.length) break;
    const value = samples[i]! + (position - i) * (samples[i + 1]! - samples[i]!);
    if (Number.isFinite(value)) put(column, value);
  }
}
