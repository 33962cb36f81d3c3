/**
 * The side that answers requests: bytes of an IMS2.0 request message in, bytes of an IMS2.0 message out, with the waveforms of an archive or, when
 * nothing can be sent, the reason in an ERROR_LOG. Every request is answered (IDC-3.4.1Rev1, AutoDRM safeguards).
 *
 *     const respond = createResponder("NDC", stations, archiveSource(store.db, archive));
 *     const answer = await respond(requestBytes);
 */
import { channelKey, type Station, type WaveformSegment } from "@harken/core";
import { decodeImsMessages, decodeImsWaveformRequests, isAskedFor, writeImsWaveform } from "@harken/formats";
import { type ArchiveReader, type Reader, readPieces } from "@harken/store";
import { stationPieces } from "../stationPieces.ts";

/** Answers one message. Rejects only when the carrier fails. */
export type Responder = (request: Uint8Array) => Promise<Uint8Array>;

/** The samples of a station's channels in [from, to). */
export type SegmentSource = (station: Station, from: number, to: number) => Promise<readonly WaveformSegment[]>;

/** A centre's own archive. */
export function archiveSource(reader: Reader, archive: ArchiveReader): SegmentSource {
  return async (station, from, to) => readPieces(archive, await stationPieces(reader, station, from, to), from, to);
}

/** Longest stretch that one request may ask for, s. */
const LONGEST_SEC = 86_400;

export function createResponder(name: string, stations: readonly Station[], source: SegmentSource): Responder {
  return async (bytes) => {
    const messages = decodeImsMessages(bytes).items;
    const [message] = messages;
    const reference = message?.id ?? "";
    const refuse = (reason: string) => errorLog(name, reference, reason);
    const { items, problems } = decodeImsWaveformRequests(bytes, messages);
    const problem = problems.find(({ severity }) => severity === "error");
    if (problem) return refuse(problem.message);
    const [request] = items;
    if (!request || items.length > 1) return refuse("A message asks for one stretch of waveforms.");
    if (request.to - request.from > LONGEST_SEC) return refuse(`More than ${LONGEST_SEC} s are not sent at once.`);
    const segments: WaveformSegment[] = [];
    const asked = stations.flatMap((station) => {
      const channels = station.channels.filter(
        ({ id }) =>
          (isAskedFor(station.code, request.stations) || isAskedFor(id.station, request.stations)) &&
          isAskedFor(id.channel, request.channels) &&
          isAskedFor(id.location, request.auxiliaries),
      );
      return channels.length > 0 ? [{ station, channels }] : [];
    });
    if (asked.length === 0) return refuse("No such channel is here.");
    for (const { station, channels } of asked) {
      const keys = new Set(channels.map(({ id }) => channelKey(id)));
      const found = await source(station, request.from, request.to);
      segments.push(...found.filter(({ channel }) => keys.has(channelKey(channel))));
    }
    if (segments.length === 0) return refuse("No data of that time are here.");
    return writeImsWaveform(segments, {
      ...{ format: request.subformat, messageId: `A-${reference}`.slice(0, 20), source: name, reference },
      channels: asked.flatMap(({ channels }) => channels),
    });
  };
}

function errorLog(name: string, reference: string, reason: string): Uint8Array {
  const lines = [
    "BEGIN IMS2.0",
    "MSG_TYPE DATA",
    `MSG_ID ${`E-${reference}`.slice(0, 20)} ${name}`,
    ...(reference === "" ? [] : [`REF_ID ${reference}`]),
    "DATA_TYPE ERROR_LOG IMS2.0",
    ` ${reason}`,
    "STOP",
  ];
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}
