/** The direction of first motion of a clear onset on a vertical trace. */
import type { Arrival } from "@harken/core";

/** How far the first swing must stand above the noise before it. */
const MOTION_RATIO = 3;
const NOISE_SEC = 2;
/** The first swing comes within this time of the onset, s. */
const SWING_SEC = 1;
/** The onset itself may be read this much late, s. */
const LATE_SEC = 0.05;

/** "c" for up, "d" for down, of the first extreme after `onset` that stands clear of the noise; null when none does. */
export function firstMotion(trace: Float64Array, rate: number, onset: number): Arrival["firstMotion"] {
  const begin = Math.max(1, onset - Math.round(LATE_SEC * rate));
  let noise = 0;
  for (let i = Math.max(0, begin - Math.round(NOISE_SEC * rate)); i < begin; i++)
    noise = Math.max(noise, Math.abs(trace[i]!));
  if (begin < Math.round((NOISE_SEC * rate) / 2)) return null;
  const end = Math.min(trace.length - 1, onset + Math.round(SWING_SEC * rate));
  for (let i = begin; i < end; i++) {
    const [a, b, c] = [trace[i - 1]!, trace[i]!, trace[i + 1]!];
    const extreme = (b > a && b >= c) || (b < a && b <= c);
    if (extreme && Math.abs(b) > MOTION_RATIO * noise) return b > 0 ? "c" : "d";
  }
  return null;
}
