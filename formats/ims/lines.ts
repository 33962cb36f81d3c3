/** Lines of a text that may also hold binary data: found by bytes, decoded one by one. LF and CRLF end a line. */

const LF = 10;
const CR = 13;
const latin1 = new TextDecoder("latin1");

export interface ByteLine {
  readonly start: number;
  /** After the last character, without the line's end. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/** The line that starts at `start` and ends before `limit`. */
export function lineAt(bytes: Uint8Array, start: number, limit: number = bytes.length): ByteLine {
  const found = bytes.indexOf(LF, start);
  const stop = found < 0 || found >= limit ? limit : found;
  const end = stop > start && bytes[stop - 1] === CR ? stop - 1 : stop;
  return { start, end, next: Math.min(limit, stop + 1) };
}

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(start, end));
}

export interface TextLine {
  readonly text: string;
  /** Number from 1. */
  readonly line: number;
}

/** The lines of `start` to `end`, the first of which is number `line`; trailing blanks are taken off. */
export function* textLines(bytes: Uint8Array, start: number, end: number, line: number): Generator<TextLine> {
  for (let at = start, number = line; at < end; number++) {
    const { end: stop, next } = lineAt(bytes, at, end);
    yield { text: textOf(bytes, at, stop).trimEnd(), line: number };
    at = next;
  }
}
