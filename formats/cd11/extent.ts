/**
 * Where a frame begins and ends. A frame has no signature of its own, but its header says much: a small type, a length, two names in
 * printable letters. Binary data look like that less than once in 10^15 bytes.
 *
 *     36 bytes  type, offset of the trailer, creator, destination, sequence number, series
 *     ...       body
 *     trailer   key identifier, size of the signature, signature, CRC
 */
import { padded } from "./byteReader.ts";
import { crc64 } from "./crc64.ts";

export const HEADER_BYTES = 36;
const CREATOR_OFFSET = 8;
const DESTINATION_OFFSET = 16;
const NAMES_END = 24;
export const CRC_BYTES = 8;
/** Key identifier and size. */
const KEY_BYTES = 8;
/** Ten seconds of the largest array are a hundredth of this. */
export const LONGEST_FRAME = 10_000_000;
const LONGEST_SIGNATURE = 65_536;
const HIGHEST_TYPE = 63;

/** Whether a header can begin at an offset. Strict enough to be asked at every byte. */
export function isCd11Header(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0) return false;
  const type = bytes[at + 3]!;
  if (type === 0 || type > HIGHEST_TYPE || at + HEADER_BYTES > bytes.length) return false;
  const trailer = uint32(bytes, at + 4);
  return (
    trailer >= HEADER_BYTES &&
    trailer <= LONGEST_FRAME &&
    bytes[at + CREATOR_OFFSET]! > 0x20 &&
    isName(bytes, at + CREATOR_OFFSET, at + DESTINATION_OFFSET) &&
    isName(bytes, at + DESTINATION_OFFSET, at + NAMES_END)
  );
}

/** Printable letters, then NULs. */
function isName(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && bytes[at]! >= 0x20 && bytes[at]! <= 0x7e) at++;
  while (at < to && bytes[at] === 0) at++;
  return at === to;
}

/** Length of the frame whose header begins at `at`: null when the trailer has not come yet, -1 when it cannot be one. */
export function lengthOfFrame(bytes: Uint8Array, at: number): number | null {
  const trailer = uint32(bytes, at + 4);
  if (at + trailer + KEY_BYTES > bytes.length) return null;
  const signature = uint32(bytes, at + trailer + 4);
  return signature > LONGEST_SIGNATURE ? -1 : trailer + KEY_BYTES + padded(signature) + CRC_BYTES;
}

/** How a frame's CRC compares with its bytes. "absent" is a field of zeros, which a writer leaves that computes none. */
export function checkCrc(bytes: Uint8Array, from: number, to: number): "right" | "wrong" | "absent" {
  const stored = (BigInt(uint32(bytes, to - CRC_BYTES)) << 32n) | BigInt(uint32(bytes, to - 4));
  if (stored === crc64(bytes, from, to - CRC_BYTES)) return "right";
  return stored === 0n ? "absent" : "wrong";
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
