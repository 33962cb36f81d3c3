/**
 * Headers of miniSEED 2, and of whatever else stands between the data records of full SEED. SEED 2.4 manual, chapter 8: fixed section of
 * data header, blockettes 100, 1000 and 1001; others are passed over.
 */
import { type ChannelId, epochOfDay } from "@harken/core";
import { rateOfFloat32 } from "../sampleRate.ts";
import { encoding } from "./encodings.ts";
import { rateOfFactors } from "./rate2.ts";
import type { DataRecord, OtherRecord, RecordFormat, Source } from "./record.ts";

const HEADER_LENGTH = 48;
const MIN_EXPONENT = 7;
const MAX_EXPONENT = 20;
const NAME_OFFSET = 8;
const NAME_LENGTH = 12;
const CORRECTION_APPLIED = 0x02;
const LEAP_SECOND_ADDED = 0x10;
const LEAP_SECOND_LEFT_OUT = 0x20;

/** Quality letters of data records (D, R, Q, M) and types of volume control headers (V, A, S, T). */
const isDataLetter = (byte: number) => byte === 0x44 || byte === 0x52 || byte === 0x51 || byte === 0x4d;
const isControlLetter = (byte: number) => byte === 0x56 || byte === 0x41 || byte === 0x53 || byte === 0x54;
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const SPACE = 0x20;
const ASTERISK = 0x2a;

export const format2: RecordFormat = { read, find, channelOf };

/** What stands at an offset. The sequence number may hold blanks, and NUL where `lax`: too common in data to be looked for. */
export function kindAt(bytes: Uint8Array, at: number, lax: boolean): "data" | "control" | "noise" | null {
  if (at + HEADER_LENGTH > bytes.length) return null;
  const letter = bytes[at + 6]!;
  const data = isDataLetter(letter);
  if (!data && !isControlLetter(letter) && letter !== SPACE) return null;
  const next = bytes[at + 7]!;
  for (let i = at; i < at + 6; i++) {
    const byte = bytes[i]!;
    if (!isDigit(byte) && byte !== SPACE && !(lax && byte === 0)) return null;
  }
  if (!data) {
    if (!isDigit(bytes[at + 5]!)) return null;
    if (letter !== SPACE) return next === SPACE || next === ASTERISK ? "control" : null;
    for (let i = at + 7; i < at + HEADER_LENGTH; i++) if (bytes[i] !== SPACE) return null;
    return "noise";
  }
  if (next !== SPACE && next !== 0) return null;
  // Hour, minute and second are single bytes, so that the byte order need not be known.
  if (bytes[at + 24]! > 23 || bytes[at + 25]! > 59 || bytes[at + 26]! > 60) return null;
  return dateOrder(bytes, at) ? "data" : null;
}

/** The byte order in which year and day of year are possible. */
function dateOrder(bytes: Uint8Array, at: number): "little" | "big" | null {
  const valid = (year: number, day: number) => year >= 1900 && year <= 2262 && day >= 1 && day <= 366;
  const [a, b, c, d] = [bytes[at + 20]!, bytes[at + 21]!, bytes[at + 22]!, bytes[at + 23]!];
  if (valid((a << 8) | b, (c << 8) | d)) return "big";
  return valid((b << 8) | a, (d << 8) | c) ? "little" : null;
}

function find(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) if (kindAt(bytes, at, false)) return at;
  return end;
}

function read(source: Source, offset: number): DataRecord | OtherRecord | null {
  const { bytes, view, problems } = source;
  const kind = kindAt(bytes, offset, true);
  if (kind === null) return null;
  if (kind !== "data") return { type: kind, length: lengthByNextHeader(bytes, offset) };
  const little = dateOrder(bytes, offset) === "little";
  const blockettes = readBlockettes(source, offset, little);
  const claimed = blockettes.exponent === null ? null : 2 ** blockettes.exponent;
  const length = recordLength(source, offset, claimed);
  const sampleCount = view.getUint16(offset + 30, little);
  const dataOffset = view.getUint16(offset + 44, little);
  const activity = bytes[offset + 36]!;
  const correction = activity & CORRECTION_APPLIED ? 0 : view.getInt32(offset + 40, little) / 1e4;
  const validStart = dataOffset >= HEADER_LENGTH && dataOffset <= length;
  if (sampleCount > 0 && !validStart) {
    problems.error(
      "miniseed.bad-data-offset",
      `The samples are said to begin at byte ${dataOffset} of the record; they were left out.`,
      {
        offset,
      },
    );
    return { type: "bad", length };
  }
  const time = epochOfDay(
    view.getUint16(offset + 20, little),
    view.getUint16(offset + 22, little),
    bytes[offset + 24]!,
    bytes[offset + 25]!,
    bytes[offset + 26]!,
  );
  const ticks = view.getUint16(offset + 28, little) * 100 + blockettes.microseconds;
  return {
    type: "data",
    offset,
    length,
    name: nameAt(source, offset + NAME_OFFSET),
    startTime: time + ticks / 1e6 + correction,
    sampleRateHz:
      blockettes.rateHz ?? rateOfFactors(view.getInt16(offset + 32, little), view.getInt16(offset + 34, little)),
    sampleCount,
    encoding: blockettes.encoding,
    littleEndian: blockettes.littleEndian,
    dataStart: offset + dataOffset,
    dataEnd: offset + length,
    leapSeconds: activity & LEAP_SECOND_ADDED ? 1 : activity & LEAP_SECOND_LEFT_OUT ? -1 : 0,
  };
}

