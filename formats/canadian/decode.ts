/** Samples from a packet of Canadian compression; see format.ts. */
import { BLOCK_SAMPLES, FIRST_SAMPLE_BYTES, GROUP_SAMPLES, GROUPS, INDEX_BYTES, widths } from "./format.ts";

export interface CanadianPacket {
  /** At most as many as were asked for; fewer when the packet is cut off. */
  readonly samples: Int32Array;
  /** Bytes used, from the packet's start. */
  readonly consumed: number;
}

/** By the index word's top bit and a group's three bits as one number. */
const flatWidths = Uint8Array.from(widths.flat());
/** So that reading a whole word at the last bit stays inside. */
const PADDING_BYTES = 8;

/** Reads the packet of `count` samples at the start of `bytes`. The count must be the true one: it tells where the index words end. */
export function unpackCanadian(bytes: Uint8Array, count: number): CanadianPacket {
  const blocks = Math.ceil(count / BLOCK_SAMPLES);
  const dataStart = blocks * INDEX_BYTES + FIRST_SAMPLE_BYTES;
  if (!(count > 0) || dataStart > bytes.length) return { samples: new Int32Array(0), consumed: 0 };
  const whole = wholeBlocks(bytes, blocks, (bytes.length - dataStart) * 8);
  // One sample is the packet's own, and each block adds its 20.
  const sums = new Int32Array(whole.blocks * BLOCK_SAMPLES + 1);
  const padded = new Uint8Array(Math.ceil(whole.bits / 8) + PADDING_BYTES);
  padded.set(bytes.subarray(dataStart, dataStart + padded.length - PADDING_BYTES));
  const view = new DataView(padded.buffer);
  let sample = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getInt32(blocks * INDEX_BYTES);
  let difference = 0;
  let bit = 0;
  let filled = 0;
  sums[filled++] = sample;
  for (let block = 0; block < whole.blocks; block++) {
    const index = (bytes[2 * block]! << 8) | bytes[2 * block + 1]!;
    const table = (index >> 15) << 3;
    for (let shift = 12; shift >= 0; shift -= 3) {
      const width = flatWidths[table | ((index >> shift) & 7)]!;
      const drop = 32 - width;
      for (let i = 0; i < GROUP_SAMPLES; i++) {
        const at = bit >> 3;
        const skip = bit & 7;
        let word = view.getInt32(at) << skip;
        if (skip + width > 32) word |= padded[at + 4]! >> (8 - skip);
        difference = (difference + (word >> drop)) | 0;
        sample = (sample + difference) | 0;
        sums[filled++] = sample;
        bit += width;
      }
    }
  }
  return { samples: sums.subarray(0, Math.min(count, filled)), consumed: dataStart + Math.ceil(whole.bits / 8) };
}

/** How many of the blocks lie wholly in the bits that are there, and how many bits these take. */
function wholeBlocks(bytes: Uint8Array, blocks: number, available: number): { blocks: number; bits: number } {
  let bits = 0;
  for (let block = 0; block < blocks; block++) {
    const index = (bytes[2 * block]! << 8) | bytes[2 * block + 1]!;
    const table = (index >> 15) << 3;
    let sum = 0;
    for (let group = 0; group < GROUPS; group++) sum += flatWidths[table | ((index >> (12 - 3 * group)) & 7)]!;
    if (bits + sum * GROUP_SAMPLES > available) return { blocks: block, bits };
    bits += sum * GROUP_SAMPLES;
  }
  return { blocks, bits };
}
