/**
 * The lines of a text file, one at a time, so that a hostile file of line ends costs no memory.
 *
 *     for (const { text, number } of textLines(bytes, problems)) ...
 */
import type { ProblemList } from "@harken/core";

/** What one string may hold with room to spare (V8 ends at 512 million characters). */
const MAX_TEXT_BYTES = 256_000_000;

export interface TextLine {
  /** Without its line end (LF or CR LF). */
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** UTF-8; what is no UTF-8 becomes U+FFFD. Bytes beyond 256 MB are left out, which is told. */
export function decodeText(bytes: Uint8Array, problems: ProblemList): string {
  if (bytes.length > MAX_TEXT_BYTES)
    problems.error(
      "text.too-long",
      `The text has ${bytes.length} bytes; what follows the first 256 million was left out.`,
    );
  return new TextDecoder().decode(bytes.subarray(0, MAX_TEXT_BYTES));
}

export function* textLines(bytes: Uint8Array, problems: ProblemList): Generator<TextLine> {
  const text = decodeText(bytes, problems);
  let number = 0;
  for (let from = 0; from < text.length; ) {
    let to = text.indexOf("\n", from);
    if (to < 0) to = text.length;
    const end = text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to;
    yield { text: text.slice(from, end), number: ++number };
    from = to + 1;
  }
}
