/**
 * One entry of the intake journal: what came from outside, byte for byte, with when and from whom.
 *
 *     4  "HKJ1"
 *     4  length of the body      4  CRC-32 of the body
 *     body: 8 sequence, 8 time of receipt (float64 epoch s), 1 length of kind, 1 of source, 2 of note, the three texts, payload
 *
 * Numbers have their highest byte first. Entries stand one behind the other, so that a file that was cut off anywhere loses its last one only.
 */
import { crc32 } from "node:zlib";

export interface JournalRecord {
  /** Epoch s. */
  readonly receivedAt: number;
  /** What the payload is: "cd11" a frame, "mseed" records, "file". */
  readonly kind: string;
  /** Who sent it, such as ARCES:IDC or IU_ANMO. */
  readonly source: string;
  /** What was found out at receipt, such as the verdict on the signatures, as text. */
  readonly note: string;
  readonly payload: Uint8Array;
}

export interface JournalEntry extends JournalRecord {
  /** Counts the entries of a journal from 1. */
  readonly sequence: number;
}

export const MAGIC = Buffer.from("HKJ1", "latin1");
export const HEAD_BYTES = 12;
const FIXED_BYTES = 20;
/** A length beyond this is no entry: a CD-1.1 frame has at most 10 MB, a file that is taken in at most this. */
export const LONGEST_BODY = 256_000_000;

export function encodeEntry({ sequence, receivedAt, kind, source, note, payload }: JournalEntry): Buffer {
  const texts = [kind, source, note].map((text) => Buffer.from(text, "utf8"));
  const [kindBytes, sourceBytes, noteBytes] = texts as [Buffer, Buffer, Buffer];
  if (kindBytes.length > 255 || sourceBytes.length > 255 || noteBytes.length > 65_535)
    throw new RangeError(`An entry from ${source.slice(0, 40)} has a text that is too long.`);
  const bodyLength = FIXED_BYTES + kindBytes.length + sourceBytes.length + noteBytes.length + payload.length;
  if (bodyLength > LONGEST_BODY) throw new RangeError(`An entry from ${source} has ${payload.length} bytes.`);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + bodyLength);
  MAGIC.copy(bytes);
  bytes.writeUInt32BE(bodyLength, 4);
  let at = HEAD_BYTES;
  at = bytes.writeBigUInt64BE(BigInt(sequence), at);
  at = bytes.writeDoubleBE(receivedAt, at);
  at = bytes.writeUInt8(kindBytes.length, at);
  at = bytes.writeUInt8(sourceBytes.length, at);
  at = bytes.writeUInt16BE(noteBytes.length, at);
  for (const text of [...texts, payload]) {
    bytes.set(text, at);
    at += text.length;
  }
  bytes.writeUInt32BE(crc32(bytes.subarray(HEAD_BYTES)), 8);
  return bytes;
}

/** What stands at an offset: a whole entry and where it ends, the start of one that may go on, or none. */
export type EntryAt = { readonly entry: JournalEntry; readonly end: number } | "cut" | "none";

export function entryAt(bytes: Buffer, at: number): EntryAt {
  if (bytes.length - at < HEAD_BYTES) return "cut";
  if (bytes.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) !== 0) return "none";
  const length = bytes.readUInt32BE(at + 4);
  if (length < FIXED_BYTES || length > LONGEST_BODY) return "none";
  const start = at + HEAD_BYTES;
  const end = start + length;
  if (end > bytes.length) return "cut";
  if (crc32(bytes.subarray(start, end)) !== bytes.readUInt32BE(at + 8)) return "none";
  const [kindLength, sourceLength] = [bytes.readUInt8(start + 16), bytes.readUInt8(start + 17)];
  const noteLength = bytes.readUInt16BE(start + 18);
  const kindAt = start + FIXED_BYTES;
  const sourceAt = kindAt + kindLength;
  const noteAt = sourceAt + sourceLength;
  const payloadAt = noteAt + noteLength;
  if (payloadAt > end) return "none";
  const entry: JournalEntry = {
    sequence: Number(bytes.readBigUInt64BE(start)),
    receivedAt: bytes.readDoubleBE(start + 8),
    kind: bytes.toString("utf8", kindAt, sourceAt),
    source: bytes.toString("utf8", sourceAt, noteAt),
    note: bytes.toString("utf8", noteAt, payloadAt),
    payload: bytes.subarray(payloadAt, end),
  };
  return { entry, end };
}

/** Offset of the next whole entry behind `from`; -1 when there is none. */
export function nextEntry(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MAGIC, from); at >= 0; at = bytes.indexOf(MAGIC, at + 1))
    if (typeof entryAt(bytes, at) === "object") return at;
  return -1;
}
