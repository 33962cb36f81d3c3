/**
 * One signal, one arrival. The same onset may be found at the end of one window and the begin of the next, or on two beams; and the coda of a
 * signal rises and falls, so that a beam triggers anew on waves that come from where the signal came from.
 */
import { azimuthDifference, RADIANS_PER_DEGREE } from "@harken/core";
import type { Measurement } from "./measurement.ts";

/** Onsets closer than this are one, s. */
const SAME_ONSET_SEC = 0.6;
/** A weaker signal of the same slowness so soon after another is its coda, s. */
const CODA_SEC = 8;
/** Slowness vectors within this many standard deviations are the same. */
const SAME_SLOWNESS = 2.5;

/** In order of time; of signals that are one the strongest stays. */
export function withoutRepeats(signals: readonly Measurement[]): Measurement[] {
  const kept: Measurement[] = [];
  for (const signal of [...signals].sort((a, b) => b.snr - a.snr))
    if (!kept.some((stronger) => isRepeat(signal, stronger))) kept.push(signal);
  return kept.sort((a, b) => a.time - b.time);
}

function isRepeat(signal: Measurement, stronger: Measurement): boolean {
  const later = signal.time - stronger.time;
  if (Math.abs(later) < SAME_ONSET_SEC) return true;
  return later > 0 && later < CODA_SEC && sameSlowness(signal, stronger);
}

function sameSlowness({ direction: a }: Measurement, { direction: b }: Measurement): boolean {
  if (a.fkQuality === null || a.slownessSecPerDeg === null || a.azimuthDeg === null) return false;
  if (b.fkQuality === null || b.slownessSecPerDeg === null || b.azimuthDeg === null) return false;
  const turn = azimuthDifference(a.azimuthDeg, b.azimuthDeg) * RADIANS_PER_DEGREE;
  const [p, q] = [a.slownessSecPerDeg, b.slownessSecPerDeg];
  const distance = Math.sqrt(Math.max(0, p * p + q * q - 2 * p * q * Math.cos(turn)));
  return distance < SAME_SLOWNESS * Math.hypot(a.slownessErrorSecPerDeg ?? 0, b.slownessErrorSecPerDeg ?? 0);
}
