/**
 * FDSN source identifiers, `FDSN:NET_STA_LOC_B_S_SS`, and the four codes of SEED. http://docs.fdsn.org/projects/source-identifiers
 *
 *     channelOfSourceId("FDSN:IU_COLA_00_L_H_Z"); // IU COLA 00 LHZ
 */
import type { ChannelId } from "@harken/core";

const PREFIX = "FDSN:";

/** Band, source and subsource of one letter each are one code; longer ones stay apart. What is no identifier becomes the station. */
export function channelOfSourceId(id: string): ChannelId {
  const clean = (text: string) => text.replace(/[^\w-]/g, "");
  if (!id.startsWith(PREFIX)) return { network: "", station: clean(id), location: "", channel: "" };
  const [network = "", station = "", location = "", ...parts] = id.slice(PREFIX.length).split("_").map(clean);
  const given = parts.filter((part) => part !== "");
  const oneCode = given.length <= 1 || parts.every((part) => part.length <= 1);
  return { network, station, location, channel: oneCode ? given.join("") : parts.join("_") };
}

export function sourceIdOf({ network, station, location, channel }: ChannelId): string {
  const parts =
    channel.length <= 3 ? [...channel.padStart(3)].map((letter) => letter.trim()).join("_") : `__${channel}`;
  return `${PREFIX}${network}_${station}_${location}_${channel.includes("_") ? channel : parts}`;
}
