/**
 * The bytes of one archived stretch: miniSEED 2 records of 512 bytes, as every reader of an SDS tree expects them; miniSEED 3 where a code is
 * longer than version 2 has room for. Integers are Steim 2, floats stand as they are.
 */
import type { ChannelId, Samples, WaveformSegment } from "@harken/core";
import { decodeMiniSeed2, decodeMiniSeed3, writeMiniSeed2, writeMiniSeed3 } from "@harken/formats";
import type { ArchivedPiece } from "./waveformIndex.ts";

const RECORD_BYTES = 512;

const fitsVersion2 = ({ network, station, location, channel }: ChannelId): boolean =>
  network.length <= 2 && station.length <= 5 && location.length <= 2 && channel.length <= 3;

export function encodePiece(segment: WaveformSegment): Uint8Array {
  return fitsVersion2(segment.channel)
    ? writeMiniSeed2([segment], { recordLength: RECORD_BYTES })
    : writeMiniSeed3([segment]);
}

/** CSS3.0 letters of a kind of samples. */
export function datatypeOf(samples: Samples): ArchivedPiece["datatype"] {
  return samples instanceof Int32Array ? "s4" : samples instanceof Float32Array ? "t4" : "t8";
}

/**
 * The samples in a piece's bytes, under the name, time and rate that the index has: it keeps them whole, where records round times to a microsecond.
 * Or the reason why there are none.
 */
export function decodePiece(
  bytes: Uint8Array,
  { channel, startTime, sampleRateHz, sampleCount, datatype }: Omit<ArchivedPiece, "folder" | "file">,
): WaveformSegment | string {
  const decode = bytes[0] === 0x4d && bytes[1] === 0x53 ? decodeMiniSeed3 : decodeMiniSeed2;
  const { items, problems } = decode(bytes);
  const [problem] = problems;
  if (problem) return problem.message;
  const count = items.reduce((sum, { samples }) => sum + samples.length, 0);
  if (count !== sampleCount) return `it holds ${count} samples instead of ${sampleCount}`;
  if (items.some(({ samples }) => datatypeOf(samples) !== datatype)) return "it holds another kind of samples";
  return { channel, startTime, sampleRateHz, samples: joined(items.map(({ samples }) => samples)) };
}

/** One array of many of the same kind. */
export function joined(parts: readonly Samples[]): Samples {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const Kind = first!.constructor as new (length: number) => Samples;
  const samples = new Kind(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
