/** The time of an onset and its standard deviation. */
import { autoregressiveOnset } from "@harken/signal";
import type { Signal } from "./detect.ts";
import type { StationRecipe } from "./recipe.ts";

export interface TimedOnset {
  /** Sample index, whole. */
  readonly index: number;
  readonly errorSec: number;
  /** False where the criterion showed no onset and the trigger's own time stands. */
  readonly clear: boolean;
}

/** SNR at which the reading error is largest, and the span over which it falls: the analysts' own rule at the IDC. */
const SNR_AT_MAX = 3;
const LOG_SPAN = Math.log10(6);

/** Reading error of an onset by its SNR: 1.07 - 0.95 log10(snr / 3) / log10(18 / 3), between 0.12 and 1.07 s. */
export function readingError(snr: number, { maxSec, slopeSec, minSec }: StationRecipe["timeError"]): number {
  const value = maxSec - (slopeSec * Math.log10(Math.max(1e-3, snr) / SNR_AT_MAX)) / LOG_SPAN;
  return Math.min(maxSec, Math.max(minSec, value));
}

/** The onset lies in the trigger's short window, or this much before its start or after its end, s. */
const EARLY_SEC = 1.5;
const LATE_SEC = 2;
/** Share of the short window into which an onset must have moved for the ratio to reach its threshold. */
const UNREFINED_SHARE = 0.8;

/** Refines a trigger on a causally filtered trace. */
export function timeOnset(
  trace: Float64Array,
  rate: number,
  { start, ratio, band: { staSec } }: Pick<Signal, "start" | "ratio" | "band">,
  recipe: StationRecipe,
): TimedOnset {
  const { order, beforeSec, afterSec, noiseSec, signalSec, minQuality } = recipe.onset;
  const from = Math.max(0, Math.round(start - beforeSec * rate));
  const to = Math.min(trace.length, Math.round(start + (staSec + afterSec) * rate));
  const found = autoregressiveOnset(
    trace.subarray(from, to),
    Math.round(noiseSec * rate),
    Math.round(signalSec * rate),
    order,
  );
  const index = found ? from + found.index : -1;
  if (
    found &&
    found.quality >= minQuality &&
    index >= start - EARLY_SEC * rate &&
    index <= start + (staSec + LATE_SEC) * rate
  )
    return { index, errorSec: readingError(ratio, recipe.timeError), clear: true };
  return {
    index: Math.min(trace.length - 1, Math.round(start + UNREFINED_SHARE * staSec * rate)),
    errorSec: recipe.timeError.maxSec,
    clear: false,
  };
}
