/**
 * The adaptive entropy coder of CCSDS 121.0-B (Golomb-Rice codes chosen block by block, after a unit-delay predictor), as template 5.42 uses it: unsigned
 * samples of up to 32 bits in one stream.
 *
 *     const integers = decodeAec(bytes, { bits: 12, blockSize: 32, referenceInterval: 128, flags: 0x0e }, count);
 */

export interface AecParameters {
  readonly bits: number;
  /** Samples in a block. */
  readonly blockSize: number;
  /** Blocks between two reference samples. */
  readonly referenceInterval: number;
  /** As GRIB stores them: 1 signed, 8 predictor, 16 restricted codes, 32 intervals padded to bytes; the others say how words were laid out. */
  readonly flags: number;
}

const SIGNED = 1;
const PREDICTOR = 8;
const RESTRICTED = 16;
const PADDED = 32;

/** A run of zero blocks to the end of the segment. */
const REST_OF_SEGMENT = 5;
/** Blocks in a segment of zero-block runs. */
const SEGMENT = 64;
/** Codes of the second extension: the largest sum of a pair is 12. */
const SECOND_EXTENSION_CODES = 90;

/** `count` samples, or what is wrong in words. */
export function decodeAec(bytes: Uint8Array, parameters: AecParameters, count: number): Uint32Array | string {
  const { bits, blockSize, referenceInterval, flags } = parameters;
  if (bits < 1 || bits > 32) return `samples of ${bits} bits are not read`;
  if (flags & SIGNED) return "signed samples are not read";
  if (blockSize < 2 || blockSize > 1024 || blockSize % 2 === 1 || referenceInterval < 1)
    return `blocks of ${blockSize} samples and reference intervals of ${referenceInterval} blocks are not known`;
  const predictor = (flags & PREDICTOR) !== 0;
  const samples = new Uint32Array(count);
  const stream = bitStream(bytes);
  const block = blockReader(stream, parameters);
  const interval = blockSize * referenceInterval;
  for (let from = 0; from < count; from += interval) {
    const to = Math.min(count, from + interval);
    const complaint = readInterval(samples, from, to);
    if (complaint) return complaint;
    if (predictor) undoPredictor(samples, from, to, 2 ** bits - 1);
    if (flags & PADDED) stream.align();
  }
  return samples;

  function readInterval(into: Uint32Array, from: number, to: number): string | null {
    for (let at = from, index = 0; at < to; ) {
      if (stream.exhausted()) return `the stream ends after ${at} of ${count} samples`;
      // The predictor's first sample stands as it is.
      const blocks = block(into, at, to, predictor && at === from, index);
      if (blocks === 0) return `a code word that does not exist, after ${at} of ${count} samples`;
      index += blocks;
      at += blocks * blockSize;
    }
    return stream.overrun() ? `the stream ends before sample ${to} of ${count}` : null;
  }
}

type BlockReader = (out: Uint32Array, at: number, to: number, withReference: boolean, index: number) => number;

/** Reads one block (or a run of zero blocks); returns how many blocks, 0 for a code that does not exist. */
function blockReader(stream: BitStream, { bits, blockSize, referenceInterval, flags }: AecParameters): BlockReader {
  const restricted = (flags & RESTRICTED) !== 0 && bits <= 4;
  const idBits = restricted ? (bits <= 2 ? 1 : 2) : bits <= 8 ? 3 : bits <= 16 ? 4 : 5;
  const uncompressed = 2 ** idBits - 1;
  const scratch = new Uint32Array(blockSize);
  return (out, at, to, withReference, index) => {
    const id = stream.read(idBits);
    const first = withReference ? 1 : 0;
    const length = Math.min(blockSize, to - at);
    // An encoder pads the last block to its full size; the padding is read into scratch.
    const target = length < blockSize ? scratch : out.subarray(at, at + blockSize);
    if (id === uncompressed) {
      for (let i = 0; i < blockSize; i++) target[i] = stream.read(bits);
    } else if (id === 0) {
      const pairs = stream.read(1) === 1;
      if (withReference) target[0] = stream.read(bits);
      if (!pairs) {
        if (length < blockSize) out.set(scratch.subarray(0, first), at);
        return zeroBlocks(stream, index, referenceInterval);
      }
      if (!readPairs(stream, target, first)) return 0;
    } else {
      if (withReference) target[0] = stream.read(bits);
      const k = id - 1;
      const scale = 2 ** k;
      for (let i = first; i < blockSize; i++) target[i] = stream.unary() * scale;
      if (k > 0) for (let i = first; i < blockSize; i++) target[i]! += stream.read(k);
    }
    if (length < blockSize) out.set(scratch.subarray(0, length), at);
    return 1;
  };
}

