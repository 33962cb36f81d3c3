/**
 * The side that answers requests: bytes of an IMS2.0 request message in, bytes of an IMS2.0 message out, with the waveforms of an archive or, when
 * nothing can be sent, the reason in an ERROR_LOG. Every request is answered (IDC-3.4.1Rev1, AutoDRM safeguards).
 *
 *     const respond = createResponder("NDC", stations, archiveSource(store.db, archive));
 *     const answer = await respond(requestBytes);
 */
import { channelKey, type Station, type WaveformSegment } from "@harken/core";
import { decodeImsRequests, isAskedFor, writeImsMessage, writeImsWaveform } from "@harken/formats";
import { type ArchiveReader, type Reader, readPieces } from "@harken/store";
import { stationPieces } from "../stationPieces.ts";

/** Answers one message; null: it is on its way, and the answer comes by itself. Rejects only when the carrier fails. */
export type Responder = (request: Uint8Array) => Promise<Uint8Array | null>;

/** The samples of a station's channels in [from, to). */
export type SegmentSource = (station: Station, from: number, to: number) => Promise<readonly WaveformSegment[]>;

/** A centre's own archive. */
export function archiveSource(reader: Reader, archive: ArchiveReader): SegmentSource {
  return async (station, from, to) => readPieces(archive, await stationPieces(reader, station, from, to), from, to);
}

export const waveformFormats = ["CM6", "CM8", "INT"] as const;

/** Longest stretch that one request may ask for, s. */
const LONGEST_SEC = 86_400;

export function createResponder(
  name: string,
  stations: readonly Station[],
  source: SegmentSource,
): (request: Uint8Array) => Promise<Uint8Array> {
  return async (bytes) => {
    const [message] = decodeImsRequests(bytes).items;
    const reference = message?.id ?? "";
    const refuse = (reason: string) =>
      writeImsMessage({ id: `E-${reference}`.slice(0, 20), source: name, reference }, [
        ["DATA_TYPE ERROR_LOG IMS2.0", ` ${reason}`],
      ]);
    const problem = message?.problems.find(({ severity }) => severity === "error");
    if (problem) return refuse(problem.message);
    const [request, ...more] = message?.requests ?? [];
    if (request?.kind !== "WAVEFORM" || more.length > 0) return refuse("A message asks for one stretch of waveforms.");
    const format = waveformFormats.find((known) => known === (request.subformat || "CM6"));
    if (!format) return refuse(`Waveforms are sent as ${waveformFormats.join(", ")}.`);
    const { time, lists } = request.environment;
    if (!time || time.to - time.from > LONGEST_SEC) return refuse(`More than ${LONGEST_SEC} s are not sent at once.`);
    const segments: WaveformSegment[] = [];
    const asked = stations.flatMap((station) => {
      const channels = station.channels.filter(
        ({ id }) =>
          (isAskedFor(station.code, lists.stations) || isAskedFor(id.station, lists.stations)) &&
          isAskedFor(id.channel, lists.channels) &&
          isAskedFor(id.location, lists.auxiliaries),
      );
      return channels.length > 0 ? [{ station, channels }] : [];
    });
    if (asked.length === 0) return refuse("No such channel is here.");
    for (const { station, channels } of asked) {
      const keys = new Set(channels.map(({ id }) => channelKey(id)));
      const found = await source(station, time.from, time.to);
      segments.push(...found.filter(({ channel }) => keys.has(channelKey(channel))));
    }
    if (segments.length === 0) return refuse("No data of that time are here.");
    return writeImsWaveform(segments, {
      ...{ format, messageId: `A-${reference}`.slice(0, 20), source: name, reference },
      channels: asked.flatMap(({ channels }) => channels),
    });
  };
}
