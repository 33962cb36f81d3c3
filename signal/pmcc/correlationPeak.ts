/**
 * The peak of a correlation, read between its samples. The correlation of waves in a narrow band is a cosine
 * near its peak, so three samples of it give the peak exactly for a sine, where a parabola would be biased by a part of a sample.
 */

/** Offset of the peak from the middle of three samples, by a cosine where one fits and by a parabola elsewhere; within half a sample. */
export function peakOffset(before: number, at: number, after: number): number {
  const cosine = (before + after) / (2 * at);
  if (at > 0 && cosine > -1 && cosine < 1) {
    const omega = Math.acos(cosine);
    const sine = Math.sqrt((1 - cosine) * (1 + cosine));
    return clip(Math.atan((after - before) / (2 * at * sine)) / omega);
  }
  const bend = before - 2 * at + after;
  return bend < 0 ? clip((before - after) / (2 * bend)) : 0;
}

const clip = (x: number): number => Math.min(0.5, Math.max(-0.5, x));
