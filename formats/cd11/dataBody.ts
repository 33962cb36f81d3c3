/** The body of a data frame: what it spans, its channel string, and a subframe for each channel. */
import type { ProblemList } from "@harken/core";
import { latin1, latin1Bytes } from "../latin1.ts";
import { ByteReader } from "./byteReader.ts";
import { ByteWriter } from "./byteWriter.ts";
import type { Cd11Data } from "./frame.ts";
import {
  type Cd11ChannelSubframe,
  NAME_LETTERS,
  readSubframe,
  SHORTEST_SUBFRAME,
  TIME_LETTERS,
  writeName,
  writeSubframe,
} from "./subframe.ts";

/** Reads the body between two offsets of a frame. A channel that is cut off is left out and told. */
export function readDataBody(
  bytes: Uint8Array,
  from: number,
  to: number,
  maxChannels: number,
  problems: ProblemList,
): Cd11Data {
  const reader = new ByteReader(bytes, from, to);
  const channelCount = reader.int32();
  const lengthMs = reader.int32();
  const nominalTime = reader.text(TIME_LETTERS);
  const stringSize = reader.int32();
  const channelString = latin1(reader.bytes(stringSize));
  reader.skipPadding(stringSize);
  const channels: Cd11ChannelSubframe[] = [];
  while (!reader.isShort && channels.length < Math.min(channelCount, maxChannels)) {
    const channel = nextChannel(bytes, reader, problems);
    if (channel) channels.push(channel);
  }
  if (channels.length !== channelCount)
    problems.error(
      "cd11.channels-missing",
      `The data frame is said to hold ${channelCount} channels; ${channels.length} could be read.`,
      { offset: from },
    );
  else if (channelString.length !== channelCount * NAME_LETTERS)
    problems.warning(
      "cd11.channel-string",
      `The channel string has ${channelString.length} letters for ${channelCount} channels.`,
      { offset: from },
    );
  else if (reader.left > 0)
    problems.warning("cd11.body-left", `${reader.left} bytes follow the last channel and were passed over.`, {
      offset: reader.at,
    });
  return { kind: "data", lengthMs, nominalTime, channelString, channels };
}

/** Each subframe states its length, so that a bad one does not hide the next. */
function nextChannel(bytes: Uint8Array, reader: ByteReader, problems: ProblemList): Cd11ChannelSubframe | null {
  const offset = reader.at;
  const length = reader.int32();
  const start = reader.at;
  reader.bytes(length);
  if (reader.isShort) return null;
  if (length < SHORTEST_SUBFRAME) {
    problems.error("cd11.bad-channel", `A channel of ${length} bytes is too short to be one.`, { offset });
    return null;
  }
  const own = new ByteReader(bytes, start, start + length);
  const channel = readSubframe(own);
  if (own.isShort) {
    problems.error(
      "cd11.bad-channel",
      "A channel's status, data or signature do not fit its length; it was left out.",
      {
        offset,
      },
    );
    return null;
  }
  if (own.left > 0)
    problems.warning("cd11.channel-length", `${own.left} bytes of a channel were passed over.`, { offset });
  return channel;
}

export function writeDataBody(writer: ByteWriter, { lengthMs, nominalTime, channelString, channels }: Cd11Data): void {
  const names = channelString === undefined ? namesOf(channels) : latin1Bytes(channelString);
  writer.int32(channels.length);
  writer.int32(lengthMs);
  writer.text(nominalTime, TIME_LETTERS);
  writer.int32(names.length);
  writer.bytes(names);
  writer.padding(names.length);
  for (const channel of channels) writeSubframe(writer, channel);
}

function namesOf(channels: readonly Cd11ChannelSubframe[]): Uint8Array {
  const writer = new ByteWriter();
  for (const channel of channels) writeName(writer, channel);
  return writer.finish();
}
