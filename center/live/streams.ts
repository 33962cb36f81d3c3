/** The channels of a source as its SeedLink server is asked for them: stations, and the streams of each. */
import type { ChannelId } from "@harken/core";
import { fitsPattern, seedLinkIds } from "@harken/formats";
import type { SeedLinkSourceSettings } from "../acquisition/settings.ts";
import type { LiveSourceSettings } from "./settings.ts";

/** null when there is no channel. A known channel is asked for by the pattern that wants it, so that its neighbours come in one selector. */
export function seedLinkSource(
  { seedlink, channels: patterns }: LiveSourceSettings,
  channels: readonly ChannelId[],
): SeedLinkSourceSettings | null {
  const streams = new Map<string, Set<string>>();
  for (const channel of channels) {
    const { station } = seedLinkIds(channel);
    const own = streams.get(station) ?? new Set();
    streams.set(station, own);
    for (const pattern of patterns) if (fitsChannel(pattern, channel)) own.add(selectorOf(pattern));
  }
  if (streams.size === 0) return null;
  return {
    ...seedlink,
    stations: [...streams.keys()],
    selectors: [],
    streams: Object.fromEntries([...streams].map(([station, own]) => [station, [...own]])),
  };
}

/** Whether a pattern `NET.STA.LOC.CHAN` wants a channel; -- is the blank location. */
export function fitsChannel(pattern: string, { network, station, location, channel }: ChannelId): boolean {
  const [net = "", sta = "", loc = "", cha = ""] = pattern.split(".");
  const blank = loc === "--" ? "" : loc;
  return (
    fitsPattern(net, network) && fitsPattern(sta, station) && fitsPattern(blank, location) && fitsPattern(cha, channel)
  );
}

/** `IU.ANMO.00.BH?` as `00_B_H_?`. */
function selectorOf(pattern: string): string {
  const [, , location = "", channel = ""] = pattern.split(".");
  const letters = /^[^*]{3}$/.test(channel) ? [...channel].join("_") : "*";
  return `${location.replaceAll("-", "")}_${letters}`;
}
