/** The time of an onset and its standard deviation. */
import { autoregressiveOnset } from "@harken/signal";
import type { StationRecipe } from "./recipe.ts";

export interface TimedOnset {
  /** Sample index, whole. */
  readonly index: number;
  readonly errorSec: number;
  /** False where the criterion showed no onset and the trigger's own time stands. */
  readonly refined: boolean;
}

/** SNR at which the reading error is largest, and the span over which it falls: the analysts' own rule at the IDC. */
const SNR_AT_MAX = 3;
const LOG_SPAN = Math.log10(6);

/** Reading error of an onset by its SNR: 1.07 - 0.95 log10(snr / 3) / log10(18 / 3), between 0.12 and 1.07 s. */
export function readingError(snr: number, { maxSec, slopeSec, minSec }: StationRecipe["timeError"]): number {
  const value = maxSec - (slopeSec * Math.log10(Math.max(1e-3, snr) / SNR_AT_MAX)) / LOG_SPAN;
  return Math.min(maxSec, Math.max(minSec, value));
}

/** Refines a trigger at `start` (ratio `snr`, short window `staSec`) on a causally filtered trace. */
export function timeOnset(
  trace: Float64Array,
  rate: number,
  start: number,
  staSec: number,
  snr: number,
  recipe: StationRecipe,
): TimedOnset {
  const { order, beforeSec, afterSec, noiseSec, signalSec, minQuality } = recipe.onset;
  const from = Math.max(0, Math.round(start - beforeSec * rate));
  const to = Math.min(trace.length, Math.round(start + (staSec + afterSec) * rate));
  const window = trace.subarray(from, to);
  const found = autoregressiveOnset(window, Math.round(noiseSec * rate), Math.round(signalSec * rate), order);
  const errorSec = readingError(snr, recipe.timeError);
  const low = start - 1.5 * rate;
  const high = start + (staSec + 2) * rate;
  if (found && found.quality >= minQuality && from + found.index >= low && from + found.index <= high)
    return { index: from + found.index, errorSec, refined: true };
  const index = Math.min(trace.length - 1, Math.round(start + 0.8 * staSec * rate));
  return { index, errorSec: recipe.timeError.maxSec, refined: false };
}
