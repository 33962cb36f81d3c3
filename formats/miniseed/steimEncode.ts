/**
 * Steim1 and Steim2 compression; see `steim.ts` for the layout.
 *
 * How many differences share the next word is found without branches: magnitudes are joined by OR, and a count is possible when all
 * before it are, so that the possible ones need only be added up.
 */
import { FRAME_LENGTH } from "./encodings.ts";

const WORDS = 16;
/** Differences are prepared for at most so many samples at a time, and as many beyond as may share a word. */
const BLOCK = 2048;
const AHEAD = 7;
/** Magnitude of what is no difference: beyond the end, or too large for int32. */
const HUGE = 0x7fffffff;
/** Bits of a difference in Steim2, by how many share a word. */
const steim2Widths = [0, 30, 15, 10, 8, 6, 5, 4] as const;

export interface SteimPacked {
  /** Samples taken. */
  readonly count: number;
  readonly frames: number;
  /** The next difference is too large for the scheme; else the frames or the samples are at their end. */
  readonly misfit: boolean;
}

/** Compresses one trace, record by record. */
export class SteimPacker {
  readonly #samples: Int32Array;
  readonly #level: 1 | 2;
  /** Samples that are prepared at a time: no more memory than a short trace needs, of which a network makes thousands a second. */
  readonly #block: number;
  readonly #differences: Int32Array;
  /** Bits that a difference needs apart from its sign: the number itself, inverted when negative. */
  readonly #magnitudes: Int32Array;
  /** The first sample that is prepared; the last is a block further on. */
  #base: number;

  constructor(samples: Int32Array, level: 1 | 2) {
    this.#samples = samples;
    this.#level = level;
    this.#block = Math.min(BLOCK, samples.length);
    this.#differences = new Int32Array(this.#block + AHEAD);
    this.#magnitudes = new Int32Array(this.#block + AHEAD);
    this.#base = -this.#block;
  }

  /** Packs the samples from `from` to `stop`, or as many as fit, into at most `maxFrames` frames at `start`, which must hold zeros. */
  pack(from: number, stop: number, view: DataView, start: number, maxFrames: number, little: boolean): SteimPacked {
    const level = this.#level;
    const limit = level === 1 ? HUGE : 0x20000000;
    const d = this.#differences;
    const m = this.#magnitudes;
    if (from < this.#base || from >= this.#base + this.#block) this.#prepare(from);
    let base = this.#base;
    // Readers do not need the difference before the first sample, so that one that is too large may be 0.
    if (m[from - base]! >= limit) m[from - base] = d[from - base] = 0;
    let i = from;
    let frames = 0;
    let misfit = false;
    while (frames < maxFrames && i < stop && !misfit) {
      const at = start + frames * FRAME_LENGTH;
      let control = 0;
      for (let word = frames === 0 ? 3 : 1; word < WORDS && i < stop; word++) {
        if (i >= base + this.#block) {
          this.#prepare(i);
          base = this.#base;
        }
        const k = i - base;
        const one = m[k]!;
        if (one >= limit) {
          misfit = true;
          break;
        }
        const two = one | m[k + 1]!;
        const three = two | m[k + 2]!;
        const four = three | m[k + 3]!;
        let count: number;
        if (level === 1) {
          count = 1 + ((two - 0x8000) >>> 31) + 2 * ((four - 0x80) >>> 31);
          if (count > stop - i) count = Math.min(2, stop - i);
          control |= writeSteim1(view, at + 4 * word, d, k, count, little) << (30 - 2 * word);
        } else {
          const five = four | m[k + 4]!;
          const six = five | m[k + 5]!;
          const seven = six | m[k + 6]!;
          count =
            1 +
            ((two - 0x4000) >>> 31) +
            ((three - 0x200) >>> 31) +
            ((four - 0x80) >>> 31) +
            ((five - 0x20) >>> 31) +
            ((six - 0x10) >>> 31) +
            ((seven - 8) >>> 31);
          if (count > stop - i) count = stop - i;
          control |= writeSteim2(view, at + 4 * word, d, k, count, little) << (30 - 2 * word);
        }
        i += count;
      }
      if (control === 0) break;
      view.setInt32(at, control, little);
      frames++;
    }
    if (i > from) {
      view.setInt32(start + 4, this.#samples[from]!, little);
      view.setInt32(start + 8, this.#samples[i - 1]!, little);
    }
    return { count: i - from, frames, misfit };
  }

  /** Differences and magnitudes of the samples from `base` on. */
  #prepare(base: number): void {
    const samples = this.#samples;
    const differences = this.#differences;
    const magnitudes = this.#magnitudes;
    const there = Math.min(this.#block + AHEAD, samples.length - base);
    let previous = samples[Math.max(0, base - 1)]!;
    for (let k = 0; k < there; k++) {
      const sample = samples[base + k]!;
      const difference = (sample - previous) | 0;
      const overflow = ((sample ^ previous) & (sample ^ difference)) < 0;
      differences[k] = difference;
      magnitudes[k] = overflow ? HUGE : difference ^ (difference >> 31);
      previous = sample;
    }
    magnitudes.fill(HUGE, there);
    this.#base = base;
  }
}

/** Both writers return the word's two-bit code. */
function writeSteim1(view: DataView, at: number, d: Int32Array, k: number, count: number, little: boolean): number {
  if (count === 1) {
    view.setInt32(at, d[k]!, little);
    return 3;
  }
  if (count === 4) return writeBytes(view, at, d, k);
  view.setInt16(at, d[k]!, little);
  view.setInt16(at + 2, d[k + 1]!, little);
  return 2;
}

function writeBytes(view: DataView, at: number, d: Int32Array, k: number): number {
  const word = (d[k]! << 24) | ((d[k + 1]! & 0xff) << 16) | ((d[k + 2]! & 0xff) << 8) | (d[k + 3]! & 0xff);
  view.setInt32(at, word, false);
  return 1;
}

function writeSteim2(view: DataView, at: number, d: Int32Array, k: number, count: number, little: boolean): number {
  let word: number;
  let code = 2;
  switch (count) {
    case 1:
      word = (1 << 30) | (d[k]! & 0x3fffffff);
      break;
    case 2:
      word = (2 << 30) | ((d[k]! & 0x7fff) << 15) | (d[k + 1]! & 0x7fff);
      break;
    case 3:
      word = (3 << 30) | ((d[k]! & 0x3ff) << 20) | ((d[k + 1]! & 0x3ff) << 10) | (d[k + 2]! & 0x3ff);
      break;
    case 4:
      return writeBytes(view, at, d, k);
    default: {
      // Five of 6 bits, six of 5 or seven of 4, by subcodes 0, 1 and 2.
      const width = steim2Widths[count]!;
      const mask = (1 << width) - 1;
      word = count - 5;
      if (count === 7) word <<= 2;
      for (let j = k; j < k + count; j++) word = (word << width) | (d[j]! & mask);
      code = 3;
    }
  }
  view.setInt32(at, word, little);
  return code;
}
