/**
 * Headers of miniSEED 3: 40 bytes, little-endian, then source identifier, extra headers (JSON) and payload.
 * https://docs.fdsn.org/projects/miniseed3. The CRC covers the whole record; one that fails is left out.
 */
import { epochOfDay } from "@harken/core";
import { crc32c } from "./crc32c.ts";
import { encoding } from "./encodings.ts";
import type { DataRecord, OtherRecord, RecordFormat, Source } from "./record.ts";
import { channelOfSourceId } from "./sourceId.ts";

export const HEADER_LENGTH = 40;
export const CRC_OFFSET = 28;

export const format3: RecordFormat = { read, find, channelOf: channelOfSourceId };

/** Whether a header stands at an offset: its first letters, and a time that can be. */
function isHeader(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x4d || bytes[at + 1] !== 0x53 || bytes[at + 2] !== 3 || at + HEADER_LENGTH > bytes.length)
    return false;
  const day = bytes[at + 10]! | (bytes[at + 11]! << 8);
  return day >= 1 && day <= 366 && bytes[at + 12]! <= 23 && bytes[at + 13]! <= 59 && bytes[at + 14]! <= 60;
}

function find(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) if (isHeader(bytes, at)) return at;
  return end;
}

function read({ bytes, view, problems }: Source, offset: number): DataRecord | OtherRecord | null {
  if (!isHeader(bytes, offset)) return null;
  const idLength = bytes[offset + 33]!;
  const extraLength = view.getUint16(offset + 34, true);
  const extraStart = offset + HEADER_LENGTH + idLength;
  const dataStart = extraStart + extraLength;
  const claimed = dataStart - offset + view.getUint32(offset + 36, true);
  const { length, trusted } = check({ bytes, view, problems }, offset, claimed);
  if (!trusted) return { type: "bad", length };
  const rate = view.getFloat64(offset + 16, true);
  const code = bytes[offset + 15]!;
  const time = epochOfDay(
    view.getUint16(offset + 8, true),
    view.getUint16(offset + 10, true),
    bytes[offset + 12]!,
    bytes[offset + 13]!,
    bytes[offset + 14]!,
  );
  return {
    type: "data",
    offset,
    length,
    name: letters(bytes, offset + HEADER_LENGTH, extraStart),
    startTime: time + view.getUint32(offset + 4, true) / 1e9,
    // A negative number is the interval in seconds.
    sampleRateHz: rate < 0 ? -1 / rate : rate,
    sampleCount: view.getUint32(offset + 24, true),
    encoding: code,
    littleEndian: code !== encoding.STEIM1 && code !== encoding.STEIM2,
    dataStart: Math.min(dataStart, bytes.length),
    dataEnd: offset + length,
    leapSeconds: extraLength > 0 ? leapSecondsOf(letters(bytes, extraStart, dataStart)) : 0,
  };
}

/** How long the record really is, and whether its samples may be read: its checksum is right, or cannot be tested as the bytes end first. */
function check(source: Source, offset: number, claimed: number): { length: number; trusted: boolean } {
  const { bytes, view, problems } = source;
  const end = offset + claimed;
  if (end > bytes.length) {
    const length = find(bytes, offset + HEADER_LENGTH, bytes.length) - offset;
    const lastOne = offset + length === bytes.length;
    problems.error(
      "miniseed.truncated",
      `The record is said to be ${claimed} bytes long but ends after ${length}; its checksum could not be tested.`,
      { offset },
    );
    return { length, trusted: lastOne };
  }
  // A header within the record shows that its length is wrong. It is looked for before the checksum, so that the work stays linear.
  const followed = end === bytes.length || isHeader(bytes, end);
  const next = followed ? end : find(bytes, offset + HEADER_LENGTH, end);
  const stored = view.getUint32(offset + CRC_OFFSET, true);
  if (next === end && crc32c(bytes, offset, end, offset + CRC_OFFSET) === stored)
    return { length: claimed, trusted: true };
  problems.error("miniseed.crc-mismatch", "The record's checksum is wrong; its samples were left out.", { offset });
  return { length: next - offset, trusted: false };
}

function letters(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to && at < bytes.length; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** `FDSN.Time.LeapSecond` of the extra headers; the rest of them is for others. */
function leapSecondsOf(extra: string): number {
  const found = /"LeapSecond"\s*:\s*(-?1)\b/.exec(extra);
  return found ? Number(found[1]) : 0;
}
