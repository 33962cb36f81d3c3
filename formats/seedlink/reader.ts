/**
 * Packets out of a stream that comes in pieces of any size, of both versions. What belongs to no packet is passed over and told; a payload
 * beyond the limit is passed over without being kept.
 */
import type { ProblemList } from "@harken/core";
import type { ByteQueue } from "../byteQueue.ts";
import { latin1 } from "../latin1.ts";
import {
  HEADER_3_BYTES,
  HEADER_4_BYTES,
  INFO_LAST,
  INFO_MORE,
  isMiniSeed3,
  recordLength,
  type SeedLinkPacket,
} from "./packet.ts";

export type Received =
  | { readonly kind: "packet"; readonly packet: SeedLinkPacket }
  /** A record of text in answer to INFO, version 3. */
  | { readonly kind: "info"; readonly record: Uint8Array; readonly isLast: boolean }
  /** The server has sent all that there was. */
  | { readonly kind: "end" };

/** The information on all streams of a large server is some millions of bytes. */
export const LONGEST_PAYLOAD = 32_000_000;
/** Garbage without end is told each time that so much has come. */
const TOLD_BYTES = 1_000_000;
const END = "END";

export class PacketReader {
  readonly #queue: ByteQueue;
  readonly #maxPayload: number;
  /** Bytes of a payload that is too long, still to come. */
  #toSkip = 0;
  #strayed = 0;
  #isLost = false;

  /** Takes packets from the front of a queue that others feed. */
  constructor(queue: ByteQueue, maxPayload: number = LONGEST_PAYLOAD) {
    this.#queue = queue;
    this.#maxPayload = maxPayload;
  }

  /** Whether what came since the last packet belongs to none. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** The next packet, with a payload of its own; null when more bytes are needed. */
  next(problems: ProblemList): Received | null {
    for (;;) {
      const skipped = Math.min(this.#toSkip, this.#queue.length);
      this.#queue.drop(skipped);
      this.#toSkip -= skipped;
      this.#findStart(problems);
      const { bytes } = this.#queue;
      const found = startsWith(bytes, "SE") ? this.#packet4(bytes, problems) : this.#packet3(bytes, problems);
      if (found === "too-long") this.#isLost = true;
      else {
        if (found) this.#isLost = false;
        return found;
      }
    }
  }

  #packet3(bytes: Uint8Array, problems: ProblemList): Received | null | "too-long" {
    if (startsWith(bytes, END)) {
      this.#queue.drop(END.length);
      return { kind: "end" };
    }
    const length = bytes.length < HEADER_3_BYTES ? null : recordLength(bytes, HEADER_3_BYTES);
    if (length === null) return null;
    const record = this.#payload(bytes, HEADER_3_BYTES, length, problems);
    if (record === null || record === "too-long") return record;
    const header = latin1(bytes, 0, HEADER_3_BYTES);
    if (header === INFO_MORE || header === INFO_LAST) return { kind: "info", record, isLast: header === INFO_LAST };
    const sequence = BigInt(`0x${header.slice(2)}`);
    const format = isMiniSeed3(record) ? "3" : "2";
    return { kind: "packet", packet: { sequence, station: "", format, subformat: "D", payload: record } };
  }

  #packet4(bytes: Uint8Array, problems: ProblemList): Received | null | "too-long" {
    if (bytes.length < HEADER_4_BYTES) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_4_BYTES);
    const start = HEADER_4_BYTES + view.getUint8(16);
    const payload = this.#payload(bytes, start, view.getUint32(4, true), problems);
    if (payload === null || payload === "too-long") return payload;
    const [format, subformat] = latin1(bytes, 2, 4) as unknown as [string, string];
    const station = latin1(bytes, HEADER_4_BYTES, start);
    return { kind: "packet", packet: { sequence: view.getBigUint64(8, true), station, format, subformat, payload } };
  }

  /** The payload from `start` on, taken from the queue with what stands before it. */
  #payload(bytes: Uint8Array, start: number, length: number, problems: ProblemList): Uint8Array | null | "too-long" {
    const end = start + length;
    if (length > this.#maxPayload) {
      problems.error("seedlink.too-long", `A payload of ${length} bytes is beyond the limit; it was passed over.`);
      this.#toSkip = Math.max(0, end - bytes.length);
      this.#queue.drop(end);
      return "too-long";
    }
    if (bytes.length < end) return null;
    const payload = bytes.slice(start, end);
    this.#queue.drop(end);
    return payload;
  }

  /** Drops what stands before the next header. */
  #findStart(problems: ProblemList): void {
    const { bytes } = this.#queue;
    let at = 0;
    while (at < bytes.length && !isStart(bytes, at)) at++;
    this.#strayed += at;
    if (at > 0) this.#isLost = true;
    this.#queue.drop(at);
    const isTold = this.#strayed > 0 && (this.#queue.length >= HEADER_3_BYTES || this.#strayed >= TOLD_BYTES);
    if (!isTold) return;
    problems.warning("seedlink.skipped-bytes", `${this.#strayed} bytes belong to no packet and were passed over.`);
    this.#strayed = 0;
  }
}

/** What may stand at each place of a header; shorter bytes may yet become one. */
const starts: readonly (readonly RegExp[])[] = [
  [/S/, /L/, ...Array<RegExp>(6).fill(/[0-9A-Fa-f]/)],
  [...INFO_MORE].map((letter) => (letter === "*" ? /[* ]/ : new RegExp(letter))),
  [/S/, /E/, /[0-9A-Z]/, /[0-9A-Z]/],
  [...END].map((letter) => new RegExp(letter)),
];

function isStart(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at];
  if (first !== 0x53 && first !== 0x45) return false;
  return starts.some((letters) =>
    letters.every((letter, i) => at + i >= bytes.length || letter.test(String.fromCharCode(bytes[at + i]!))),
  );
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}
