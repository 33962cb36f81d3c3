/** INT, samples written as decimal integers between blanks (IDC-3.4.1Rev1, "Subformat INT"). */
import type { Unpacked } from "./unpacked.ts";

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const MOST = 2 ** 31;

/** Reads up to `count` samples from bytes `start` to `end`. What is no int32 is a bad sample. */
export function unpackIntegers(bytes: Uint8Array, start: number, end: number, count: number): Unpacked {
  // A sample takes a digit and a blank.
  const samples = new Int32Array(Math.max(0, Math.min(count, (end - start + 1) >> 1)));
  const room = samples.length;
  let found = 0;
  let at = start;
  while (at < end) {
    if (bytes[at]! <= 32) {
      at++;
      continue;
    }
    const first = at;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    const digits = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (negative) value = -value;
    if (at === digits || (at < end && bytes[at]! > 32) || value >= MOST || value < -MOST)
      return { samples: samples.subarray(0, Math.min(found, room)), found, badAt: first, end: first };
    if (found < room) samples[found] = value;
    found++;
  }
  return { samples: samples.subarray(0, Math.min(found, room)), found, badAt: -1, end: at };
}

/** The samples in lines of at most `lineLength` characters, each ended by LF. */
export function writeIntegers(samples: Int32Array, lineLength = 80): Uint8Array<ArrayBuffer> {
  const lines: string[] = [];
  let line = "";
  for (const sample of samples) {
    const word = String(sample);
    if (line.length > 0 && line.length + 1 + word.length > lineLength) {
      lines.push(line, "\n");
      line = word;
    } else line = line.length > 0 ? `${line} ${word}` : word;
  }
  if (line.length > 0) lines.push(line, "\n");
  return new TextEncoder().encode(lines.join(""));
}
