/** What a DataLink server tells of itself and of its streams, in the words and the XML of ringserver. */
import { isoTime } from "@harken/core";
import type { StreamState } from "./recordRing.ts";

/** As ringserver names streams: FDSN:NET_STA_LOC_B_S_SS/MSEED. */
export const streamName = ({ station, stream, format }: Pick<StreamState, "station" | "stream" | "format">): string =>
  `FDSN:${station}_${stream}/${format === "3" ? "MSEED3" : "MSEED"}`;

export interface AboutServer {
  readonly identity: string;
  readonly startedAt: number;
  readonly packetSize: number;
  /** Numbers of the packets that are kept. */
  readonly first: number;
  readonly last: number;
  readonly connections: number;
  readonly streams: readonly StreamState[];
}

export function statusXml({ startedAt, packetSize, first, last, connections, streams, ...about }: AboutServer): string {
  const status = element("Status", {
    ...{ StartTime: isoTime(startedAt), PacketSize: packetSize, TotalConnections: connections },
    ...{ TotalStreams: streams.length, EarliestPacketID: first, LatestPacketID: last },
  });
  return whole(about.identity, status);
}

export function streamsXml({ identity, streams }: AboutServer, chosen: readonly StreamState[]): string {
  const list = chosen.map((stream) =>
    element("Stream", {
      Name: streamName(stream),
      EarliestPacketDataStartTime: isoTime(stream.startTime),
      LatestPacketDataEndTime: isoTime(stream.endTime),
    }),
  );
  const counts = { TotalStreams: streams.length, SelectedStreams: chosen.length };
  return whole(identity, element("StreamList", counts, list.join("")));
}

function whole(identity: string, content: string): string {
  const [version = "", capabilities = ""] = identity.split(" :: ");
  const server = /\((.*)\)/.exec(version)?.[1] ?? "";
  return element("DataLink", { Version: version, ServerID: server, Capabilities: capabilities }, content);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, content = ""): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return content === "" ? `<${name}${list.join("")}/>` : `<${name}${list.join("")}>${content}</${name}>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => entities[letter]!);
