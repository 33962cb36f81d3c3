/** The time of an onset and its standard deviation. */
import { autoregressiveOnset, butterworthBandPass, type Filter, onsetPosterior } from "@harken/signal";
import type { Signal } from "./detect.ts";
import { highestHz } from "./filterRoom.ts";
import type { StationRecipe, TimeErrorRecipe } from "./recipe.ts";

export interface TimedOnset {
  /** Sample at which the signal stands out: what is measured on it begins here. */
  readonly index: number;
  /** The onset itself, between samples. */
  readonly at: number;
  readonly errorSec: number;
  /** False where the criterion showed no onset and the trigger's own time stands. */
  readonly clear: boolean;
}

/** Share of the short window into which an onset must have moved for the ratio to reach its threshold. */
const UNREFINED_SHARE = 0.8;
/** A normal deviate lies within this many standard deviations with a probability of 0.9. */
const DEVIATIONS_90 = 1.645;

/** Refines a trigger on a trace that is filtered no more than it must be: narrow filters delay an onset. */
export function timeOnset(
  trace: Float64Array,
  rate: number,
  { start, quiet, ratio, band }: Pick<Signal, "start" | "quiet" | "ratio" | "band">,
  recipe: StationRecipe,
): TimedOnset {
  const { order, noiseSec, beforeSec, earlySec, fadedSec, afterSec, minQuality } = recipe.onset;
  const { risePeriods, growthPeriods, growthSec } = recipe.onset;
  const { unclearPeriods } = recipe.timeError;
  const { staSec, lowHz, highHz } = band;
  const at = (sec: number) => Math.round(start + sec * rate);
  const from = at(-beforeSec);
  const search = {
    noiseFrom: Math.max(0, from - Math.round(noiseSec * rate)),
    from,
    to: Math.min(trace.length, at(staSec + afterSec)),
    earliest: at(-earlySec),
    latest: at(staSec),
    order,
  };
  const frequencyHz = Math.sqrt(lowHz * highHz);
  const found = autoregressiveOnset(trace, search);
  if (!found || found.quality < minQuality) {
    const index = Math.min(trace.length - 1, at(UNREFINED_SHARE * staSec));
    return { index, at: index, errorSec: bounded(unclearPeriods / frequencyHz, rate, recipe.timeError), clear: false };
  }
  const faint = Math.min(1, recipe.timeError.weakSnr / ratio);
  const posterior = onsetPosterior(trace, {
    ...search,
    to: Math.min(trace.length, found.index + Math.round(Math.max(growthSec, growthPeriods / frequencyHz) * rate)),
    // What came before is no noise to rise from.
    earliest: quiet > (fadedSec + beforeSec) * rate ? at(-Math.max(earlySec, fadedSec * faint ** 2)) : search.earliest,
    rises: risePeriods.map((periods) => (periods / frequencyHz) * rate),
  });
  const errorOf = (samples: number) =>
    bounded((samples / rate) * weakness(ratio, recipe.timeError), rate, recipe.timeError);
  if (!posterior) return { index: found.index, at: found.index, errorSec: errorOf(found.spread), clear: true };
  return {
    index: found.index,
    at: posterior.at,
    errorSec: errorOf(posterior.halfWidth90 / DEVIATIONS_90),
    clear: true,
  };
}

const weakness = (snr: number, { factor, weakFactor, weakSnr }: TimeErrorRecipe): number =>
  factor + weakFactor * Math.min(1, weakSnr / snr) ** 4;

/** Nothing is read better than between two samples. */
function bounded(sec: number, rate: number, { minSec, maxSec }: TimeErrorRecipe): number {
  return Math.min(maxSec, Math.max(minSec, 0.45 / DEVIATIONS_90 / rate, sec));
}

/** How much wider than the band of detection the trace for the onset is filtered, downwards and upwards. */
const WIDER = 1.5;

/** The filter for reading onsets of a band. */
export function onsetFilter({ lowHz, highHz }: { lowHz: number; highHz: number }, rate: number): Filter {
  return butterworthBandPass(ONSET_FILTER_ORDER, lowHz / WIDER, Math.min(highHz * WIDER, highestHz(rate)), rate);
}

const ONSET_FILTER_ORDER = 2;
