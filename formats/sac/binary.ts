/** The binary form of SAC: header, samples, and the footer of version 7, in either byte order. */
import type { Limits, ProblemList } from "@harken/core";
import {
  FLOAT_COUNT,
  FOOTER_COUNT,
  FOOTER_LENGTH,
  HEADER_LENGTH,
  INT_COUNT,
  INTS_OFFSET,
  intAt,
  type SacHeader,
  WORD_COUNT,
  WORD_LENGTH,
  WORDS_OFFSET,
} from "./layout.ts";

/** What either form of the file holds, before it is interpreted. */
export interface SacContents {
  readonly header: SacHeader;
  readonly samples: Float32Array;
  readonly consumed: number;
}

/** Byte order by the header version, the only number of the header that is never undefined; null when neither order gives one. */
export function byteOrder(bytes: Uint8Array): "little" | "big" | null {
  if (bytes.length < HEADER_LENGTH) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = INTS_OFFSET + 4 * intAt.nvhdr;
  const known = (version: number) => version === 6 || version === 7;
  if (known(view.getInt32(at, true))) return "little";
  return known(view.getInt32(at, false)) ? "big" : null;
}

export function readBinaryHeader(bytes: Uint8Array, order: "little" | "big"): SacHeader {
  const little = order === "little";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = new TextDecoder("latin1").decode(bytes.subarray(WORDS_OFFSET, HEADER_LENGTH));
  return {
    floats: Float32Array.from({ length: FLOAT_COUNT }, (_, i) => view.getFloat32(4 * i, little)),
    ints: Int32Array.from({ length: INT_COUNT }, (_, i) => view.getInt32(INTS_OFFSET + 4 * i, little)),
    words: Array.from({ length: WORD_COUNT }, (_, i) => letters.slice(i * WORD_LENGTH, (i + 1) * WORD_LENGTH)),
    footer: null,
  };
}

export function readBinary(
  bytes: Uint8Array,
  order: "little" | "big",
  limits: Limits,
  problems: ProblemList,
): SacContents {
  const header = readBinaryHeader(bytes, order);
  const little = order === "little";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = header.ints[intAt.npts]!;
  const footerLength = header.ints[intAt.nvhdr] === 7 ? FOOTER_LENGTH : 0;
  const room = Math.floor((bytes.length - HEADER_LENGTH) / 4);
  const count = countOf(claimed, room, footerLength / 4, limits, problems);
  const samples = new Float32Array(count);
  for (let i = 0, at = HEADER_LENGTH; i < count; i++, at += 4) samples[i] = view.getFloat32(at, little);
  let consumed = HEADER_LENGTH + 4 * count;
  let footer: Float64Array | null = null;
  const footerStart = HEADER_LENGTH + 4 * (claimed >= 0 ? claimed : count);
  const footerThere = footerLength > 0 && footerStart + footerLength <= bytes.length;
  if (footerThere) {
    footer = Float64Array.from({ length: FOOTER_COUNT }, (_, i) => view.getFloat64(footerStart + 8 * i, little));
    consumed = footerStart + footerLength;
  }
  if (footerLength > 0 && !footerThere)
    problems.warning("sac.no-footer", "The footer of header version 7 is missing; times are good to float32 only.");
  else if (consumed < bytes.length && claimed >= 0 && count === claimed)
    problems.warning("sac.trailing-bytes", `${bytes.length - consumed} bytes after the file's end were left out.`, {
      offset: consumed,
    });
  return { header: { ...header, footer }, samples, consumed };
}

/** How many samples are taken: what the header claims, bounded by the bytes that are there and by the limits. */
function countOf(claimed: number, room: number, footerWords: number, limits: Limits, problems: ProblemList): number {
  let count = claimed;
  if (claimed < 0) {
    count = room >= footerWords ? room - footerWords : room;
    problems.error(
      "sac.bad-count",
      `The header counts ${claimed} samples; the ${count} that the file holds were taken.`,
    );
  } else if (claimed > room) {
    count = room;
    problems.error("sac.truncated", `The header counts ${claimed} samples but the file ends after ${room}.`);
  }
  return limitCount(count, limits, problems);
}

/** Never more samples than the caller allows. */
export function limitCount(count: number, limits: Limits, problems: ProblemList): number {
  if (count <= limits.maxSamples) return count;
  problems.error("sac.too-long", `Only the first ${limits.maxSamples} of ${count} samples were read.`);
  return limits.maxSamples;
}
