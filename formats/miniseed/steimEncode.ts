/** Steim1 and Steim2 compression; see `steim.ts` for the layout. */
import { FRAME_LENGTH } from "./encodings.ts";

const WORDS = 16;
/** Widest difference in bits, by how many share a word. Steim1 has no place for three. */
const widths = { 1: [0, 32, 16, 8, 8], 2: [0, 30, 15, 10, 8, 6, 5, 4] } as const;
/** The two-bit code of a word and, for Steim2, the two bits within it, by how many differences it holds. */
const codes = { 1: [0, 3, 2, 0, 1], 2: [0, 2, 2, 2, 1, 3, 3, 3] } as const;
const subcodes = [0, 1, 2, 3, 0, 0, 1, 2] as const;

export interface SteimPacked {
  /** Samples taken. */
  readonly count: number;
  readonly frames: number;
  /** The next difference is too large for the scheme; else the frames or the samples are at their end. */
  readonly misfit: boolean;
}

/**
 * Packs samples from `from` on into at most `maxFrames` frames at `start`, which must hold zeros. `previous` is the sample before.
 */
export function packSteim(
  samples: Int32Array,
  from: number,
  previous: number,
  level: 1 | 2,
  view: DataView,
  start: number,
  maxFrames: number,
  little: boolean,
): SteimPacked {
  const most = widths[level].length - 1;
  const width = widths[level];
  const pending = new Int32Array(most);
  // Readers do not need the first difference, so that one that is too large may be anything.
  const first = samples[from]! - previous;
  const firstPacked = bitsOf(first) <= width[1] ? first : 0;
  let i = from;
  let frames = 0;
  let misfit = false;
  while (frames < maxFrames && i < samples.length && !misfit) {
    const base = start + frames * FRAME_LENGTH;
    let control = 0;
    for (let word = frames === 0 ? 3 : 1; word < WORDS && i < samples.length; word++) {
      const reach = Math.min(most, samples.length - i);
      let count = 0;
      let bits = 0;
      while (count < reach) {
        const k = i + count;
        const difference = k === from ? firstPacked : samples[k]! - samples[k - 1]!;
        bits = Math.max(bits, bitsOf(difference));
        if (bits > width[count + 1]!) break;
        pending[count++] = difference;
      }
      if (level === 1 && count === 3) count = 2;
      misfit = count === 0;
      if (misfit) break;
      writeWord(view, base + 4 * word, pending, count, level, width[count]!, little);
      control |= codes[level][count]! << (30 - 2 * word);
      i += count;
    }
    if (control === 0) break;
    view.setInt32(base, control, little);
    frames++;
  }
  if (i > from) {
    view.setInt32(start + 4, samples[from]!, little);
    view.setInt32(start + 8, samples[i - 1]!, little);
  }
  return { count: i - from, frames, misfit };
}

/** Bits that a difference takes in two's complement; more than 32 when it is beyond int32. */
function bitsOf(difference: number): number {
  const whole = difference | 0;
  return whole === difference ? 33 - Math.clz32(whole ^ (whole >> 31)) : 34;
}

function writeWord(
  view: DataView,
  at: number,
  differences: Int32Array,
  count: number,
  level: 1 | 2,
  width: number,
  little: boolean,
): void {
  if (count === 4) {
    for (let k = 0; k < 4; k++) view.setInt8(at + k, differences[k]!);
  } else if (level === 1) {
    if (count === 1) view.setInt32(at, differences[0]!, little);
    else for (let k = 0; k < 2; k++) view.setInt16(at + 2 * k, differences[k]!, little);
  } else {
    const mask = (1 << width) - 1;
    let word = 0;
    for (let k = 0; k < count; k++) word = (word << width) | (differences[k]! & mask);
    view.setInt32(at, (subcodes[count]! << 30) | word, little);
  }
}
