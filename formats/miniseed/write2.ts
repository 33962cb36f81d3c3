/**
 * miniSEED 2.4 writing. SEED 2.4 manual, chapter 8; every record has blockettes 1000 and 1001, and 100 where factor and multiplier do
 * not give the rate.
 *
 *     const bytes = writeMiniSeed2(segments, { recordLength: 4096 });
 *
 * Times are good to a microsecond. Codes must fit their fields (network 2, station 5, location 2, channel 3 letters).
 */
import type { ChannelId, WaveformSegment } from "@harken/core";
import { PayloadWriter, type WrittenEncoding } from "./payload.ts";
import { factorsOfRate } from "./rate2.ts";
import { recordTime } from "./recordTime.ts";

export interface MiniSeed2Options {
  /** Bytes of a record, a power of two from 128 to 2^20. Default 512. */
  readonly recordLength?: number;
  /** Default: steim2, float32 or float64 by the kind of samples. */
  readonly encoding?: WrittenEncoding;
  /** Default "big", as the manual has it. */
  readonly byteOrder?: "big" | "little";
  /** Data quality letter. Default "D". */
  readonly quality?: "D" | "R" | "Q" | "M";
  /** Number of the first record, 1 to 999999. Default 1. */
  readonly firstSequence?: number;
}

const DATA_OFFSET = 64;
const DATA_OFFSET_WITH_RATE = 128;
const BLOCKETTE_1000 = 48;
const BLOCKETTE_1001 = 56;
const BLOCKETTE_100 = 64;
const MAX_SEQUENCE = 999_999;
const MAX_SAMPLES = 65_535;
/** A rate that factor and multiplier give more exactly than this needs no float32 beside them. */
const RATE_PRECISION = 1e-8;

export function writeMiniSeed2(
  segments: readonly WaveformSegment[],
  options: MiniSeed2Options = {},
): Uint8Array<ArrayBuffer> {
  const { recordLength = 512, firstSequence = 1 } = options;
  if (!Number.isInteger(Math.log2(recordLength)) || recordLength < 128 || recordLength > 2 ** 20)
    throw new RangeError(`A record of ${recordLength} bytes is not a power of two from 128 to 2^20.`);
  let bytes = new Uint8Array(recordLength * Math.ceil(1 + guessLength(segments) / recordLength));
  let used = 0;
  let sequence = firstSequence;
  for (const segment of segments) {
    const head = headOf(segment, options, recordLength);
    const payload = new PayloadWriter(segment.samples, options.encoding);
    for (let from = 0; from < segment.samples.length; ) {
      if (used + recordLength > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      from += writeRecord(head, segment, from, payload, bytes.subarray(used, used + recordLength), sequence);
      used += recordLength;
      sequence = sequence === MAX_SEQUENCE ? 1 : sequence + 1;
    }
  }
  return bytes.slice(0, used);
}

/** Encoded size of usual data: half of what the samples take in memory. */
const guessLength = (segments: readonly WaveformSegment[]) =>
  segments.reduce((sum, { samples }) => sum + samples.byteLength / 2, 0);

/** What is the same in all records of a segment. */
interface Head {
  readonly name: string;
  readonly little: boolean;
  readonly factor: number;
  readonly multiplier: number;
  /** For blockette 100; null when factor and multiplier do. */
  readonly rateHz: number | null;
}

function headOf({ channel, sampleRateHz }: WaveformSegment, options: MiniSeed2Options, recordLength: number): Head {
  const { quality = "D", byteOrder = "big" } = options;
  const { factor, multiplier, rateHz } = factorsOfRate(sampleRateHz);
  const error = Math.abs(rateHz / sampleRateHz - 1);
  const room = recordLength > DATA_OFFSET_WITH_RATE;
  const better = room && error > RATE_PRECISION && Math.abs(Math.fround(sampleRateHz) / sampleRateHz - 1) < error;
  return {
    name: `${quality} ${fieldsOf(channel)}`,
    little: byteOrder === "little",
    factor,
    multiplier,
    rateHz: better ? sampleRateHz : null,
  };
}

function fieldsOf({ station, location, channel, network }: ChannelId): string {
  const field = (code: string, width: number) => {
    if (code.length > width || /[^ -~]/.test(code))
      throw new RangeError(`The code "${code}" does not fit the ${width} letters that miniSEED 2 has for it.`);
    return code.padEnd(width);
  };
  return field(station, 5) + field(location, 2) + field(channel, 3) + field(network, 2);
}

/** Fills one record of zeros and returns how many samples it took. */
function writeRecord(
  { name, little, factor, multiplier, rateHz }: Head,
  { startTime, sampleRateHz, samples }: WaveformSegment,
  from: number,
  writer: PayloadWriter,
  record: Uint8Array<ArrayBuffer>,
  sequence: number,
): number {
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const dataOffset = rateHz === null ? DATA_OFFSET : DATA_OFFSET_WITH_RATE;
  const stop = Math.min(samples.length, from + MAX_SAMPLES);
  const payload = writer.write(from, stop, view, dataOffset, record.length - dataOffset, () => little);
  const header = `${String(sequence).padStart(6, "0")}${name}`;
  for (let i = 0; i < header.length; i++) record[i] = header.charCodeAt(i);
  const time = recordTime(startTime, from / sampleRateHz, 6);
  view.setUint16(20, time.year, little);
  view.setUint16(22, time.dayOfYear, little);
  record.set([time.hour, time.minute, time.second], 24);
  view.setUint16(28, Math.floor(time.ticks / 100), little);
  view.setUint16(30, payload.count, little);
  view.setInt16(32, factor, little);
  view.setInt16(34, multiplier, little);
  record[39] = rateHz === null ? 2 : 3;
  view.setUint16(44, dataOffset, little);
  view.setUint16(46, BLOCKETTE_1000, little);
  view.setUint16(BLOCKETTE_1000, 1000, little);
  view.setUint16(BLOCKETTE_1000 + 2, BLOCKETTE_1001, little);
  record.set([payload.encoding, little ? 0 : 1, Math.log2(record.length)], BLOCKETTE_1000 + 4);
  view.setUint16(BLOCKETTE_1001, 1001, little);
  view.setUint16(BLOCKETTE_1001 + 2, rateHz === null ? 0 : BLOCKETTE_100, little);
  record[BLOCKETTE_1001 + 5] = time.ticks % 100;
  record[BLOCKETTE_1001 + 7] = Math.min(255, payload.frames);
  if (rateHz !== null) {
    view.setUint16(BLOCKETTE_100, 100, little);
    view.setFloat32(BLOCKETTE_100 + 4, rateHz, little);
  }
  return payload.count;
}