interface Blockettes {
  encoding: number;
  littleEndian: boolean;
  /** Power of two of the record length; null when blockette 1000 is missing or names an impossible one. */
  exponent: number | null;
  rateHz: number | null;
  microseconds: number;
}

/** Steim1 in the header's byte order is what records without blockette 1000 hold. */
function readBlockettes({ bytes, view, problems }: Source, offset: number, little: boolean): Blockettes {
  const found: Blockettes = {
    encoding: encoding.STEIM1,
    littleEndian: little,
    exponent: null,
    rateHz: null,
    microseconds: 0,
  };
  let at = view.getUint16(offset + 46, little);
  if (at === 0) return found;
  const badChain = (next: number) =>
    problems.warning(
      "miniseed.bad-blockette",
      `A blockette is said to begin at byte ${next} of the record, where none can be.`,
      { offset },
    );
  const isBlockette = (place: number) => place >= HEADER_LENGTH && offset + place + 8 <= bytes.length;
  if (!isBlockette(at)) {
    badChain(at);
    at = HEADER_LENGTH;
    if (!isBlockette(at) || view.getUint16(offset + at, little) !== 1000) return found;
  }
  for (;;) {
    const place = offset + at;
    const type = view.getUint16(place, little);
    if (type === 1000) {
      found.encoding = bytes[place + 4]!;
      found.littleEndian = bytes[place + 5] === 0;
      const exponent = bytes[place + 6]!;
      if (exponent >= MIN_EXPONENT && exponent <= MAX_EXPONENT) found.exponent = exponent;
      else
        problems.warning("miniseed.bad-record-length", `The record is said to be 2^${exponent} bytes long.`, {
          offset,
        });
    } else if (type === 1001) found.microseconds = view.getInt8(place + 5);
    else if (type === 100) {
      const rateHz = rateOfFloat32(view.getFloat32(place + 4, little));
      if (rateHz > 0 && Number.isFinite(rateHz)) found.rateHz = rateHz;
    }
    const next = view.getUint16(place + 2, little);
    if (next === 0) return found;
    // Offsets must grow: a chain that does not would not end.
    if (next < at + 4 || !isBlockette(next)) {
      badChain(next);
      return found;
    }
    at = next;
  }
}

/** The length that blockette 1000 gives, unless the record ends earlier or another header shows that it is wrong. */
function recordLength({ bytes, problems }: Source, offset: number, claimed: number | null): number {
  if (claimed === null) return lengthByNextHeader(bytes, offset);
  const end = offset + claimed;
  if (end === bytes.length || (end < bytes.length && kindAt(bytes, end, true))) return claimed;
  const next = find(bytes, offset + HEADER_LENGTH, Math.min(end, bytes.length));
  const length = next - offset;
  if (length < claimed)
    problems.error("miniseed.truncated", `The record is said to be ${claimed} bytes long but ends after ${length}.`, {
      offset,
    });
  return length;
}

/** The first power of two after which another header, or the end of the bytes, comes. */
function lengthByNextHeader(bytes: Uint8Array, offset: number): number {
  for (let exponent = MIN_EXPONENT; exponent <= MAX_EXPONENT; exponent++) {
    const end = offset + 2 ** exponent;
    if (end >= bytes.length) return bytes.length - offset;
    if (kindAt(bytes, end, false)) return 2 ** exponent;
  }
  return find(bytes, offset + HEADER_LENGTH, bytes.length) - offset;
}

/** The letters of the channel. A file's records mostly have the name of the record before, which is not made again. */
function nameAt(source: Source, at: number): string {
  const { bytes, lastName } = source;
  if (lastName) {
    let same = 0;
    while (same < NAME_LENGTH && bytes[at + same] === bytes[lastName.at + same]) same++;
    if (same === NAME_LENGTH) return lastName.name;
  }
  let name = "";
  for (let i = at; i < at + NAME_LENGTH; i++) name += String.fromCharCode(bytes[i]!);
  source.lastName = { at, name };
  return name;
}

function channelOf(name: string): ChannelId {
  const code = (from: number, to: number) => name.slice(from, to).replace(/[^\w-]/g, "");
  return { station: code(0, 5), location: code(5, 7), channel: code(7, 10), network: code(10, 12) };
}
