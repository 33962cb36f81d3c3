/**
 * The alphanumeric form of SAC: 14 lines of five floats (G15.7), 8 lines of five integers (I10), 8 lines of words (A8, the second 16
 * wide), then the samples, five on a line. Numbers are parted by blanks, as every writer leaves at least one.
 */
import type { Limits, ProblemList } from "@harken/core";
import { limitCount, type SacContents } from "./binary.ts";
import { FLOAT_COUNT, INT_COUNT, intAt, type SacHeader, WORD_COUNT, WORD_LENGTH } from "./layout.ts";

const PER_LINE = 5;
const FLOAT_LINES = FLOAT_COUNT / PER_LINE;
const INT_LINES = INT_COUNT / PER_LINE;
const WORD_LINES = 8;
/** No header is longer, whatever its line ends and trailing blanks. */
const HEADER_REACH = 4096;

/** The header and the offset of the line after it; null when the bytes are not in this form. */
export function readTextHeader(bytes: Uint8Array): { header: SacHeader; end: number } | null {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, HEADER_REACH));
  const lines: string[] = [];
  let end = 0;
  while (lines.length < FLOAT_LINES + INT_LINES + WORD_LINES) {
    const lineEnd = text.indexOf("\n", end);
    if (lineEnd < 0) return null;
    lines.push(text.slice(end, lineEnd).replace(/\r$/, ""));
    end = lineEnd + 1;
  }
  const floats = numbers(lines.slice(0, FLOAT_LINES));
  const ints = numbers(lines.slice(FLOAT_LINES, FLOAT_LINES + INT_LINES));
  if (floats?.length !== FLOAT_COUNT || ints?.length !== INT_COUNT) return null;
  if (ints[intAt.nvhdr] !== 6 && ints[intAt.nvhdr] !== 7) return null;
  const letters = lines.slice(-WORD_LINES).map((line) => line.padEnd(3 * WORD_LENGTH));
  return {
    header: {
      floats: Float32Array.from(floats),
      ints: Int32Array.from(ints),
      words: Array.from({ length: WORD_COUNT }, (_, i) =>
        letters[Math.floor(i / 3)]!.slice((i % 3) * WORD_LENGTH, ((i % 3) + 1) * WORD_LENGTH),
      ),
      footer: null,
    },
    end,
  };
}

/** The numbers of header lines; null when a line does not hold five. "NaN" and "Infinity" are what C and Fortran may print. */
function numbers(lines: readonly string[]): number[] | null {
  const values: number[] = [];
  for (const line of lines) {
    const tokens = line.trim().split(/\s+/);
    if (
      tokens.length !== PER_LINE ||
      !tokens.every((token) => /^([-+]?[\d.]+(e[-+]?\d+)?|[-+]?nan|[-+]?inf\w*)$/i.test(token))
    )
      return null;
    values.push(...tokens.map(Number));
  }
  return values;
}

export function readText(bytes: Uint8Array, limits: Limits, problems: ProblemList): SacContents | null {
  const head = readTextHeader(bytes);
  if (!head) return null;
  const claimed = head.header.ints[intAt.npts]!;
  // A sample takes two bytes at least.
  const room = Math.floor((bytes.length - head.end + 1) / 2);
  const counted = claimed >= 0;
  const samples = new Float32Array(limitCount(counted ? Math.min(claimed, room) : room, limits, problems));
  const data = new TextDecoder("latin1").decode(bytes.subarray(head.end));
  let count = 0;
  let extra = 0;
  for (const match of data.matchAll(/\S+/g)) {
    if (count === samples.length) {
      extra++;
      break;
    }
    samples[count++] = Number(match[0]);
  }
  if (!counted)
    problems.error(
      "sac.bad-count",
      `The header counts ${claimed} samples; the ${count} that the file holds were taken.`,
    );
  else if (count < claimed && count < limits.maxSamples)
    problems.error("sac.truncated", `The header counts ${claimed} samples but the file ends after ${count}.`);
  else if (extra > 0 && count === claimed)
    problems.warning("sac.trailing-bytes", "The file holds more samples than its header counts; they were left out.");
  return { header: head.header, samples: samples.subarray(0, count), consumed: bytes.length };
}
