/** Bodies of all frames but data frames, written. */
import { latin1Bytes } from "../latin1.ts";
import { COMMAND_LETTERS, FRAME_SET_LETTERS, NAME_LETTERS, ORGANIZATION_LETTERS } from "./body.ts";
import type { ByteWriter } from "./byteWriter.ts";
import type { Cd11Command, Cd11Connection, Cd11Payload } from "./frame.ts";
import { TIME_LETTERS } from "./subframe.ts";

export function writeBody(writer: ByteWriter, payload: Exclude<Cd11Payload, { kind: "data" }>): void {
  switch (payload.kind) {
    case "connection-request":
    case "connection-response":
      writeConnection(writer, payload);
      break;
    case "option-request":
    case "option-response":
      writer.int32(payload.options.length);
      for (const { type, value } of payload.options) {
        writer.int32(type);
        writeValue(writer, value, payload.padded);
      }
      break;
    case "acknack":
      writer.text(payload.frameSet, FRAME_SET_LETTERS);
      writer.int64(payload.lowest);
      writer.int64(payload.highest);
      writer.int32(payload.gaps.length);
      for (const { start, end } of payload.gaps) {
        writer.int64(start);
        writer.int64(end);
      }
      break;
    case "alert":
      writeText(writer, payload.message, payload.messageSize, payload.padded);
      break;
    case "command-request":
      writeCommand(writer, payload);
      break;
    case "command-response":
      writeCommand(writer, payload);
      writeText(writer, payload.response, payload.responseSize, payload.padded);
      break;
    case "cd1-encapsulation":
    case "other":
      writer.bytes(payload.body);
      break;
  }
}

function writeConnection(writer: ByteWriter, connection: Cd11Connection): void {
  writer.uint16(connection.majorVersion);
  writer.uint16(connection.minorVersion);
  writer.text(connection.name, NAME_LETTERS);
  writer.text(connection.organization, ORGANIZATION_LETTERS);
  writer.text(connection.service, ORGANIZATION_LETTERS);
  writeAddress(writer, connection.address);
  writer.uint16(connection.port);
  writeAddress(writer, connection.secondAddress);
  writer.uint16(connection.secondPort);
}

function writeAddress(writer: ByteWriter, address: string): void {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
    throw new RangeError(`"${address}" is no IPv4 address.`);
  for (const part of parts) writer.uint8(part);
}

function writeCommand(writer: ByteWriter, command: Cd11Command): void {
  const [siteLetters, channelLetters, locationLetters, fill] = COMMAND_LETTERS;
  writer.text(command.station, NAME_LETTERS);
  writer.text(command.site, siteLetters);
  writer.text(command.channel, channelLetters);
  writer.text(command.location, locationLetters);
  writer.text("", fill);
  writer.text(command.timeStamp, TIME_LETTERS);
  writeText(writer, command.message, command.messageSize, command.padded);
}

function writeText(writer: ByteWriter, text: string, size = text.length, isPadded = true): void {
  writeValue(writer, latin1Bytes(text.padEnd(size, "\0")), isPadded);
}

function writeValue(writer: ByteWriter, value: Uint8Array, isPadded = true): void {
  writer.int32(value.length);
  writer.bytes(value);
  if (isPadded) writer.padding(value.length);
}
