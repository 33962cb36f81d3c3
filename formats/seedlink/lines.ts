/** Lines that end with CR, LF or CR LF, out of a queue of bytes; empty ones are left out. */
import type { ByteQueue } from "../byteQueue.ts";
import { latin1 } from "../latin1.ts";

const CR = 13;
const LF = 10;

export class LineReader {
  readonly #queue: ByteQueue;
  readonly #longest: number;
  /** Within a line that is too long. */
  #isSkipping = false;

  constructor(queue: ByteQueue, longest: number) {
    this.#queue = queue;
    this.#longest = longest;
  }

  /** A line without its end, "too-long" for one that is passed over, null when none has ended. */
  next(): string | "too-long" | null {
    const isTooLong = this.#isSkipping;
    if (!isTooLong) this.skipEnds();
    const { bytes } = this.#queue;
    let end = 0;
    while (end < bytes.length && bytes[end] !== CR && bytes[end] !== LF) end++;
    const hasEnded = end < bytes.length;
    if (isTooLong || end > this.#longest) {
      this.#queue.drop(end);
      this.#isSkipping = !hasEnded;
      // Told once, when it begins to be too long.
      return isTooLong ? (hasEnded ? this.next() : null) : "too-long";
    }
    if (!hasEnded) return null;
    const line = latin1(bytes, 0, end);
    this.#queue.drop(end + 1);
    return line;
  }

  /** Drops the line ends at the front. */
  skipEnds(): void {
    const { bytes } = this.#queue;
    let at = 0;
    while (at < bytes.length && (bytes[at] === CR || bytes[at] === LF)) at++;
    this.#queue.drop(at);
  }
}
