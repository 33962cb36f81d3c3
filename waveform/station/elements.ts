/** The elements of an array that record in a window, with their places. */
import type { Station } from "@harken/core";
import type { Place } from "./beams.ts";
import type { Trace } from "./channelRecord.ts";
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
