/** INFO of version 3 travels in miniSEED 2 records of text: 512 bytes, of which 456 are letters. */
import { dateParts } from "@harken/core";
import { latin1Bytes } from "../latin1.ts";
import { writeInfoRecord } from "./packet.ts";

const RECORD_BYTES = 512;
const TEXT_OFFSET = 56;
const TEXT_BYTES = RECORD_BYTES - TEXT_OFFSET;
const BLOCKETTE_OFFSET = 48;

/** Packets that carry a document; `isError` names their channel ERR instead of INF. UTF-8. */
export function writeInfoRecords(document: string, time: number, isError: boolean): Uint8Array<ArrayBuffer>[] {
  const text = new TextEncoder().encode(document);
  const count = Math.max(1, Math.ceil(text.length / TEXT_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const part = text.subarray(i * TEXT_BYTES, (i + 1) * TEXT_BYTES);
    return writeInfoRecord(textRecord(part, i + 1, time, isError ? "ERR" : "INF"), i === count - 1);
  });
}

function textRecord(text: Uint8Array, number: number, time: number, channel: string): Uint8Array {
  const record = new Uint8Array(RECORD_BYTES);
  const view = new DataView(record.buffer);
  const { year, dayOfYear, hour, minute, second } = dateParts(Math.floor(time), 0);
  record.set(latin1Bytes(`${String(number).padStart(6, "0")}D INFO   ${channel}XX`));
  view.setUint16(20, year);
  view.setUint16(22, dayOfYear);
  record.set([hour, minute, second], 24);
  view.setUint16(30, text.length);
  view.setUint8(39, 1);
  view.setUint16(44, TEXT_OFFSET);
  view.setUint16(46, BLOCKETTE_OFFSET);
  view.setUint16(BLOCKETTE_OFFSET, 1000);
  // Text, highest byte first, 2^9 bytes.
  record.set([0, 1, 9], BLOCKETTE_OFFSET + 4);
  record.set(text, TEXT_OFFSET);
  return record;
}

/** The letters in a record of text. */
export function textOfRecord(record: Uint8Array): Uint8Array {
  if (record.length < BLOCKETTE_OFFSET) return new Uint8Array(0);
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  // A year below 256 in one byte order is one of thousands in the other.
  const little = view.getUint16(20) > 4_000;
  const start = view.getUint16(44, little);
  return record.subarray(start, start + view.getUint16(30, little));
}

/** Whether the records answer that the request was refused. */
export const isErrorRecord = (record: Uint8Array): boolean =>
  new TextDecoder().decode(record.subarray(15, 18)) === "ERR";
