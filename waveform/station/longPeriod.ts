/** Long-period Rayleigh waves: detection around 20 s on a vertical trace, and their amplitude for Ms. */
import type { Amplitude } from "@harken/core";
import { butterworthBandPass, filterForward, findTriggers, staLta } from "@harken/signal";
import { type AmplitudeTrace, longPeriodAmplitude } from "./amplitude.ts";
import type { StationRecipe } from "./recipe.ts";

export interface RayleighWave {
  readonly index: number;
  readonly snr: number;
  readonly amplitude: Amplitude | null;
}

/** A Rayleigh wave's energy passes within this time, s. */
const PASSAGE_SEC = 600;

export function detectRayleigh(trace: AmplitudeTrace, quiet: Uint8Array, recipe: StationRecipe): RayleighWave[] {
  const { rate, samples } = trace;
  const { lowHz, highHz, staSec, ltaSec, minLtaSec, on, minPeriodSec, maxPeriodSec } = recipe.longPeriod;
  if (samples.length < (minLtaSec + staSec) * rate) return [];
  const filter = butterworthBandPass(recipe.filterOrder, lowHz, highHz, rate);
  const filtered = filterForward(filter, samples);
  const ratio = staLta(filtered, rate, { staSec, ltaSec, gapSec: staSec / 2, minLtaSec });
  for (let i = 0; i < ratio.length; i++) if (quiet[i]) ratio[i] = 0;
  return findTriggers(ratio, on, on / 2).map(({ start, peak, peakValue }) => ({
    index: peak,
    snr: peakValue,
    amplitude: longPeriodAmplitude(
      { ...trace, samples: filtered },
      filter,
      start,
      Math.min(PASSAGE_SEC, 3 * staSec + (peak - start) / rate),
      [minPeriodSec, maxPeriodSec],
    ),
  }));
}
