/**
 * Frames out of bytes that come in pieces of any size, or that stand in a file.
 *
 *     const splitter = new Cd11Splitter();
 *     const { frames, problems } = splitter.push(chunk); // again and again
 *     const { items, problems } = splitCd11Frames(bytesOfAFile);
 *
 * `scan.ts` tells how frames are found again after garbage. A splitter keeps at most the longest frame (10 MB) beside the last piece.
 */
import { type Decoded, defaultLimits, type Limits, type Problem } from "@harken/core";
import { ByteQueue } from "../byteQueue.ts";
import { FrameScanner } from "./scan.ts";

export interface SplitFrames {
  /** Each the bytes of one frame whose checksum is right or absent: the caller's own. */
  readonly frames: readonly Uint8Array[];
  readonly problems: readonly Problem[];
}

export class Cd11Splitter {
  readonly #queue = new ByteQueue();
  readonly #scanner: FrameScanner;

  constructor(limits: Limits = defaultLimits) {
    this.#scanner = new FrameScanner(limits.maxProblems);
  }

  /** Bytes that wait for the rest of their frame. */
  get waiting(): number {
    return this.#queue.length;
  }

  push(chunk: Uint8Array): SplitFrames {
    this.#queue.push(chunk);
    return this.#scan(false);
  }

  /** The stream has ended: what still waits is told. */
  end(): SplitFrames {
    return this.#scan(true);
  }

  #scan(isEnd: boolean): SplitFrames {
    const frames: Uint8Array[] = [];
    const { bytes } = this.#queue;
    let at = 0;
    for (let isFrame = true; isFrame; ) {
      const step = this.#scanner.next(bytes, at, isEnd);
      if (step.isFrame) frames.push(bytes.slice(step.start, step.end));
      at = step.end;
      isFrame = step.isFrame;
    }
    this.#queue.drop(at);
    this.#scanner.drop(at);
    return { frames, problems: this.#scanner.takeProblems() };
  }
}

/** All frames in a file of frames, in place; limits bound their number. */
export function splitCd11Frames(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<Uint8Array> {
  const scanner = new FrameScanner(limits.maxProblems);
  const items: Uint8Array[] = [];
  let at = 0;
  while (items.length < limits.maxItems) {
    const step = scanner.next(bytes, at, true);
    at = step.end;
    if (!step.isFrame) break;
    items.push(bytes.subarray(step.start, step.end));
  }
  return { items, problems: scanner.takeProblems(), consumed: at };
}
