/**
 * The search for frames in bytes that may hold anything. What is passed over is told; a header that claims more than has come is waited
 * for, but given up when a whole good frame is found behind it. Work is linear in the bytes that came, whatever they claim: each goes
 * through a checksum at most `RESCANS` times.
 */
import { ProblemList } from "@harken/core";
import { checkCrc, HEADER_BYTES, isCd11Header, LONGEST_FRAME, lengthOfFrame } from "./extent.ts";

const RESCANS = 4;
/** Rescans not used before are not saved up beyond this. */
const MOST_SAVED = RESCANS * LONGEST_FRAME;
/** Garbage without end is told each time that so much has come. */
const TOLD_BYTES = 1_000_000;

/** A frame from `start` to `end`; or none, and the bytes before `end` are needed no more. */
export interface ScanStep {
  readonly isFrame: boolean;
  readonly start: number;
  readonly end: number;
}

const none = (end: number): ScanStep => ({ isFrame: false, start: end, end });

export class FrameScanner {
  #problems: ProblemList;
  readonly #maxProblems: number;
  /** Offset in the stream of the first byte of what is scanned. */
  #base = 0;
  /** Bytes that went through a checksum. */
  #tested = 0;
  /** Bytes passed over and not yet told, and where they begin in the stream. */
  #skipped = 0;
  #skippedFrom = 0;
  /** End in the stream of the last frame that was left out and told. */
  #toldUntil = 0;
  /** In the stream: before it no whole good frame lies behind an unfinished one. */
  #searchedUntil = 0;

  constructor(maxProblems: number) {
    this.#maxProblems = maxProblems;
    this.#problems = new ProblemList(maxProblems);
  }

  /** The first `count` of the bytes are no more. */
  drop(count: number): void {
    this.#base += count;
  }

  /** What there was to tell since the last time. */
  takeProblems(): ReturnType<ProblemList["list"]> {
    const problems = this.#problems.list();
    this.#problems = new ProblemList(this.#maxProblems);
    return problems;
  }

  /** The next frame from `from` on. `isEnd`: nothing more will come. */
  next(bytes: Uint8Array, from: number, isEnd: boolean): ScanStep {
    for (let at = from; ; ) {
      const header = findHeader(bytes, at);
      if (header < 0) return this.#noHeader(at, isEnd ? bytes.length : bytes.length - HEADER_BYTES + 1, isEnd);
      this.#skip(at, header);
      const length = lengthOfFrame(bytes, header);
      if (length === null || header + length > bytes.length) {
        const inner = this.#frameBehind(bytes, header);
        if (inner < 0) return isEnd ? this.#cutOff(bytes, header) : none(header);
        this.#skip(header, inner);
        at = inner;
        continue;
      }
      const end = header + length;
      const crc = length < 0 ? "no-frame" : this.#test(bytes, header, end);
      // Without a checksum, a header within is the better one.
      if (crc === "right" || (crc === "absent" && findHeader(bytes.subarray(0, end), header + 1) < 0)) {
        this.#tellSkipped();
        return { isFrame: true, start: header, end };
      }
      if (crc === "wrong" || crc === "absent") this.#leaveOut(header, end);
      at = crc === "untested" ? end : header + 1;
      this.#skip(header, at);
    }
  }

  #noHeader(at: number, needed: number, isEnd: boolean): ScanStep {
    const keep = Math.max(at, needed);
    this.#skip(at, keep);
    if (isEnd || this.#skipped >= TOLD_BYTES) this.#tellSkipped();
    return none(keep);
  }

  #cutOff(bytes: Uint8Array, header: number): ScanStep {
    this.#tellSkipped();
    this.#problems.error(
      "cd11.truncated",
      `The last frame ends after ${bytes.length - header} bytes, before its trailer; it was left out.`,
      { offset: this.#base + header },
    );
    return none(bytes.length);
  }

  /** Where a whole frame with a right checksum begins behind an unfinished header; -1 when there is none as yet. */
  #frameBehind(bytes: Uint8Array, header: number): number {
    let at = Math.max(header + 1, this.#searchedUntil - this.#base);
    let unfinished = -1;
    for (; ; at++) {
      const next = findHeader(bytes, at);
      if (next < 0) break;
      at = next;
      const length = lengthOfFrame(bytes, at);
      if (length === null || at + length > bytes.length) {
        if (unfinished < 0) unfinished = at;
      } else if (length > 0 && this.#test(bytes, at, at + length) === "right") return at;
    }
    this.#searchedUntil = this.#base + (unfinished >= 0 ? unfinished : Math.max(at, bytes.length - HEADER_BYTES + 1));
    return -1;
  }

  #test(bytes: Uint8Array, from: number, to: number): ReturnType<typeof checkCrc> | "untested" {
    const allowed = RESCANS * (this.#base + to);
    this.#tested = Math.max(this.#tested, allowed - MOST_SAVED) + to - from;
    if (this.#tested <= allowed) return checkCrc(bytes, from, to);
    this.#tested -= to - from;
    return "untested";
  }

  #leaveOut(start: number, end: number): void {
    this.#tellSkipped();
    this.#problems.error("cd11.crc-mismatch", "The frame's checksum is wrong; the frame was left out.", {
      offset: this.#base + start,
    });
    this.#toldUntil = Math.max(this.#toldUntil, this.#base + end);
  }

  /** Passes over bytes; those of a frame that was told already are not told again. */
  #skip(from: number, to: number): void {
    const start = Math.max(this.#base + from, this.#toldUntil);
    const count = this.#base + to - start;
    if (count <= 0) return;
    if (this.#skipped === 0) this.#skippedFrom = start;
    this.#skipped += count;
  }

  #tellSkipped(): void {
    if (this.#skipped > 0)
      this.#problems.warning("cd11.skipped-bytes", `${this.#skipped} bytes belong to no frame and were passed over.`, {
        offset: this.#skippedFrom,
      });
    this.#skipped = 0;
  }
}

function findHeader(bytes: Uint8Array, from: number): number {
  for (let at = from; at + HEADER_BYTES <= bytes.length; at++) if (isCd11Header(bytes, at)) return at;
  return -1;
}