function zeroBlocks(stream: BitStream, index: number, referenceInterval: number): number {
  const run = stream.unary() + 1;
  if (run === REST_OF_SEGMENT) return Math.min(referenceInterval - index, SEGMENT - (index % SEGMENT));
  const blocks = run > REST_OF_SEGMENT ? run - 1 : run;
  return blocks <= referenceInterval - index ? blocks : 0;
}

/** Two samples in one code word: their sum s and the second d make s (s + 1) / 2 + d. */
function readPairs(stream: BitStream, target: Uint32Array, first: number): boolean {
  for (let i = 0; i < target.length; i += 2) {
    const code = stream.unary();
    if (code > SECOND_EXTENSION_CODES) return false;
    const sum = Math.floor((Math.sqrt(8 * code + 1) - 1) / 2);
    const second = code - (sum * (sum + 1)) / 2;
    if (i >= first) target[i] = sum - second;
    target[i + 1] = second;
  }
  return true;
}

/** Differences, folded so that small ones of either sign are small numbers, summed up again within 0 and `ceiling`. */
function undoPredictor(samples: Uint32Array, from: number, to: number, ceiling: number): void {
  let last = samples[from]!;
  for (let i = from + 1; i < to; i++) {
    const folded = samples[i]!;
    const room = Math.min(last, ceiling - last);
    if (folded <= 2 * room) last += folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    else last = last === room ? folded : ceiling - folded;
    samples[i] = last;
  }
}

interface BitStream {
  /** Up to 32 bits. */
  readonly read: (bits: number) => number;
  /** Zeros before the next one, which is taken as well. */
  readonly unary: () => number;
  readonly align: () => void;
  /** Nothing is left; more was read than was there. */
  readonly exhausted: () => boolean;
  readonly overrun: () => boolean;
}

/** Bits that `held` keeps after a refill: at least 24, at most 31. */
const HELD = 23;

function bitStream(bytes: Uint8Array): BitStream {
  let next = 0;
  // The lowest `have` bits of `held` are still to be read.
  let held = 0;
  let have = 0;
  const refill = () => {
    while (have <= HELD) {
      held = (held << 8) | (next < bytes.length ? bytes[next]! : 0);
      next++;
      have += 8;
    }
  };
  const readShort = (bits: number): number => {
    if (have < bits) refill();
    have -= bits;
    return (held >>> have) & ((1 << bits) - 1);
  };
  const unary = (): number => {
    for (let zeros = 0; ; ) {
      if (have === 0) {
        if (next >= bytes.length) {
          next++;
          return zeros;
        }
        refill();
      }
      const leading = Math.clz32(held << (32 - have));
      if (leading < have) {
        have -= leading + 1;
        return zeros + leading;
      }
      zeros += have;
      have = 0;
    }
  };
  const consumed = () => next * 8 - have;
  return {
    read: (bits) => (bits <= 24 ? readShort(bits) : readShort(bits - 16) * 65_536 + readShort(16)),
    unary,
    align: () => {
      have -= have % 8;
    },
    exhausted: () => consumed() >= bytes.length * 8,
    overrun: () => consumed() > bytes.length * 8,
  };
}
