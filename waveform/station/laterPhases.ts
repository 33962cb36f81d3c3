/**
 * S, Lg and Rg at an array are less plane than P: scattering has had longer to work on them. What is too little coherent to be believed by
 * itself is believed when it comes from where a P wave came from a little earlier, and more slowly.
 */
import { azimuthDifference } from "@harken/core";
import type { Measurement } from "./measurement.ts";

/** Longest time from P to the slowest wave of a regional event, s. */
const REGIONAL_SEC = 400;
/** Azimuths agree within this many standard deviations, and this much more, deg. */
const SAME_AZIMUTH = 2;
const AZIMUTH_ROOM_DEG = 3;

/** Signals in order of time, doubtful ones only where a P wave vouches for them. */
export function believable(signals: readonly Measurement[]): Measurement[] {
  return signals.filter((signal) => !signal.doubtful || signals.some((p) => !p.doubtful && vouchesFor(p, signal)));
}

function vouchesFor(p: Measurement, signal: Measurement): boolean {
  const later = signal.time - p.time;
  if (!(later > 0 && later < REGIONAL_SEC)) return false;
  const [a, b] = [p.direction, signal.direction];
  if (a.azimuthDeg === null || b.azimuthDeg === null || a.slownessSecPerDeg === null || b.slownessSecPerDeg === null)
    return false;
  const error = Math.hypot(a.azimuthErrorDeg ?? 0, b.azimuthErrorDeg ?? 0);
  return (
    b.slownessSecPerDeg > a.slownessSecPerDeg + (b.slownessErrorSecPerDeg ?? 0) &&
    Math.abs(azimuthDifference(a.azimuthDeg, b.azimuthDeg)) < SAME_AZIMUTH * error + AZIMUTH_ROOM_DEG
  );
}
