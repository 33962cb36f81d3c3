/**
 * Finding messages in a file: "GRIB", the edition, the length, and "7777" where the length says. Between messages anything may stand (bulletin
 * headings, padding). A message whose end is not where it claims is left out and the search goes on behind its "GRIB".
 */
import type { ProblemList } from "@harken/core";

export interface GribFrame {
  readonly edition: 1 | 2;
  /** Of the whole message in the file. */
  readonly offset: number;
  readonly length: number;
}

const GRIB = 0x47524942;
const END = 0x37373737;

/** Where the next "GRIB" stands at or after `from`; -1 for none. */
export function findGrib(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x47, from); at >= 0; at = bytes.indexOf(0x47, at + 1))
    if (word(bytes, at) === GRIB) return at;
  return -1;
}

/** Messages in order, at most `maxItems`. */
export function* gribFrames(bytes: Uint8Array, maxItems: number, problems: ProblemList): Generator<GribFrame> {
  let count = 0;
  for (let at = findGrib(bytes, 0); at >= 0; ) {
    const frame = frameAt(bytes, at);
    if (typeof frame === "string" || frame === null) {
      if (frame) problems.error("grib.frame", frame, { offset: at });
      at = findGrib(bytes, at + 4);
      continue;
    }
    if (count >= maxItems) {
      problems.error("grib.too-many-messages", `More than ${maxItems} messages; the rest was left out.`, {
        offset: at,
      });
      return;
    }
    count++;
    yield frame;
    at = findGrib(bytes, at + frame.length);
  }
}

/** Larger numbers are no edition: the word stands in a text. */
const LAST_EDITION = 9;

/** Null where no message begins; a sentence where one does that cannot be read. */
function frameAt(bytes: Uint8Array, offset: number): GribFrame | string | null {
  const edition = bytes[offset + 7] ?? 0;
  if (edition > LAST_EDITION) return null;
  if (edition !== 1 && edition !== 2) return `The message is of edition ${edition}; only 1 and 2 are read.`;
  const length = edition === 1 ? lengthOf1(bytes, offset) : lengthOf2(bytes, offset);
  if (offset + length > bytes.length)
    return `The message claims ${length} bytes but the file ends after ${bytes.length - offset}; it was left out.`;
  if (length < 12 || word(bytes, offset + length - 4) !== END)
    return "The message does not end with 7777 where its length says; it was left out.";
  return { edition, offset, length };
}

function lengthOf2(bytes: Uint8Array, at: number): number {
  return word(bytes, at + 8) * 2 ** 32 + word(bytes, at + 12);
}

/**
 * Three octets. ECMWF's messages above 8 MB set the highest bit and count in units of 120 octets; the length of section 4 then holds what is to
 * be taken off.
 */
function lengthOf1(bytes: Uint8Array, at: number): number {
  const claimed = three(bytes, at + 4);
  if (claimed < 2 ** 23) return claimed;
  let section = at + 8;
  const flags = bytes[section + 7] ?? 0;
  section += three(bytes, section);
  for (const present of [flags & 0x80, flags & 0x40]) if (present) section += three(bytes, section);
  const excess = three(bytes, section);
  return excess < 120 ? (claimed - 2 ** 23) * 120 - excess + 4 : claimed;
}

const three = (bytes: Uint8Array, at: number) => word(bytes, at - 1) % 2 ** 24;

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
