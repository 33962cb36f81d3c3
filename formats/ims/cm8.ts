/**
 * CM8, the 8-bit compression of GSE2 and IMS waveforms: as CM6 (second differences, sign and magnitude, see cm6.ts), in binary bytes:
 *
 *     first byte  c s m m m m m m
 *     the others  c m m m m m m m
 *
 * Every byte is data, so the samples end by their count and not by a line's end.
 */
import type { Unpacked } from "./unpacked.ts";

const CONTINUED = 128;
const NEGATIVE = 64;
const FIRST_BITS = 63;
const NEXT_BITS = 127;
/** Bytes of the longest sample. */
const LONGEST = 5;
/** By the number of bits in a magnitude, how far its first six are from the end: 0, 7, 14, ... */
const shifts = Uint8Array.from({ length: 33 }, (_, bits) => 7 * Math.ceil(Math.max(0, bits - 6) / 7));

/** Reads `count` samples from bytes `start` to `end`, and no byte after the last of them. */
export function unpackCm8(bytes: Uint8Array, start: number, end: number, count: number): Unpacked {
  const samples = new Int32Array(Math.max(0, Math.min(count, end - start)));
  let found = 0;
  let sample = 0;
  let difference = 0;
  let magnitude = 0;
  let sign = 0;
  let continued = false;
  let at = start;
  for (; at < end && found < count; at++) {
    const value = bytes[at]!;
    if (continued) magnitude = (magnitude << 7) | (value & NEXT_BITS);
    else {
      magnitude = value & FIRST_BITS;
      sign = value & NEGATIVE;
    }
    continued = value >= CONTINUED;
    if (continued) continue;
    difference = (difference + (sign === 0 ? magnitude : -magnitude)) | 0;
    sample = (sample + difference) | 0;
    samples[found++] = sample;
  }
  return { samples: samples.subarray(0, found), found, badAt: -1, end: at };
}

export function packCm8(samples: Int32Array): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(samples.length * LONGEST);
  let length = 0;
  let previous = 0;
  let before = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    const second = (sample - 2 * previous + before) | 0;
    before = previous;
    previous = sample;
    const negative = second >> 31;
    const magnitude = (second ^ negative) - negative;
    let shift = shifts[32 - Math.clz32(magnitude)]!;
    packed[length++] = (shift > 0 ? CONTINUED : 0) | (negative & NEGATIVE) | ((magnitude >>> shift) & FIRST_BITS);
    while (shift > 0) {
      shift -= 7;
      packed[length++] = (shift > 0 ? CONTINUED : 0) | ((magnitude >>> shift) & NEXT_BITS);
    }
  }
  return packed.slice(0, length);
}
