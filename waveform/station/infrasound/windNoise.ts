/**
 * The state of the wind at an infrasound array, by the noise that it makes. In a band below the microbaroms sound has waves much longer than the
 * array, so that its pressure is one at all elements, while eddies carried by the wind are smaller than the distance of any two. What neighbours
 * do not share there is the wind's (Alcoverro and Le Pichon 2005, doi:10.1121/1.1804966).
 */
import { median } from "@harken/core";
import { butterworthBandPass, filterZeroPhase } from "@harken/signal";
import { highestHz } from "../filterRoom.ts";
import type { WindRecipe } from "./infrasoundRecipe.ts";

export type WindState = "calm" | "breeze" | "strong";

export interface WindNoise {
  /** Epoch seconds. */
  readonly startTime: number;
  readonly endTime: number;
  /** Root mean square pressure of the band at an element, and the part of it that the elements do not share, Pa; null without a response. */
  readonly pressurePa: number | null;
  readonly windPa: number | null;
  /** Share of the power that the elements do not share, 0 to 1. */
  readonly incoherence: number;
  readonly state: WindState | null;
}

const FILTER_ORDER = 2;

/** One state for each whole block of samples [coreFrom, coreTo) with data at three elements. `countsPerPa` is null when it is not known. */
export function windNoise(
  traces: readonly { readonly samples: Float64Array; readonly bad: Uint8Array }[],
  { startTime, sampleRateHz }: { readonly startTime: number; readonly sampleRateHz: number },
  [coreFrom, coreTo]: readonly [number, number],
  countsPerPa: number | null,
  recipe: WindRecipe,
): WindNoise[] {
  const total = Math.min(...traces.map(({ samples }) => samples.length));
  const block = Math.max(1, Math.round(recipe.blockSec * sampleRateHz));
  const end = Math.min(coreTo, total);
  if (traces.length < 3 || recipe.highHz > highestHz(sampleRateHz) || coreFrom + block > end) return [];
  const filter = butterworthBandPass(FILTER_ORDER, recipe.lowHz, recipe.highHz, sampleRateHz);
  const filtered = traces.map(({ samples }) => filterZeroPhase(filter, samples));
  const states: WindNoise[] = [];
  for (let from = coreFrom; from + block <= end; from += block) {
    const good = filtered.filter((_, j) => !traces[j]!.bad.subarray(from, from + block).includes(1));
    if (good.length < 3) continue;
    const { whole, own } = powers(good, from, from + block);
    const scale = countsPerPa !== null && countsPerPa > 0 ? 1 / countsPerPa : null;
    const windPa = scale === null ? null : Math.sqrt(own) * scale;
    states.push({
      startTime: startTime + from / sampleRateHz,
      endTime: startTime + (from + block) / sampleRateHz,
      pressurePa: scale === null ? null : Math.sqrt(whole) * scale,
      windPa,
      incoherence: whole > 0 ? Math.min(1, own / whole) : 0,
      state:
        windPa === null ? null : windPa >= recipe.strongPa ? "strong" : windPa >= recipe.breezePa ? "breeze" : "calm",
    });
  }
  return states;
}

/**
 * Median power of the elements, and of what is left of them after a neighbour's trace is taken away, halved: the noise of two that share nothing
 * adds up. Waves longer than the array cancel.
 */
function powers(traces: readonly Float64Array[], from: number, to: number): { whole: number; own: number } {
  const whole = traces.map((trace) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += trace[i]! * trace[i]!;
    return sum / (to - from);
  });
  const own = traces.map((trace, j) => {
    const other = traces[(j + 1) % traces.length]!;
    let sum = 0;
    for (let i = from; i < to; i++) sum += (trace[i]! - other[i]!) ** 2;
    return sum / (2 * (to - from));
  });
  return { whole: median(whole), own: median(own) };
}
