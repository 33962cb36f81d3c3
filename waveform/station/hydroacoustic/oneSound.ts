/** One sound, one arrival: a T phase swells and wavers for a minute, and each of its swells may trigger anew. */
import { azimuthDifference } from "@harken/core";
import type { Measurement } from "../measurement.ts";

/** Azimuths agree within so many standard deviations, and this much more, deg. */
const SAME_AZIMUTH = 2;
const AZIMUTH_ROOM_DEG = 3;
/** A later part of so many times the SNR is a signal of its own. */
const OWN_RATIO = 4;

/** Signals in order of time, without those that begin while an earlier one from the same direction lasts. */
export function withoutSwells(signals: readonly Measurement[]): Measurement[] {
  const kept: Measurement[] = [];
  for (const signal of signals) if (!kept.some((earlier) => isSwellOf(signal, earlier))) kept.push(signal);
  return kept;
}

function isSwellOf(signal: Measurement, earlier: Measurement): boolean {
  if (earlier.features?.kind !== "hydroacoustic" || signal.snr > OWN_RATIO * earlier.snr) return false;
  if (!(signal.time > earlier.time && signal.time < earlier.time + earlier.features.durationSec)) return false;
  const [a, b] = [signal.direction, earlier.direction];
  if (a.azimuthDeg === null || b.azimuthDeg === null) return true;
  const error = Math.hypot(a.azimuthErrorDeg ?? 0, b.azimuthErrorDeg ?? 0);
  return Math.abs(azimuthDifference(a.azimuthDeg, b.azimuthDeg)) <= SAME_AZIMUTH * error + AZIMUTH_ROOM_DEG;
}
