/**
 * Steim payloads of consecutive records in one go, by the WebAssembly kernel. It does only what is as it should be: big-endian, whole, with
 * the last sample that the first frame names. The records after the first that is not are `decodeSteim`'s, which says what is wrong.
 */
import { openKernel } from "@harken/core";
import { encoding, FRAME_LENGTH } from "./encodings.ts";
import { wasmBase64 } from "./kernels/steim.wasm.ts";
import type { Payload } from "./samples.ts";

function open() {
  const kernel = openKernel<{
    heap(): number;
    prepare(): void;
    decode(entries: number, records: number, level: number, out: number): number;
  }>(wasmBase64);
  kernel.exports.prepare();
  return kernel;
}
/** Not opened before it is used: the browser's pages read other formats, and their policy lets them compile nothing. */
let kernel: ReturnType<typeof open> | null = null;

/** Bytes of payload and samples in the kernel's memory at once: they stay in the second cache. */
const BATCH_BYTES = 65_536;
const BATCH_SAMPLES = 65_536;
const BATCH_RECORDS = 512;
const ENTRY_WORDS = 3;
/** Samples of a frame that may be written beyond the last one asked for, and a vector more. */
const OVERRUN = 128;

export interface SteimRecord extends Payload {
  readonly sampleCount: number;
}

/**
 * Decodes records from `first` on, each to its `sampleCount` samples, into `out` from `at` on. Returns how many records came out whole and
 * how many samples that are; the next record, if there is one, needs `decodeSteim`.
 */
export function decodeSteimRun(
  bytes: Uint8Array,
  records: readonly SteimRecord[],
  first: number,
  out: Int32Array,
  at: number,
): { records: number; samples: number } {
  const code = records[first]?.encoding;
  if (code !== encoding.STEIM1 && code !== encoding.STEIM2) return { records: 0, samples: 0 };
  kernel ??= open();
  const { exports, memory } = kernel;
  const entries = memory.reserve(4 * (ENTRY_WORDS * BATCH_RECORDS + BATCH_SAMPLES + OVERRUN) + BATCH_BYTES);
  const input = entries + 4 * ENTRY_WORDS * BATCH_RECORDS;
  const output = input + BATCH_BYTES;
  const i32 = memory.i32();
  const u8 = memory.u8();
  let next = first;
  let samples = 0;
  for (;;) {
    // Records of a batch mostly stand side by side: the stretch from the first to the last is copied at once, headers and all.
    const start = records[next]?.dataStart ?? 0;
    let [count, expected, end] = [0, 0, start];
    for (; count < BATCH_RECORDS; count++) {
      const record = records[next + count];
      if (!record || record.encoding !== code || record.littleEndian) break;
      const { dataStart, dataEnd, sampleCount } = record;
      const frames = Math.floor((dataEnd - dataStart) / FRAME_LENGTH);
      const follows = dataStart >= end && dataEnd - start <= BATCH_BYTES && expected + sampleCount <= BATCH_SAMPLES;
      if (!follows || frames === 0) break;
      const entry = entries / 4 + ENTRY_WORDS * count;
      i32[entry] = input + dataStart - start;
      i32[entry + 1] = frames;
      i32[entry + 2] = sampleCount;
      expected += sampleCount;
      end = dataEnd;
    }
    if (count === 0) break;
    u8.set(bytes.subarray(start, end), input);
    const whole = exports.decode(entries, count, code === encoding.STEIM1 ? 1 : 2, output);
    let decoded = 0;
    for (let r = 0; r < whole; r++) decoded += i32[entries / 4 + ENTRY_WORDS * r + 2]!;
    out.set(i32.subarray(output / 4, output / 4 + decoded), at + samples);
    samples += decoded;
    next += whole;
    if (whole < count) break;
  }
  return { records: next - first, samples };
}
