/** The elements of an array that are alive in a window, with their places. */
import { median, type Station } from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";
import type { Place } from "./beams.ts";
import type { Trace } from "./channelRecord.ts";
import type { StationRecipe } from "./recipe.ts";
import { MIN_ELEMENTS } from "./sensors.ts";
import type { DataWindow } from "./windows.ts";

export interface Element extends Place {
  readonly trace: Trace;
}

/** An element with more than this share of bad samples is left out of a window's beams. */
const MAX_BAD_FRACTION = 0.5;
/** Samples that an element's noise level is taken from. */
const LEVEL_SAMPLES = 2000;

/** The elements of a window that are alive, with their places; those much noisier or quieter than the others are left out. */
export function soundElements({ clock, traces }: DataWindow, station: Station, recipe: StationRecipe): Element[] {
  const elements = traces.flatMap((trace): Element[] => {
    const site = trace && station.sites.find(({ code }) => code === trace.channel.station);
    if (!site || trace.badFraction > MAX_BAD_FRACTION || !Number.isFinite(site.northKm + site.eastKm)) return [];
    return [{ trace, northKm: site.northKm, eastKm: site.eastKm }];
  });
  if (elements.length < MIN_ELEMENTS) return [];
  const rate = clock.sampleRateHz;
  const [first, last] = [recipe.bands[0]!, recipe.bands.filter(({ highHz }) => highHz <= 0.45 * rate).at(-1)!];
  const filter = butterworthBandPass(recipe.filterOrder, first.lowHz, last.highHz, rate);
  const levels = elements.map(({ trace }) => {
    const filtered = filterForward(filter, trace.samples);
    const step = Math.max(1, Math.floor(filtered.length / LEVEL_SAMPLES));
    return median(
      Float64Array.from({ length: Math.ceil(filtered.length / step) }, (_, i) => Math.abs(filtered[i * step]!)),
    );
  });
  const usual = median(levels);
  const { maxNoiseRatio } = recipe.array;
  return elements.filter((_, j) => levels[j]! <= maxNoiseRatio * usual && levels[j]! * maxNoiseRatio >= usual);
}
