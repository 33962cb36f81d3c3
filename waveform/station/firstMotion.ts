/**
 * The direction of first motion of an onset on a vertical trace. Wrong directions are worse than none: they are given only where the onset is known
 * to a small part of a period, so that no swing before it was missed, and the first swing that rises above the noise is clear at once.
 */
import type { Arrival } from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";

/** The band that is looked at is this at least, Hz, and a wider one for signals of higher frequency; one pole, so that swings keep their sign. */
const LOW_HZ = 1;
const HIGH_HZ = 5;
const FILTER_ORDER = 1;
/** Largest stated error of an onset with a first motion, periods of the signal's band. */
const MAX_ERROR_PERIODS = 0.06;
/** A swing over the largest of the noise by the first ratio is the first motion; it is clear by the second. */
const SEEN_RATIO = 1.1;
const CLEAR_RATIO = 4;
/** Noise before the onset, s, a whole swing of the microseism, and how much late an onset may be read. */
const NOISE_SEC = 6;
const LATE_SEC = 0.25;
/** The first swing comes within this time of the onset, s. */
const SWING_SEC = 0.3;

/** "c" for up, "d" for down, null when not clear. `onset` is the sample of the onset and its standard deviation, `band` that of the signal. */
export function firstMotion(
  trace: Float64Array,
  rate: number,
  { index: onset, errorSec }: { readonly index: number; readonly errorSec: number },
  band: { readonly lowHz: number; readonly highHz: number },
): Arrival["firstMotion"] {
  if (errorSec * Math.sqrt(band.lowHz * band.highHz) > MAX_ERROR_PERIODS) return null;
  const highHz = Math.min(0.4 * rate, Math.max(HIGH_HZ, band.highHz));
  const filter = butterworthBandPass(FILTER_ORDER, Math.min(LOW_HZ, band.lowHz), highHz, rate);
  const begin = Math.round(onset - LATE_SEC * rate);
  const noiseFrom = Math.round(begin - NOISE_SEC * rate);
  const from = noiseFrom - Math.round(2 * filter.settlingSec * rate);
  if (from < 0) return null;
  const x = filterForward(filter, trace.subarray(from, Math.round(onset + SWING_SEC * rate)));
  let noise = 0;
  for (let i = noiseFrom - from; i < begin - from; i++) noise = Math.max(noise, Math.abs(x[i]!));
  for (let i = Math.max(1, begin - from); i + 1 < x.length; i++) {
    const [a, b, c] = [x[i - 1]!, x[i]!, x[i + 1]!];
    const extreme = (b > a && b >= c) || (b < a && b <= c);
    if (!extreme || Math.abs(b) < SEEN_RATIO * noise) continue;
    if (Math.abs(b) < CLEAR_RATIO * noise) return null;
    return b > 0 ? "c" : "d";
  }
  return null;
}
