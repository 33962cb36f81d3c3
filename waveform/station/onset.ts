/** The time of an onset and its standard deviation. */
import { autoregressiveOnset, butterworthBandPass, type Filter } from "@harken/signal";
import type { Signal } from "./detect.ts";
import type { StationRecipe, TimeErrorRecipe } from "./recipe.ts";

export interface TimedOnset {
  /** Sample index, whole. */
  readonly index: number;
  readonly errorSec: number;
  /** False where the criterion showed no onset and the trigger's own time stands. */
  readonly clear: boolean;
}

/** SNR at which the reading error is its full number of periods: the least at which anything is detected. */
const SNR_AT_MOST = 3;

/** Reading error of an onset: waves of a longer period begin less sharply, and noise hides the first of them. */
export function readingError(
  snr: number,
  frequencyHz: number,
  { periods, power, minSec, maxSec }: TimeErrorRecipe,
): number {
  const ratio = Math.max(SNR_AT_MOST, snr) / SNR_AT_MOST;
  return Math.min(maxSec, Math.hypot(minSec, (periods / frequencyHz) * ratio ** -power));
}

/** Share of the short window into which an onset must have moved for the ratio to reach its threshold. */
const UNREFINED_SHARE = 0.8;

/** Refines a trigger on a trace that is filtered no more than it must be: narrow filters delay an onset. */
export function timeOnset(
  trace: Float64Array,
  rate: number,
  { start, ratio, band }: Pick<Signal, "start" | "ratio" | "band">,
  recipe: StationRecipe,
): TimedOnset {
  const { order, noiseSec, beforeSec, earlySec, lateSec, afterSec, minQuality } = recipe.onset;
  const { staSec, lowHz, highHz } = band;
  const at = (sec: number) => Math.round(start + sec * rate);
  const from = at(-beforeSec);
  const found = autoregressiveOnset(trace, {
    noiseFrom: Math.max(0, from - Math.round(noiseSec * rate)),
    from,
    to: Math.min(trace.length, at(staSec + afterSec)),
    earliest: at(-earlySec),
    latest: at(staSec + lateSec),
    order,
  });
  const clear = found !== null && found.quality >= minQuality;
  const index = clear ? found.index : Math.min(trace.length - 1, at(UNREFINED_SHARE * staSec));
  const errorSec = readingError(clear ? ratio : SNR_AT_MOST, Math.sqrt(lowHz * highHz), recipe.timeError);
  return { index, errorSec, clear };
}

/** How much wider than the band of detection the trace for the onset is filtered, downwards and upwards. */
const WIDER = 1.5;

/** The filter for reading onsets of a band. */
export function onsetFilter({ lowHz, highHz }: { lowHz: number; highHz: number }, rate: number): Filter {
  return butterworthBandPass(ONSET_FILTER_ORDER, lowHz / WIDER, Math.min(highHz * WIDER, 0.45 * rate), rate);
}

const ONSET_FILTER_ORDER = 2;
