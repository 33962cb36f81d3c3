/** The elements of an array that record in a window, with their places. */
import type { Station } from "@harken/core";
import type { Place } from "./beams.ts";
import type { Trace } from "./channelRecord.ts";
import type { Stretch } from "./flags.ts";
import { MIN_ELEMENTS } from "./sensors.ts";
import type { DataWindow } from "./windows.ts";

export interface Element extends Place {
  readonly trace: Trace;
}

/** Elements with a good sample and a place; none when they are too few for an array. */
export function soundElements({ traces }: DataWindow, station: Station): Element[] {
  const elements = traces.flatMap((trace): Element[] => {
    const site = trace && station.sites.find(({ code }) => code === trace.channel.station);
    if (!site || trace.badFraction >= 1 || !Number.isFinite(site.northKm + site.eastKm)) return [];
    return [{ trace, northKm: site.northKm, eastKm: site.eastKm }];
  });
  return elements.length < MIN_ELEMENTS ? [] : elements;
}

/** A sample is bad when half of the elements are; `masked` are the stretches of each. */
export function badForHalf(masked: readonly (readonly Stretch[])[], length: number): Uint8Array {
  const counts = new Uint32Array(length);
  for (const [from, to] of masked.flat()) for (let i = from; i < to; i++) counts[i]!++;
  const bad = new Uint8Array(length);
  for (let i = 0; i < length; i++) if (2 * counts[i]! >= masked.length) bad[i] = 1;
  return bad;
}
