/**
 * miniSEED 3 writing: records of up to `recordLength` bytes, with checksums and without extra headers.
 *
 *     const bytes = writeMiniSeed3(segments, { publicationVersion: 2 });
 */
import type { WaveformSegment } from "@harken/core";
import { crc32c } from "./crc32c.ts";
import { encoding, FRAME_LENGTH } from "./encodings.ts";
import { PayloadWriter, type WrittenEncoding } from "./payload.ts";
import { CRC_OFFSET, HEADER_LENGTH } from "./record3.ts";
import { recordTime } from "./recordTime.ts";
import { sourceIdOf } from "./sourceId.ts";

export interface MiniSeed3Options {
  /** The most bytes of a record. Default 4096. */
  readonly recordLength?: number;
  /** Default: steim2, float32 or float64 by the kind of samples. */
  readonly encoding?: WrittenEncoding;
  /** 1 to 255, larger replaces smaller. Default 1. */
  readonly publicationVersion?: number;
}

const MAX_ID_LENGTH = 255;
/** Decimals of a second that float64 epoch seconds hold; more would be noise. */
const TIME_DIGITS = 7;

export function writeMiniSeed3(
  segments: readonly WaveformSegment[],
  options: MiniSeed3Options = {},
): Uint8Array<ArrayBuffer> {
  const { recordLength = 4096 } = options;
  let bytes = new Uint8Array(recordLength * 4);
  let used = 0;
  for (const segment of segments) {
    const id = new TextEncoder().encode(sourceIdOf(segment.channel));
    if (id.length > MAX_ID_LENGTH)
      throw new RangeError(`The source identifier is ${id.length} bytes long; 255 is the most.`);
    if (recordLength < HEADER_LENGTH + id.length + FRAME_LENGTH)
      throw new RangeError(`A record of ${recordLength} bytes has no room for samples.`);
    const payload = new PayloadWriter(segment.samples, options.encoding);
    for (let from = 0; from < segment.samples.length; ) {
      if (used + recordLength > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      const room = bytes.subarray(used, used + recordLength);
      const { count, length } = writeRecord(segment, id, from, payload, room, options.publicationVersion ?? 1);
      from += count;
      used += length;
    }
  }
  return bytes.slice(0, used);
}

/** Fills one record of zeros; its samples and its bytes. */
function writeRecord(
  { startTime, sampleRateHz, samples }: WaveformSegment,
  id: Uint8Array,
  from: number,
  writer: PayloadWriter,
  record: Uint8Array<ArrayBuffer>,
  publicationVersion: number,
): { count: number; length: number } {
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const dataStart = HEADER_LENGTH + id.length;
  const payload = writer.write(from, samples.length, view, dataStart, record.length - dataStart, isLittleEndian);
  const time = recordTime(startTime, from / sampleRateHz, TIME_DIGITS);
  record.set([0x4d, 0x53, 3, 0]);
  view.setUint32(4, time.ticks * 10 ** (9 - TIME_DIGITS), true);
  view.setUint16(8, time.year, true);
  view.setUint16(10, time.dayOfYear, true);
  record.set([time.hour, time.minute, time.second, payload.encoding], 12);
  view.setFloat64(16, rateField(sampleRateHz), true);
  view.setUint32(24, payload.count, true);
  record.set([publicationVersion, id.length], 32);
  view.setUint32(36, payload.length, true);
  record.set(id, HEADER_LENGTH);
  const length = dataStart + payload.length;
  view.setUint32(CRC_OFFSET, crc32c(record, 0, length), true);
  return { count: payload.count, length };
}

/** Steim frames are big-endian, all else is little-endian. */
const isLittleEndian = (code: number) => code !== encoding.STEIM1 && code !== encoding.STEIM2;

/** A rate below 1 Hz is written as its interval, negative, when that gives the same rate back. */
function rateField(rateHz: number): number {
  const interval = 1 / rateHz;
  return rateHz < 1 && 1 / interval === rateHz ? -interval : rateHz;
}
