/** Names of channels as they come and as the inventory has them: CD-1.1 carries no network code. */
import type { ChannelId, Station } from "@harken/core";
import type { StationSettings } from "./settings.ts";

/** The inventory's name where it has the same site, location and channel once; else with the network that is configured for the sender. */
export function channelNamer(
  stations: readonly Station[],
  settings: readonly StationSettings[],
): (source: string, channel: ChannelId) => ChannelId {
  const key = ({ station, location, channel }: ChannelId) => `${station}.${location}.${channel}`;
  const known = new Map<string, ChannelId | null>();
  for (const { channels } of stations)
    for (const { id } of channels) {
      const other = known.get(key(id));
      known.set(key(id), other === undefined || other?.network === id.network ? id : null);
    }
  const networks = new Map(settings.map(({ name, network }) => [name, network]));
  return (source, channel) => {
    if (channel.network !== "") return channel;
    return known.get(key(channel)) ?? { ...channel, network: networks.get(source.split(":")[0]!) ?? "" };
  };
}
