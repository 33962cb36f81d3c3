/**
 * e1, the compression of many CSS3.0 waveform files ("e-format"): blocks that stand by themselves, big-endian.
 *
 *     2 bytes  length of the block, these 8 bytes included, a multiple of 4
 *     2 bytes  samples
 *     4 bits   1: the samples follow as int32; 0: they are packed
 *     4 bits   how often differences were taken, at most 4
 *     3 bytes  the last sample's lower 24 bits
 *     packets of one or two words of 4 bytes, by their first bits:
 *
 *     0     7 values of  9 bits in two words        1101  5 values of 12 bits in two words
 *     10    3 values of 10 bits in one word         1110  4 values of 15 bits in two words
 *     1100  4 values of  7 bits in one word         1111  1 value  of 28 bits in one word
 *
 * Each difference of a block starts from zero.
 */

export interface UnpackedE1 {
  readonly samples: Int32Array;
  /** Offset of the block where decoding had to stop; -1 when it had not. */
  readonly badAt: number;
  /** Blocks whose last sample is not the one stated. */
  readonly mismatches: number;
}

const HEADER_BYTES = 8;
const PLAIN = 0x10;
const MOST_DIFFERENCES = 4;
/** Of a byte in a block: the densest packet holds four values in four bytes. */
const MOST_PER_BYTE = 1;

/** By the first four bits of a packet. */
const packets = [
  ...Array(8).fill({ tag: 1, width: 9, values: 7, words: 2 }),
  ...Array(4).fill({ tag: 2, width: 10, values: 3, words: 1 }),
  { tag: 4, width: 7, values: 4, words: 1 },
  { tag: 4, width: 12, values: 5, words: 2 },
  { tag: 4, width: 15, values: 4, words: 2 },
  { tag: 4, width: 28, values: 1, words: 1 },
] as readonly { readonly tag: number; readonly width: number; readonly values: number; readonly words: 1 | 2 }[];

/** Reads up to `count` samples from the blocks that start at byte `start`. */
export function unpackE1(bytes: Uint8Array, start: number, count: number): UnpackedE1 {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const samples = new Int32Array(Math.max(0, Math.min(count, (bytes.length - start) * MOST_PER_BYTE)));
  let filled = 0;
  let mismatches = 0;
  for (let at = start; filled < samples.length; ) {
    const block = unpackBlock(view, at);
    if (!block) return { samples: samples.subarray(0, filled), badAt: at, mismatches };
    if (!block.agrees) mismatches++;
    const rest = block.samples.subarray(0, samples.length - filled);
    samples.set(rest, filled);
    filled += rest.length;
    at += block.length;
  }
  return { samples, badAt: filled < count ? bytes.length : -1, mismatches };
}

interface Block {
  readonly samples: Int32Array;
  readonly length: number;
  readonly agrees: boolean;
}

/** null when no block lies here. */
function unpackBlock(view: DataView, at: number): Block | null {
  if (at + HEADER_BYTES > view.byteLength) return null;
  const length = view.getUint16(at);
  const count = view.getUint16(at + 2);
  const flags = view.getUint8(at + 4);
  const end = at + length;
  if (count === 0 || length % 4 !== 0 || end > view.byteLength) return null;
  const isPlain = (flags & PLAIN) !== 0;
  const samples = (isPlain ? plainValues : packedValues)(view, at + HEADER_BYTES, end, count);
  const differences = isPlain ? 0 : flags & 0x0f;
  if (!samples || differences > MOST_DIFFERENCES) return null;
  for (let d = 0; d < differences; d++) for (let i = 1; i < count; i++) samples[i]! += samples[i - 1]!;
  const stated = view.getUint32(at + 4) & 0xffffff;
  // Of blocks that are not packed the value is not reliable.
  return { samples, length, agrees: isPlain || (samples[count - 1]! & 0xffffff) === stated };
}

function plainValues(view: DataView, start: number, end: number, count: number): Int32Array | null {
  if (start + 4 * count > end) return null;
  return Int32Array.from({ length: count }, (_, i) => view.getInt32(start + 4 * i));
}

function packedValues(view: DataView, start: number, end: number, count: number): Int32Array | null {
  if (count > (end - start) * MOST_PER_BYTE) return null;
  const values = new Int32Array(count);
  let filled = 0;
  let at = start;
  while (filled < count) {
    if (at + 4 > end) return null;
    const high = view.getInt32(at);
    const { tag, width, values: inPacket, words } = packets[high >>> 28]!;
    if (at + 4 * words > end) return null;
    const low = words === 2 ? view.getInt32(at + 4) : 0;
    at += 4 * words;
    for (let i = 0, bit = tag; i < inPacket && filled < count; i++, bit += width)
      values[filled++] = bitsAt(high, low, bit, width);
  }
  return values;
}

/** `width` bits from bit `bit` (1 or later) on of two words, as a signed number. */
function bitsAt(high: number, low: number, bit: number, width: number): number {
  if (bit >= 32) return (low << (bit - 32)) >> (32 - width);
  return ((high << bit) | (low >>> (32 - bit))) >> (32 - width);
}
