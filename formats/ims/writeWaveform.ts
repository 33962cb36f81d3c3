/**
 * Segments as a GSE2 or IMS waveform message, columns as in IDC-3.4.1Rev1, Tables 9 to 12.
 *
 *     const bytes = writeImsWaveform(segments, { format: "CM6", messageId: "4711", source: "KAZ_NDC", channels });
 *
 * The line that describes a segment keeps times to the millisecond and rates to the microhertz.
 */
import { type Channel, channelKey, imsTime, type WaveformSegment } from "@harken/core";
import { concatBytes } from "../step.ts";
import { imsChecksum } from "./checksum.ts";
import { packCm6 } from "./cm6.ts";
import { packCm8 } from "./cm8.ts";
import { writeIntegers } from "./integers.ts";
import { fitting, writeImsMessage } from "./writeMessage.ts";

export interface ImsWaveformOptions {
  readonly format: "CM6" | "CM8" | "INT";
  /** "IMS2.0" by default. */
  readonly version?: "GSE2.0" | "GSE2.1" | "IMS1.0" | "IMS2.0";
  readonly messageId: string;
  readonly source?: string;
  /** Id of the request that the message answers. */
  readonly reference?: string;
  /** Where the sites stand and how their sensors point; a segment of no known channel gets no STA2 line. */
  readonly channels?: readonly Channel[];
}

/** Columns for the count of samples are eight. */
const MOST_SAMPLES = 99_999_999;

/** Throws RangeError for what the columns cannot hold: longer codes, samples that are no int32. */
export function writeImsWaveform(
  segments: readonly WaveformSegment[],
  options: ImsWaveformOptions,
): Uint8Array<ArrayBuffer> {
  const { version = "IMS2.0", messageId, source = "", reference = "" } = options;
  return writeImsMessage({ version, id: messageId, source, reference }, [writeWaveformSection(segments, options)]);
}

/** The section alone. Throws as `writeImsWaveform` does. */
export function writeWaveformSection(
  segments: readonly WaveformSegment[],
  { format, version = "IMS2.0", channels = [] }: Pick<ImsWaveformOptions, "format" | "version" | "channels">,
): Uint8Array<ArrayBuffer> {
  const byKey = new Map(channels.map((channel) => [channelKey(channel.id), channel]));
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const put = (...lines: string[]) => parts.push(encoder.encode(lines.map((line) => `${line}\n`).join("")));
  put(`DATA_TYPE WAVEFORM ${version}:${format}`);
  for (const segment of segments)
    for (let from = 0; from < segment.samples.length; from += MOST_SAMPLES) {
      const samples = integersOf(segment.samples.subarray(from, from + MOST_SAMPLES), segment);
      const startTime = segment.startTime + from / segment.sampleRateHz;
      const channel = byKey.get(channelKey(segment.channel));
      put(wid2({ ...segment, startTime, samples }, format, channel));
      if (channel) put(sta2(channel));
      put("DAT2");
      if (format === "CM6") parts.push(packCm6(samples));
      else if (format === "INT") parts.push(writeIntegers(samples));
      else parts.push(packCm8(samples), Uint8Array.of(10));
      put(`CHK2 ${String(imsChecksum(samples)).padStart(8)}`);
    }
  return concatBytes(parts);
}

function wid2(segment: WaveformSegment, format: string, channel: Channel | undefined): string {
  const { station, location, channel: code } = segment.channel;
  const calib = segment.calibNmPerCount ?? channel?.calibNmPerCount ?? 0;
  const calper = segment.calperSec ?? channel?.calperSec ?? 0;
  return [
    "WID2",
    imsTime(segment.startTime),
    fitting(station, 5, "station").padEnd(5),
    fitting(code, 3, "channel").padEnd(3),
    fitting(location, 4, "auxiliary").padEnd(4),
    format,
    String(segment.samples.length).padStart(8),
    decimal(segment.sampleRateHz, 6, 11),
    exponential(calib),
    decimal(calper, 3, 7),
    (channel?.instrument ?? "").slice(0, 6).padEnd(6),
    decimal(channel?.hangDeg ?? -1, 1, 5),
    decimal(channel?.vangDeg ?? 0, 1, 4),
  ].join(" ");
}

function sta2({ id, latitudeDeg, longitudeDeg, elevationKm, depthKm }: Channel): string {
  return [
    "STA2",
    fitting(id.network, 9, "network").padEnd(9),
    decimal(latitudeDeg, 5, 9),
    decimal(longitudeDeg, 5, 10),
    "WGS-84".padEnd(12),
    decimal(elevationKm, 3, 5),
    decimal(depthKm, 3, 5),
  ].join(" ");
}

/** `1.2345e-03`: ten columns, as many digits as they hold. */
function exponential(value: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(4).split("e");
  const digits = exponent.slice(1).padStart(2, "0");
  return `${mantissa}e${exponent[0]}${digits}`.padStart(10);
}

function decimal(value: number, decimals: number, width: number): string {
  let text = value.toFixed(decimals);
  // Fewer decimals are better than a column too many.
  for (let d = decimals - 1; text.length > width && d >= 0; d--) text = value.toFixed(d);
  if (text.length > width) throw new RangeError(`${value} does not fit ${width} columns of an IMS message.`);
  return text.padStart(width);
}

function integersOf(samples: WaveformSegment["samples"], { channel }: WaveformSegment): Int32Array {
  if (samples instanceof Int32Array) return samples;
  const integers = Int32Array.from(samples);
  if (integers.every((value, i) => value === samples[i])) return integers;
  throw new RangeError(`The samples of ${channelKey(channel)} are no 32-bit integers, as IMS waveforms need them.`);
}
