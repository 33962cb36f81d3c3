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
  /** Without the blanks at its end. */
  readonly text: string;
  /** Number from 1. */
  readonly line: number;
}

/** The lines of a section, which starts with line number `line`. */
export function* sectionLines(
  bytes: Uint8Array,
  section: { readonly start: number; readonly end: number; readonly line: number },
): Generator<TextLine> {
  let { line } = section;
  for (let at = section.start; at < section.end; line++) {
    const { end, next } = lineAt(bytes, at, section.end);
    yield { text: textOf(bytes, at, end).trimEnd(), line };
    at = next;
  }
}
