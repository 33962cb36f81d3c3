/**
 * Messages of DataLink out of bytes that come in pieces of any size. What belongs to no message is passed over and told, and data beyond
 * the limit are passed over without being kept.
 */
import type { ProblemList } from "@harken/core";
import { ByteQueue } from "../byteQueue.ts";
import { latin1 } from "../latin1.ts";
import { dataSizeOf, type Side } from "./parse.ts";

const PREHEADER_BYTES = 3;
/** Garbage without end is told each time that so much has come. */
const TOLD_BYTES = 1_000_000;
/** The information on all streams of a large server is some millions of bytes. */
export const LONGEST_DATA = 32_000_000;

export interface RawMessage {
  readonly header: string;
  /** null when they are longer than the limit. */
  readonly data: Uint8Array | null;
}

export class DataLinkReader {
  readonly #queue = new ByteQueue();
  readonly #side: Side;
  readonly #maxData: number;
  /** Bytes of data that are too long, still to come. */
  #toSkip = 0;
  #strayed = 0;

  /** Of what `side` sends. */
  constructor(side: Side, maxData: number = LONGEST_DATA) {
    this.#side = side;
    this.#maxData = maxData;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  push(bytes: Uint8Array): void {
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    this.#queue.push(bytes.subarray(skipped));
  }

  /** The next whole message, with data of its own; null when more bytes are needed. */
  next(problems: ProblemList): RawMessage | null {
    this.#findPreheader(problems);
    const { bytes } = this.#queue;
    const headerEnd = PREHEADER_BYTES + (bytes[2] ?? 0);
    if (bytes.length < PREHEADER_BYTES || bytes.length < headerEnd) return null;
    const header = latin1(bytes, PREHEADER_BYTES, headerEnd);
    const size = dataSizeOf(header, this.#side);
    const end = headerEnd + size;
    if (size > this.#maxData) {
      problems.error("datalink.too-long", `${size} bytes of data are more than the limit; they were passed over.`);
      this.#toSkip = Math.max(0, end - bytes.length);
      this.#queue.drop(end);
      return { header, data: null };
    }
    if (bytes.length < end) return null;
    const data = bytes.slice(headerEnd, end);
    this.#queue.drop(end);
    return { header, data };
  }

  /** Drops what stands before the next "DL". */
  #findPreheader(problems: ProblemList): void {
    const { bytes } = this.#queue;
    let at = 0;
    while (at < bytes.length && !(bytes[at] === 0x44 && (at + 1 === bytes.length || bytes[at + 1] === 0x4c))) at++;
    this.#strayed += at;
    this.#queue.drop(at);
    const isTold = this.#strayed > 0 && (this.#queue.length >= 2 || this.#strayed >= TOLD_BYTES);
    if (!isTold) return;
    problems.warning("datalink.skipped-bytes", `${this.#strayed} bytes belong to no message and were passed over.`);
    this.#strayed = 0;
  }
}
