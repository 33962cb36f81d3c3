/** Packets of Canadian compression from samples; see format.ts. */
import { BLOCK_SAMPLES, FIRST_SAMPLE_BYTES, GROUP_SAMPLES, INDEX_BYTES, widths } from "./format.ts";

/** A count that is no multiple of 20 is filled up in the last block with differences of zero; the reader needs the true count. */
export function packCanadian(samples: Int32Array): Uint8Array<ArrayBuffer> {
  if (samples.length === 0) return new Uint8Array(0);
  const blocks = Math.ceil(samples.length / BLOCK_SAMPLES);
  const differences = secondDifferences(samples, blocks * BLOCK_SAMPLES);
  const dataStart = blocks * INDEX_BYTES + FIRST_SAMPLE_BYTES;
  const packed = new Uint8Array(dataStart + differences.length * 4);
  new DataView(packed.buffer).setInt32(blocks * INDEX_BYTES, samples[0]!);
  let at = dataStart;
  /** Bits not yet written, at most seven between two values. */
  let pending = 0;
  let count = 0;
  for (let block = 0; block < blocks; block++) {
    const { index, table } = indexOf(differences, block * BLOCK_SAMPLES);
    packed[2 * block] = index >> 8;
    packed[2 * block + 1] = index & 0xff;
    for (let i = 0; i < BLOCK_SAMPLES; i++) {
      const difference = differences[block * BLOCK_SAMPLES + i]!;
      let width = table[(index >> (12 - 3 * (i >> 2))) & 7]!;
      if (width > 24) {
        // The upper bits first, so that what is pending stays within a word.
        pending = (pending << (width - 16)) | ((difference >> 16) & ((1 << (width - 16)) - 1));
        count += width - 16;
        while (count >= 8) packed[at++] = pending >> (count -= 8);
        width = 16;
      }
      pending = (pending << width) | (difference & ((1 << width) - 1));
      count += width;
      while (count >= 8) packed[at++] = pending >> (count -= 8);
    }
  }
  if (count > 0) packed[at++] = pending << (8 - count);
  return packed.slice(0, at);
}

function secondDifferences(samples: Int32Array, length: number): Int32Array {
  const differences = new Int32Array(length);
  let previous = 0;
  const last = samples.length - 1;
  for (let i = 0; i <= last; i++) {
    const first = (samples[i === last ? 0 : i + 1]! - samples[i]!) | 0;
    differences[i] = first - previous;
    previous = first;
  }
  return differences;
}

/** The narrowest widths that hold a block. */
function indexOf(differences: Int32Array, start: number): { index: number; table: readonly number[] } {
  let wide = 0;
  for (let i = 0; i < BLOCK_SAMPLES; i++) wide |= magnitude(differences[start + i]!);
  const choice = bitsOf(wide) > widths[0]!.at(-1)! ? 1 : 0;
  const table = widths[choice]!;
  let index = choice;
  for (let group = start; group < start + BLOCK_SAMPLES; group += GROUP_SAMPLES) {
    let bits = 0;
    for (let i = group; i < group + GROUP_SAMPLES; i++) bits |= magnitude(differences[i]!);
    const needed = bitsOf(bits);
    let code = 0;
    while (table[code]! < needed) code++;
    index = (index << 3) | code;
  }
  return { index, table };
}

/** Bits that differ from the sign. */
const magnitude = (value: number) => value ^ (value >> 31);
/** Those and one for the sign. */
const bitsOf = (magnitudes: number) => 33 - Math.clz32(magnitudes);
