/**
 * Steim1 and Steim2 decompression. SEED 2.4 manual, Appendix B.
 *
 * A payload is frames of 16 words. Word 0 of a frame holds a two-bit code for each word; the words hold first differences of several
 * widths. Words 1 and 2 of the first frame are the first and the last sample, X0 and Xn. The first difference leads from the record
 * before to this one and is not needed.
 *
 * Little-endian payloads (none of the manual's, but they exist) turn round each number, not each word: four 8-bit differences stand in
 * the same order in both, and two 16-bit ones are turned round singly.
 */
import { FRAME_LENGTH } from "./encodings.ts";

const WORDS = 16;

/** How a payload ended: all well, last sample differs from Xn, or a code that the scheme does not define. */
export type SteimFault = "integrity" | "bad-code" | null;

/** Differences may be written up to this many places beyond the last sample that was asked for. */
export const STEIM_OVERRUN = 6;

/**
 * Writes `count` samples, or fewer when the frames end, to `out` from `at` on and returns how many. `out` must have `STEIM_OVERRUN` more
 * places. A difference is added modulo 2^32, so that a wrapped one comes out right.
 */
export function decodeSteim(
  view: DataView,
  start: number,
  end: number,
  little: boolean,
  level: 1 | 2,
  out: Int32Array,
  at: number,
  count: number,
): { count: number; fault: SteimFault } {
  const frames = Math.floor((end - start) / FRAME_LENGTH);
  if (frames === 0 || count === 0) return { count: 0, fault: null };
  const last = view.getInt32(start + 8, little);
  let x = (view.getInt32(start + 4, little) - firstDifference(view, start, frames, little, level)) | 0;
  let i = at;
  const stop = at + count;
  for (let frame = 0; frame < frames && i < stop; frame++) {
    const base = start + frame * FRAME_LENGTH;
    const codes = view.getInt32(base, little);
    for (let word = frame === 0 ? 3 : 1; word < WORDS && i < stop; word++) {
      const code = (codes >>> (30 - 2 * word)) & 3;
      if (code === 0) continue;
      const w = view.getInt32(base + 4 * word, little && code !== 1);
      if (code === 1) {
        out[i] = x = (x + (w >> 24)) | 0;
        out[i + 1] = x = (x + ((w << 8) >> 24)) | 0;
        out[i + 2] = x = (x + ((w << 16) >> 24)) | 0;
        out[i + 3] = x = (x + ((w << 24) >> 24)) | 0;
        i += 4;
      } else if (level === 1) {
        if (code === 2) {
          const [first, second] = little ? [(w << 16) >> 16, w >> 16] : [w >> 16, (w << 16) >> 16];
          out[i] = x = (x + first) | 0;
          out[i + 1] = x = (x + second) | 0;
          i += 2;
        } else out[i++] = x = (x + w) | 0;
      } else {
        switch ((code << 2) | (w >>> 30)) {
          case 9:
            out[i++] = x = (x + ((w << 2) >> 2)) | 0;
            break;
          case 10:
            out[i] = x = (x + ((w << 2) >> 17)) | 0;
            out[i + 1] = x = (x + ((w << 17) >> 17)) | 0;
            i += 2;
            break;
          case 11:
            out[i] = x = (x + ((w << 2) >> 22)) | 0;
            out[i + 1] = x = (x + ((w << 12) >> 22)) | 0;
            out[i + 2] = x = (x + ((w << 22) >> 22)) | 0;
            i += 3;
            break;
          case 12:
            out[i] = x = (x + ((w << 2) >> 26)) | 0;
            out[i + 1] = x = (x + ((w << 8) >> 26)) | 0;
            out[i + 2] = x = (x + ((w << 14) >> 26)) | 0;
            out[i + 3] = x = (x + ((w << 20) >> 26)) | 0;
            out[i + 4] = x = (x + ((w << 26) >> 26)) | 0;
            i += 5;
            break;
          case 13:
            out[i] = x = (x + ((w << 2) >> 27)) | 0;
            out[i + 1] = x = (x + ((w << 7) >> 27)) | 0;
            out[i + 2] = x = (x + ((w << 12) >> 27)) | 0;
            out[i + 3] = x = (x + ((w << 17) >> 27)) | 0;
            out[i + 4] = x = (x + ((w << 22) >> 27)) | 0;
            out[i + 5] = x = (x + ((w << 27) >> 27)) | 0;
            i += 6;
            break;
          case 14:
            out[i] = x = (x + ((w << 4) >> 28)) | 0;
            out[i + 1] = x = (x + ((w << 8) >> 28)) | 0;
            out[i + 2] = x = (x + ((w << 12) >> 28)) | 0;
            out[i + 3] = x = (x + ((w << 16) >> 28)) | 0;
            out[i + 4] = x = (x + ((w << 20) >> 28)) | 0;
            out[i + 5] = x = (x + ((w << 24) >> 28)) | 0;
            out[i + 6] = x = (x + ((w << 28) >> 28)) | 0;
            i += 7;
            break;
          default:
            return { count: i - at, fault: "bad-code" };
        }
      }
    }
  }
  const decoded = Math.min(i, stop) - at;
  return { count: decoded, fault: decoded === count && out[stop - 1] !== last ? "integrity" : null };
}

/** The difference before the first sample, which comes first in the first word that holds differences. */
function firstDifference(view: DataView, start: number, frames: number, little: boolean, level: 1 | 2): number {
  for (let frame = 0; frame < frames; frame++) {
    const base = start + frame * FRAME_LENGTH;
    const codes = view.getInt32(base, little);
    for (let word = frame === 0 ? 3 : 1; word < WORDS; word++) {
      const code = (codes >>> (30 - 2 * word)) & 3;
      if (code === 0) continue;
      const w = view.getInt32(base + 4 * word, little && code !== 1);
      if (code === 1) return w >> 24;
      if (level === 1) return code === 3 ? w : little ? (w << 16) >> 16 : w >> 16;
      const width = [30, 15, 10, 6, 5, 4][((code << 2) | (w >>> 30)) - 9] ?? 0;
      return width === 4 ? (w << 4) >> 28 : width === 0 ? 0 : (w << 2) >> (32 - width);
    }
  }
  return 0;
}
