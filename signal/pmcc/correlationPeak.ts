/**
 * Delays between two traces by normalised cross-correlation, read between the samples. The correlation of waves in a narrow band is a cosine
 * near its peak, so three samples of it give the peak exactly for a sine, where a parabola would be biased by a part of a sample.
 */
import { laggedProducts } from "./delayKernel.ts";

export interface Delay {
  /** Samples by which the second trace is later than the first. */
  readonly samples: number;
  readonly correlation: number;
}

/** Offset of the peak from the middle of three samples, by a cosine where one fits and by a parabola elsewhere; within half a sample. */
export function peakOffset(before: number, at: number, after: number): number {
  const cosine = (before + after) / (2 * at);
  if (at > 0 && cosine > -1 && cosine < 1) {
    const omega = Math.acos(cosine);
    return clip(Math.atan((after - before) / (2 * at * Math.sin(omega))) / omega);
  }
  const bend = before - 2 * at + after;
  return bend < 0 ? clip((before - after) / (2 * bend)) : 0;
}

const clip = (x: number): number => Math.min(0.5, Math.max(-0.5, x));

/**
 * The largest correlation of x[from, from + length) with y as much later as `nearSamples`, give or take `reach`; null when it lies at the edge of
 * the search, or where one of the two is silent or ends.
 */
export function delayNear(
  x: Float64Array,
  y: Float64Array,
  { from, length }: { readonly from: number; readonly length: number },
  nearSamples: number,
  reach: number,
): Delay | null {
  const first = Math.round(nearSamples) - reach;
  const count = 2 * reach + 1;
  if (from < 0 || from + length > x.length || from + first < 0 || from + first + count - 1 + length > y.length)
    return null;
  let own = 0;
  for (let i = from; i < from + length; i++) own += x[i]! * x[i]!;
  let other = 0;
  for (let i = from + first; i < from + first + length; i++) other += y[i]! * y[i]!;
  const values = laggedProducts(x.subarray(from, from + length), y.subarray(from + first), count);
  let best = 0;
  for (let k = 0; k < count; k++) {
    const shift = first + k;
    values[k] = own > 0 && other > 0 ? values[k]! / Math.sqrt(own * other) : 0;
    if (values[k]! > values[best]!) best = k;
    other = Math.max(0, other + y[from + shift + length]! ** 2 - y[from + shift]! ** 2);
    if (Number.isNaN(other)) other = 0;
  }
  if (best === 0 || best === count - 1 || !(values[best]! > 0)) return null;
  return {
    samples: first + best + peakOffset(values[best - 1]!, values[best]!, values[best + 1]!),
    correlation: values[best]!,
  };
}
