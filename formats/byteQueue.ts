/**
 * Bytes of a stream that wait to be understood: pieces come in at one end, whole messages go out at the other.
 *
 *     queue.push(chunk);
 *     const { bytes } = queue; // all that waits
 *     queue.drop(lengthOfMessage);
 */

const FIRST_CAPACITY = 4_096;

export class ByteQueue {
  #buffer = new Uint8Array(0);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** What waits, in place: valid until the next `push`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  push(chunk: Uint8Array): void {
    const needed = this.length + chunk.length;
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(needed);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Takes the first `count` bytes away. */
  drop(count: number): void {
    this.#start = Math.min(this.#end, this.#start + count);
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(needed: number): void {
    // Half of the buffer free after each move, so that a byte is moved a bounded number of times.
    const fits = 2 * needed <= this.#buffer.length;
    const target = fits ? this.#buffer : new Uint8Array(Math.max(FIRST_CAPACITY, 2 * needed));
    const waiting = this.bytes;
    target.set(waiting);
    this.#end = waiting.length;
    this.#start = 0;
    this.#buffer = target;
  }
}
