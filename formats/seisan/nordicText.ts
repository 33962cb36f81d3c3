/**
 * Lines of Nordic files: 80 bytes, the last of which tells the type; a blank line ends an event. Columns count bytes, so that each byte is
 * read as one letter; comments may be UTF-8 all the same.
 */
import { lineAt, textOf } from "../ims/lines.ts";

const LENGTH = 80;
/** Longer lines are cut: nothing stands there. */
const MAX_BYTES = 200;

export interface NordicLine {
  readonly text: string;
  /** "1", "E", "H", "3" ...; " " for readings, which may be shorter than 80 letters. */
  readonly type: string;
  /** Number from 1. */
  readonly number: number;
  /** What stands before the type, read as UTF-8 where it is that. */
  readonly comment: () => string;
}

export interface NordicParagraph {
  readonly lines: readonly NordicLine[];
  /** Lines beyond the bound were passed over. */
  readonly isCut: boolean;
}

/** The events of a file, each as its lines, and a compact catalogue in pieces. At most `maxLines` lines are held at once. */
export function* nordicParagraphs(bytes: Uint8Array, maxLines: number): Generator<NordicParagraph> {
  let lines: NordicLine[] = [];
  let isCut = false;
  let number = 0;
  for (let at = 0; at < bytes.length; ) {
    const { start, end, next } = lineAt(bytes, at);
    at = next;
    number++;
    const line = nordicLine(bytes.subarray(start, Math.min(end, start + MAX_BYTES)), number);
    if (line.text.trim() !== "") {
      if (lines.length === maxLines && !isCut && lines.every(({ type }) => type === "1")) {
        yield { lines, isCut };
        lines = [];
      }
      if (lines.length < maxLines) lines.push(line);
      else isCut = true;
      continue;
    }
    if (lines.length > 0) yield { lines, isCut };
    lines = [];
    isCut = false;
  }
  if (lines.length > 0) yield { lines, isCut };
}

function nordicLine(bytes: Uint8Array, number: number): NordicLine {
  const text = textOf(bytes, 0, bytes.length);
  const comment = () => {
    const before = bytes.subarray(0, LENGTH - 1);
    const utf8 = new TextDecoder().decode(before);
    return (utf8.includes("\uFFFD") ? textOf(before, 0, before.length) : utf8).trim();
  };
  return { text, type: text.charAt(LENGTH - 1) || " ", number, comment };
}

/** A line of 80 bytes; what does not fit is cut. */
export function nordicLineOf(text: string, type: string): string {
  let line = text;
  while (byteLength(line) > LENGTH - 1) line = [...line].slice(0, -1).join("");
  return `${line}${" ".repeat(LENGTH - 1 - byteLength(line))}${type}`;
}

/** Comment lines of words; a word that does not fit into a line is cut. */
export function commentLines(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && byteLength(`${line} ${word}`) > LENGTH - 1) {
      lines.push(line);
      line = "";
    }
    line = `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((each) => nordicLineOf(each, "3"));
}

const encoder = new TextEncoder();
const byteLength = (text: string) => encoder.encode(text).length;
