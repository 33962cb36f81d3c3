/** Bodies of all frames but data frames, read. */
import { latin1 } from "../latin1.ts";
import { ByteReader, withoutFill } from "./byteReader.ts";
import type { Cd11Command, Cd11Gap, Cd11Option, Cd11Payload } from "./frame.ts";
import { TIME_LETTERS } from "./subframe.ts";

export type BodyKind = Exclude<Cd11Payload["kind"], "data" | "other">;

export const NAME_LETTERS = 8;
export const ORGANIZATION_LETTERS = 4;
export const FRAME_SET_LETTERS = 20;
/** Site, channel, location, and two NULs to a multiple of four. */
export const COMMAND_LETTERS = [5, 3, 2, 2] as const;
const GAP_BYTES = 16;
const OPTION_BYTES = 8;

/** The payload between two offsets of a frame, and how many bytes of it were not understood; null when it is cut off. */
export function readBody(
  kind: BodyKind,
  bytes: Uint8Array,
  from: number,
  to: number,
): { payload: Cd11Payload; left: number } | null {
  const attempt = (isPadded: boolean) => {
    const reader = new ByteReader(bytes, from, to);
    const payload = readPayload(kind, reader, isPadded);
    return { payload, left: reader.left, fits: !reader.isShort };
  };
  const usual = attempt(true);
  if (usual.fits && usual.left === 0) return usual;
  // Some writers do not fill texts up to a multiple of four bytes.
  const unpadded = attempt(false);
  if (unpadded.fits && (unpadded.left === 0 || !usual.fits))
    return { payload: { ...unpadded.payload, padded: false } as Cd11Payload, left: unpadded.left };
  return usual.fits ? usual : null;
}

function readPayload(kind: BodyKind, reader: ByteReader, isPadded: boolean): Cd11Payload {
  switch (kind) {
    case "connection-request":
    case "connection-response":
      return {
        kind,
        majorVersion: reader.uint16(),
        minorVersion: reader.uint16(),
        name: reader.text(NAME_LETTERS),
        organization: reader.text(ORGANIZATION_LETTERS),
        service: reader.text(ORGANIZATION_LETTERS),
        address: reader.bytes(4).join("."),
        port: reader.uint16(),
        secondAddress: reader.bytes(4).join("."),
        secondPort: reader.uint16(),
      };
    case "option-request":
    case "option-response":
      return { kind, options: readOptions(reader, isPadded) };
    case "acknack":
      return {
        kind,
        frameSet: reader.text(FRAME_SET_LETTERS),
        lowest: reader.int64(),
        highest: reader.int64(),
        gaps: readGaps(reader),
      };
    case "alert": {
      const [message, size] = readText(reader, isPadded);
      return { kind, message, ...(size === null ? {} : { messageSize: size }) };
    }
    case "command-request":
      return { kind, ...readCommand(reader, isPadded) };
    case "command-response": {
      const command = readCommand(reader, isPadded);
      const [response, size] = readText(reader, isPadded);
      return { kind, ...command, response, ...(size === null ? {} : { responseSize: size }) };
    }
    case "cd1-encapsulation":
      return { kind, body: reader.bytes(reader.left) };
  }
}

function readOptions(reader: ByteReader, isPadded: boolean): Cd11Option[] {
  const count = reader.int32();
  const options: Cd11Option[] = [];
  while (options.length < count && reader.left >= OPTION_BYTES)
    options.push({ type: reader.int32(), value: readValue(reader, isPadded) });
  // What is not there makes the body short.
  if (options.length < count) reader.bytes(OPTION_BYTES);
  return options;
}

function readGaps(reader: ByteReader): Cd11Gap[] {
  const count = reader.int32();
  const gaps: Cd11Gap[] = [];
  while (gaps.length < count && reader.left >= GAP_BYTES) gaps.push({ start: reader.int64(), end: reader.int64() });
  if (gaps.length < count) reader.bytes(GAP_BYTES);
  return gaps;
}

function readCommand(reader: ByteReader, isPadded: boolean): Cd11Command {
  const station = reader.text(NAME_LETTERS);
  const [site, channel, location] = COMMAND_LETTERS.map((width) => reader.text(width)) as [string, string, string];
  const timeStamp = reader.text(TIME_LETTERS);
  const [message, size] = readText(reader, isPadded);
  return { station, site, channel, location, timeStamp, message, ...(size === null ? {} : { messageSize: size }) };
}

function readValue(reader: ByteReader, isPadded: boolean): Uint8Array {
  const size = reader.int32();
  const value = reader.bytes(size);
  if (isPadded) reader.skipPadding(size);
  return value;
}

/** A text after its size, and that size where it counts NULs after the text, else null. */
function readText(reader: ByteReader, isPadded: boolean): [string, number | null] {
  const value = readValue(reader, isPadded);
  const text = withoutFill(latin1(value));
  return [text, text.length === value.length ? null : value.length];
}
