/**
 * Packets of SeedLink.
 *
 *     version 3   "SL", six hexadecimal digits, a miniSEED record
 *                 "SLINFO *" or "SLINFO  " (the last), a miniSEED record of text
 *     version 4   "SE", format, subformat, uint32 length of the payload, uint64 number, uint8 length of the station, station, payload;
 *                 numbers lowest byte first
 *
 * A record of version 3 has 512 bytes; ringserver also sends miniSEED 3 records, and miniSEED 2 of other lengths, which tell their own.
 */
import { latin1Bytes } from "../latin1.ts";
import { MASK_24, type SeedLinkVersion } from "./command.ts";

export interface SeedLinkPacket {
  /** 24 bits in version 3. */
  readonly sequence: bigint;
  /** `NET_STA`; "" in version 3, whose packets do not tell. */
  readonly station: string;
  /** "2" and "3" are miniSEED, "J" is JSON, "X" XML. */
  readonly format: string;
  /** D data, E event, C calibration, T timing, L log, O opaque; I information, E error of JSON. */
  readonly subformat: string;
  readonly payload: Uint8Array;
}

export const HEADER_3_BYTES = 8;
export const HEADER_4_BYTES = 17;
export const INFO_MORE = "SLINFO *";
export const INFO_LAST = "SLINFO  ";
const RECORD_BYTES = 512;

export function writePacket(packet: SeedLinkPacket, version: SeedLinkVersion): Uint8Array<ArrayBuffer> {
  if (version === 3) {
    const digits = (packet.sequence & MASK_24).toString(16).toUpperCase().padStart(6, "0");
    return withHeader(latin1Bytes(`SL${digits}`), packet.payload);
  }
  const { sequence, station, format, subformat, payload } = packet;
  const header = new Uint8Array(HEADER_4_BYTES + station.length);
  const view = new DataView(header.buffer);
  header.set(latin1Bytes(`SE${format}${subformat}`));
  view.setUint32(4, payload.length, true);
  view.setBigUint64(8, sequence, true);
  view.setUint8(16, station.length);
  header.set(latin1Bytes(station), HEADER_4_BYTES);
  return withHeader(header, payload);
}

/** A record of text that answers INFO in version 3. */
export const writeInfoRecord = (record: Uint8Array, isLast: boolean): Uint8Array<ArrayBuffer> =>
  withHeader(latin1Bytes(isLast ? INFO_LAST : INFO_MORE), record);

function withHeader(header: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(header.length + payload.length);
  bytes.set(header);
  bytes.set(payload, header.length);
  return bytes;
}

const HEADER_MINISEED_3 = 40;
const HEADER_MINISEED_2 = 56;

/** Length of the record that begins at `at`; null when more of it is needed to tell. */
export function recordLength(bytes: Uint8Array, at: number): number | null {
  const left = bytes.length - at;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, left);
  if (left < 3) return null;
  if (isMiniSeed3(bytes, at)) {
    if (left < HEADER_MINISEED_3) return null;
    return HEADER_MINISEED_3 + view.getUint8(33) + view.getUint16(34, true) + view.getUint32(36, true);
  }
  if (left < HEADER_MINISEED_2) return null;
  // Blockette 1000 right behind the fixed header, in either byte order.
  const little = view.getUint16(46, true) === 48 && view.getUint16(48, true) === 1000;
  const big = view.getUint16(46) === 48 && view.getUint16(48) === 1000;
  const exponent = view.getUint8(54);
  return (little || big) && exponent >= 7 && exponent <= 20 ? 2 ** exponent : RECORD_BYTES;
}

export const isMiniSeed3 = (bytes: Uint8Array, at = 0): boolean =>
  bytes[at] === 0x4d && bytes[at + 1] === 0x53 && bytes[at + 2] === 3;

/** The number of 64 bits that a client of version 3 means: the greatest up to the latest that ends in its 24. */
export function fullSequence(low24: bigint, latest: bigint): bigint {
  const same = (latest & ~MASK_24) | (low24 & MASK_24);
  return same <= latest || same <= MASK_24 ? same : same - MASK_24 - 1n;
}
