/**
 * Writing SAC. Samples become float32, as the format has no other: counts beyond 2^24 lose their last digits.
 *
 *     encodeSac(segment, { channel, version: 7 });
 */
import { type Channel, dateParts, type WaveformSegment } from "@harken/core";
import {
  code,
  FLOAT_COUNT,
  FOOTER_COUNT,
  FOOTER_LENGTH,
  floatAt,
  footerAt,
  HEADER_LENGTH,
  INT_COUNT,
  INTS_OFFSET,
  intAt,
  type SacHeader,
  UNDEFINED,
  WORD_COUNT,
  WORD_LENGTH,
  WORDS_OFFSET,
  wordAt,
} from "./layout.ts";

export interface SacOptions {
  /** Where the instrument stands and points; without it the file carries no coordinates. */
  readonly channel?: Channel;
  /** 7 adds the footer with times in float64. Default 6, which every program reads. */
  readonly version?: 6 | 7;
  /** Default "little". */
  readonly byteOrder?: "little" | "big";
  /** "text" is the alphanumeric form, which is of version 6 always. Default "binary". */
  readonly form?: "binary" | "text";
}

export function encodeSac(segment: WaveformSegment, options: SacOptions = {}): Uint8Array {
  const text = options.form === "text";
  const header = headerOf(segment, options.channel, text ? 6 : (options.version ?? 6));
  const samples = new Float32Array(segment.samples);
  return text ? writeText(header, samples) : writeBinary(header, samples, options.byteOrder !== "big");
}

function headerOf(
  { channel: id, startTime, sampleRateHz, samples }: WaveformSegment,
  channel: Channel | undefined,
  version: 6 | 7,
): SacHeader {
  const floats = new Float32Array(FLOAT_COUNT).fill(UNDEFINED);
  const ints = new Int32Array(INT_COUNT).fill(UNDEFINED);
  const words = Array.from({ length: WORD_COUNT }, (_, i) => (i === wordAt.kevnm + 1 ? "" : String(UNDEFINED)));
  // The reference time is whole milliseconds; the rest is in b.
  const reference = Math.floor(startTime * 1000) / 1000;
  const begin = Math.max(0, startTime - reference);
  const end = begin + (samples.length - 1) / sampleRateHz;
  const set = (name: keyof typeof floatAt, value: number) => (floats[floatAt[name]] = value);
  set("delta", 1 / sampleRateHz);
  set("b", begin);
  set("e", end);
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
    sum += sample;
  }
  if (samples.length > 0) {
    set("depmin", low);
    set("depmax", high);
    set("depmen", sum / samples.length);
  }
  const time = dateParts(reference, 3);
  const milli = Math.round(time.fraction * 1000);
  ints.set([time.year, time.dayOfYear, time.hour, time.minute, time.second, milli, version], intAt.nzyear);
  ints[intAt.npts] = samples.length;
  ints.set([code.ITIME, code.IUNKN, code.IB], intAt.iftype);
  ints.set([1, 0, 1, 0, 0], intAt.leven);
  const name = (at: number, text: string) => (words[at] = text === "" ? String(UNDEFINED) : text);
  name(wordAt.kstnm, id.station);
  name(wordAt.khole, id.location);
  name(wordAt.kcmpnm, id.channel);
  name(wordAt.knetwk, id.network);
  if (channel) {
    set("stla", channel.latitudeDeg);
    set("stlo", channel.longitudeDeg);
    set("stel", channel.elevationKm * 1000);
    set("stdp", channel.depthKm * 1000);
    set("cmpaz", Math.max(0, channel.hangDeg));
    set("cmpinc", channel.vangDeg);
    name(wordAt.kinst, channel.instrument);
  }
  if (version === 6) return { floats, ints, words, footer: null };
  const footer = new Float64Array(FOOTER_COUNT).fill(UNDEFINED);
  footer[footerAt.delta] = 1 / sampleRateHz;
  footer[footerAt.b] = begin;
  footer[footerAt.e] = end;
  if (channel) {
    footer[footerAt.stlo] = channel.longitudeDeg;
    footer[footerAt.stla] = channel.latitudeDeg;
  }
  return { floats, ints, words, footer };
}

const letters = (words: readonly string[]) =>
  words
    .map((word) =>
      word
        .replace(/[^ -~]/g, "?")
        .slice(0, WORD_LENGTH)
        .padEnd(WORD_LENGTH),
    )
    .join("");

function writeBinary({ floats, ints, words, footer }: SacHeader, samples: Float32Array, little: boolean): Uint8Array {
  const footerStart = HEADER_LENGTH + 4 * samples.length;
  const bytes = new Uint8Array(footerStart + (footer ? FOOTER_LENGTH : 0));
  const view = new DataView(bytes.buffer);
  floats.forEach((value, i) => {
    view.setFloat32(4 * i, value, little);
  });
  ints.forEach((value, i) => {
    view.setInt32(INTS_OFFSET + 4 * i, value, little);
  });
  bytes.set(new TextEncoder().encode(letters(words)).subarray(0, WORD_COUNT * WORD_LENGTH), WORDS_OFFSET);
  for (let i = 0, at = HEADER_LENGTH; i < samples.length; i++, at += 4) view.setFloat32(at, samples[i]!, little);
  footer?.forEach((value, i) => {
    view.setFloat64(footerStart + 8 * i, value, little);
  });
  return bytes;
}

/** `values` as lines of five, each `width` wide. */
function lines(values: ArrayLike<number>, width: number, print: (value: number) => string): string[] {
  return Array.from({ length: Math.ceil(values.length / 5) }, (_, row) =>
    Array.from({ length: Math.min(5, values.length - 5 * row) }, (_, i) =>
      print(values[5 * row + i]!).padStart(width),
    ).join(""),
  );
}

function writeText({ floats, ints, words }: SacHeader, samples: Float32Array): Uint8Array {
  const float = (value: number) => value.toPrecision(7);
  const rows = [
    ...lines(floats, 15, float),
    ...lines(ints, 10, String),
    ...(letters(words).match(/.{24}/g) ?? []),
    ...lines(samples, 15, float),
  ];
  return new TextEncoder().encode(`${rows.join("\n")}\n`);
}
