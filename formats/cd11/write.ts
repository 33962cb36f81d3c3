/**
 * From segments to data frames: a station's channels cut at whole frame lengths, as stations send them.
 *
 *     for (const payload of cd11DataOf(segments, { frameLengthMs: 10_000 }))
 *       encodeCd11Frame({ creator: "ARCES", destination: "0", sequence: next(), series: 0, payload, authentication: notSigned });
 */
import type { WaveformSegment } from "@harken/core";
import { packCanadian } from "../canadian/encode.ts";
import { notSigned } from "./authentication.ts";
import type { Cd11Data } from "./frame.ts";
import { type Cd11DataFormat, writeCd11Samples } from "./samples.ts";
import { type Cd11ChannelSubframe, transformations } from "./subframe.ts";
import { writeCd11Time } from "./timeStamp.ts";

export interface Cd11ChannelOptions {
  /** Default "canadian-before-signature", as most stations send. */
  readonly compression?: "none" | "canadian-before-signature" | "canadian-after-signature";
  /** Default "s4". */
  readonly dataFormat?: Cd11DataFormat;
  /** 0 seismic (default), 1 hydroacoustic, 2 infrasonic, 3 weather. */
  readonly sensorType?: number;
  /** State of health; default none. `writeCd11Status` makes it. */
  readonly status?: Uint8Array;
  readonly subframeCount?: number;
  /** Names the key that `signCd11Channels` is to sign with. Default 0, not signed. */
  readonly keyId?: number;
}

export interface Cd11DataOptions {
  /** Data time of a frame, milliseconds; frames begin at whole multiples of it. Default 10 s. */
  readonly frameLengthMs?: number;
  /** What is particular to a channel's piece, in the order in which the pieces are sent. */
  readonly channelOptions?: (piece: WaveformSegment) => Cd11ChannelOptions;
}

const FRAME_LENGTH_MS = 10_000;
/** A sample this share of an interval before a frame's start belongs to it: start times are not exact. */
const CUT_TOLERANCE = 1e-3;
const compressions = {
  none: transformations.NONE,
  "canadian-before-signature": transformations.CANADIAN_BEFORE_SIGNATURE,
  "canadian-after-signature": transformations.CANADIAN_AFTER_SIGNATURE,
} as const;

/** In order of time. Samples must be integers. */
export function cd11DataOf(segments: readonly WaveformSegment[], options: Cd11DataOptions = {}): Cd11Data[] {
  const { frameLengthMs = FRAME_LENGTH_MS, channelOptions = () => ({}) } = options;
  const frames = new Map<number, WaveformSegment[]>();
  for (const segment of segments)
    for (const [index, piece] of cut(segment, frameLengthMs / 1e3)) {
      const pieces = frames.get(index);
      if (pieces) pieces.push(piece);
      else frames.set(index, [piece]);
    }
  return [...frames.entries()]
    .sort(([a], [b]) => a - b)
    .map(([index, pieces]) => ({
      kind: "data",
      lengthMs: frameLengthMs,
      nominalTime: writeCd11Time((index * frameLengthMs) / 1e3),
      channels: pieces.map((piece) => cd11ChannelOf(piece, channelOptions(piece))),
    }));
}

/** A segment's pieces by the number of the frame that each falls in. */
function* cut(segment: WaveformSegment, frameSec: number): Generator<[number, WaveformSegment]> {
  const { startTime, sampleRateHz, samples } = segment;
  for (let from = 0; from < samples.length; ) {
    const pieceStart = startTime + from / sampleRateHz;
    const index = Math.floor((pieceStart + CUT_TOLERANCE / sampleRateHz) / frameSec);
    const end = ((index + 1) * frameSec - startTime) * sampleRateHz - CUT_TOLERANCE;
    const to = Math.min(samples.length, Math.max(from + 1, Math.ceil(end)));
    yield [index, { ...segment, startTime: pieceStart, samples: samples.subarray(from, to) }];
    from = to;
  }
}

/** One segment as one channel of a frame. Codes must fit: site 5, channel 3, location 2 letters. */
export function cd11ChannelOf(segment: WaveformSegment, options: Cd11ChannelOptions = {}): Cd11ChannelSubframe {
  const { compression = "canadian-before-signature", dataFormat = "s4", sensorType = 0, keyId = 0 } = options;
  const { channel, startTime, sampleRateHz, samples, calibNmPerCount, calperSec } = segment;
  if (!(samples instanceof Int32Array))
    throw new TypeError("CD-1.1 carries integer samples; round them to counts of a stated calibration first.");
  const hasCalibration = calibNmPerCount !== undefined && calperSec !== undefined;
  return {
    authenticationFlag: keyId === 0 ? 0 : 1,
    transformation: compressions[compression],
    sensorType,
    optionFlag: hasCalibration ? 1 : 0,
    site: channel.station,
    channel: channel.channel,
    location: channel.location,
    dataFormat,
    calibNmPerCount: calibNmPerCount ?? 0,
    calperSec: calperSec ?? 0,
    timeStamp: writeCd11Time(startTime),
    lengthMs: Math.round((1e3 * samples.length) / sampleRateHz),
    sampleCount: samples.length,
    status: options.status ?? new Uint8Array(0),
    data: compression === "none" ? writeCd11Samples(samples, dataFormat) : packCanadian(samples),
    subframeCount: options.subframeCount ?? 0,
    authentication: { ...notSigned, keyId },
  };
}
