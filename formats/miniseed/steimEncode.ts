/** Steim1 and Steim2 compression; see `steim.ts` for the layout. */
import { FRAME_LENGTH } from "./encodings.ts";

const WORDS = 16;
/** Widest difference in bits, by how many share a word. Steim1 has no place for three: they go as two and one. */
const steim1Widths = Uint8Array.of(0, 32, 16, 8, 8);
const steim2Widths = Uint8Array.of(0, 30, 15, 10, 8, 6, 5, 4);

export interface SteimPacked {
  /** Samples taken. */
  readonly count: number;
  readonly frames: number;
  /** The next difference is too large for the scheme; else the frames or the samples are at their end. */
  readonly misfit: boolean;
}

/**
 * Packs samples from `from` on into at most `maxFrames` frames at `start`, which must hold zeros: as many as fit into each word in turn.
 */
export function packSteim(
  samples: Int32Array,
  from: number,
  level: 1 | 2,
  view: DataView,
  start: number,
  maxFrames: number,
  little: boolean,
): SteimPacked {
  const widths = level === 1 ? steim1Widths : steim2Widths;
  const most = widths.length - 1;
  const pending = new Int32Array(most);
  // Readers do not need the difference before the first sample, so that one that is too large may be 0.
  let last = samples[Math.max(0, from - 1)]!;
  if (widthOf(samples[from]!, last) > widths[1]!) last = samples[from]!;
  let i = from;
  let frames = 0;
  let misfit = false;
  while (frames < maxFrames && i < samples.length && !misfit) {
    const base = start + frames * FRAME_LENGTH;
    let control = 0;
    for (let word = frames === 0 ? 3 : 1; word < WORDS && i < samples.length; word++) {
      const reach = Math.min(most, samples.length - i);
      let count = 0;
      let width = 0;
      let previous = last;
      while (count < reach) {
        const sample = samples[i + count]!;
        const own = widthOf(sample, previous);
        if (own > width) width = own;
        if (width > widths[count + 1]!) break;
        pending[count++] = sample - previous;
        previous = sample;
      }
      if (level === 1 && count === 3) count = 2;
      misfit = count === 0;
      if (misfit) break;
      const at = base + 4 * word;
      const code =
        level === 1 ? writeSteim1(view, at, pending, count, little) : writeSteim2(view, at, pending, count, little);
      control |= code << (30 - 2 * word);
      i += count;
      last = samples[i - 1]!;
    }
    if (control === 0) break;
    view.setInt32(base, control, little);
    frames++;
  }
  if (i > from) {
    view.setInt32(start + 4, samples[from]!, little);
    view.setInt32(start + 8, last, little);
  }
  return { count: i - from, frames, misfit };
}

/** Bits that the difference of two samples takes in two's complement; more than 32 when it is beyond int32. */
function widthOf(sample: number, previous: number): number {
  const difference = (sample - previous) | 0;
  const overflow = ((sample ^ previous) & (sample ^ difference)) < 0;
  return overflow ? 34 : 33 - Math.clz32(difference ^ (difference >> 31));
}

/** Both writers return the word's two-bit code. */
function writeSteim1(view: DataView, at: number, d: Int32Array, count: number, little: boolean): number {
  if (count === 1) {
    view.setInt32(at, d[0]!, little);
    return 3;
  }
  if (count === 4) return writeBytes(view, at, d);
  view.setInt16(at, d[0]!, little);
  view.setInt16(at + 2, d[1]!, little);
  return 2;
}

function writeBytes(view: DataView, at: number, d: Int32Array): number {
  view.setInt32(at, (d[0]! << 24) | ((d[1]! & 0xff) << 16) | ((d[2]! & 0xff) << 8) | (d[3]! & 0xff), false);
  return 1;
}

function writeSteim2(view: DataView, at: number, d: Int32Array, count: number, little: boolean): number {
  let word = 0;
  let code = 2;
  switch (count) {
    case 1:
      word = (1 << 30) | (d[0]! & 0x3fffffff);
      break;
    case 2:
      word = (2 << 30) | ((d[0]! & 0x7fff) << 15) | (d[1]! & 0x7fff);
      break;
    case 3:
      word = (3 << 30) | ((d[0]! & 0x3ff) << 20) | ((d[1]! & 0x3ff) << 10) | (d[2]! & 0x3ff);
      break;
    case 4:
      return writeBytes(view, at, d);
    default: {
      // Five of 6 bits, six of 5 or seven of 4, by subcodes 0, 1 and 2.
      const width = steim2Widths[count]!;
      const mask = (1 << width) - 1;
      for (let k = 0; k < count; k++) word = (word << width) | (d[k]! & mask);
      word |= (count - 5) << 30;
      code = 3;
    }
  }
  view.setInt32(at, word, little);
  return code;
}
