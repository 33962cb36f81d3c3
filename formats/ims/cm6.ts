/**
 * CM6, the 6-bit compression of GSE2 and IMS waveforms (IDC-3.4.1Rev1, "Subformat CM6"). Second differences, the first value and the
 * first difference standing as they are; each a sign and a magnitude in characters of six bits:
 *
 *     first character  c s m m m m      c: another character follows, s: negative, m: magnitude, highest bits first
 *     the others       c m m m m m
 *
 * Blanks and line ends between the characters mean nothing. Sums are taken modulo 2^32, so that any int32 samples survive.
 */
import type { Unpacked } from "./unpacked.ts";

const ALPHABET = "+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CONTINUED = 32;
const NEGATIVE = 16;
const FIRST_BITS = 15;
const NEXT_BITS = 31;
const BLANK = 64;
const FOREIGN = 128;

const LF = 10;
/** Characters of the longest sample. */
const LONGEST = 7;

const codes = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
/** By the number of bits in a magnitude, how far its first four are from the end: 0, 5, 10, ... */
const shifts = Uint8Array.from({ length: 33 }, (_, bits) => 5 * Math.ceil(Math.max(0, bits - 4) / 5));
const values = new Uint8Array(256).fill(FOREIGN);
for (let i = 0; i <= 32; i++) values[i] = BLANK;
codes.forEach((code, value) => {
  values[code] = value;
});

/** Reads up to `count` samples from bytes `start` to `end`. */
export function unpackCm6(bytes: Uint8Array, start: number, end: number, count: number): Unpacked {
  // A sample takes at least one character, so a false count cannot claim memory.
  const samples = new Int32Array(Math.max(0, Math.min(count, end - start)));
  let found = 0;
  let sample = 0;
  let difference = 0;
  let at = start;
  let value = 0;
  reading: while (at < end && found < samples.length) {
    value = values[bytes[at++]!]!;
    if (value === BLANK) continue;
    if (value > BLANK) break;
    // The sign bit spread over a word: -1 or 0.
    const negative = (value << 27) >> 31;
    let magnitude = value & FIRST_BITS;
    while (value >= CONTINUED) {
      if (at === end) break reading;
      value = values[bytes[at++]!]!;
      if (value < BLANK) magnitude = (magnitude << 5) | (value & NEXT_BITS);
      else if (value > BLANK) break reading;
    }
    difference = (difference + ((magnitude ^ negative) - negative)) | 0;
    sample = (sample + difference) | 0;
    samples[found++] = sample;
  }
  const kept = samples.subarray(0, found);
  for (; at < end && value <= BLANK; at++) {
    value = values[bytes[at]!]!;
    if (value < CONTINUED) found++;
  }
  return { samples: kept, found, badAt: value > BLANK ? at - 1 : -1, end: at };
}

/** The characters of the samples, in lines of `lineLength`, each ended by LF. */
export function packCm6(samples: Int32Array, lineLength = 80): Uint8Array<ArrayBuffer> {
  const most = samples.length * LONGEST;
  const packed = new Uint8Array(most + Math.ceil(most / lineLength) + 1);
  let length = 0;
  let column = 0;
  let previous = 0;
  let before = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    const second = (sample - 2 * previous + before) | 0;
    before = previous;
    previous = sample;
    const negative = second >> 31;
    // Shifted as an unsigned number below, as -2^31 needs it.
    const magnitude = (second ^ negative) - negative;
    let shift = shifts[32 - Math.clz32(magnitude)]!;
    let value = ((magnitude >>> shift) & FIRST_BITS) | (negative & NEGATIVE);
    for (;;) {
      packed[length++] = codes[shift > 0 ? value | CONTINUED : value]!;
      if (++column === lineLength) {
        packed[length++] = LF;
        column = 0;
      }
      if (shift === 0) break;
      shift -= 5;
      value = (magnitude >>> shift) & NEXT_BITS;
    }
  }
  if (column > 0) packed[length++] = LF;
  return packed.slice(0, length);
}
