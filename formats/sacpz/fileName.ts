/**
 * The channel that the name of a pole-zero file tells: `SAC_PZs_NET_STA_CHAN_LOC_...` (rdseed), `SACPZ.NET.STA.LOC.CHAN` (IRIS),
 * `NET.STA.LOC.CHAN.pz`, `STA-CHAN.paz` (IDC tools).
 */
import type { ChannelId } from "@harken/core";

const PATTERNS: readonly RegExp[] = [
  /^SAC_PZs_(?<network>[A-Za-z0-9]*)_(?<station>[A-Za-z0-9]+)_(?<channel>[A-Za-z0-9]+)_(?<location>[A-Za-z0-9-]{0,2})(?:_.*|\..*)?$/i,
  /^SAC_?PZs?\.(?<network>\w*)\.(?<station>\w+)\.(?<location>[\w-]*)\.(?<channel>\w+)/i,
  /^(?<network>\w*)\.(?<station>\w+)\.(?<location>[\w-]*)\.(?<channel>\w+)\.(?:sac)?(?:pz|paz)s?$/i,
  /^(?<station>\w+)[-.](?<channel>\w+)\.(?:sac)?(?:pz|paz)s?$/i,
];

/** Null when the name follows none of the patterns. */
export function channelOfFileName(name: string): ChannelId | null {
  for (const pattern of PATTERNS) {
    const parts = pattern.exec(name)?.groups;
    if (!parts) continue;
    const { network = "", station = "", location = "", channel = "" } = parts;
    return { network, station, location: blankLocation(location), channel };
  }
  return null;
}

/** "--" and underscores stand for a blank location code. */
export const blankLocation = (location: string): string => (/^[-_\s]*$/.test(location) ? "" : location);
