/** The part of a data frame that holds one channel: description, status, samples and signature. IDC-3.4.3, Rev. 0.3, table 10. */
import {
  type ByteRange,
  type Cd11Authentication,
  readAuthentication,
  readSized,
  writeAuthentication,
  writeSized,
} from "./authentication.ts";
import type { ByteReader } from "./byteReader.ts";
import type { ByteWriter } from "./byteWriter.ts";

export interface Cd11ChannelSubframe {
  /**
   * Where the key identifier stands. Stations count it from the subframe's start or from behind its length (not from the frame's start, as
   * is told of the document), so that it is kept but never followed. Left out, it is counted from the subframe's start.
   */
  readonly authenticationOffset?: number;
  /** 1 when the channel is signed, else 0. */
  readonly authenticationFlag: number;
  /** See `transformations`. */
  readonly transformation: number;
  /** 0 seismic, 1 hydroacoustic, 2 infrasonic, 3 weather, above 3 other. */
  readonly sensorType: number;
  /** 1 when `calibNmPerCount` and `calperSec` mean something, else 0. */
  readonly optionFlag: number;
  /** At most 5, 3 and 2 letters. */
  readonly site: string;
  readonly channel: string;
  readonly location: string;
  /** CSS3.0 data type of the samples before any transformation (s4, s3, s2, i4, i2), or CD for a channel of CD-1. */
  readonly dataFormat: string;
  readonly calibNmPerCount: number;
  readonly calperSec: number;
  /** Of the first sample. */
  readonly timeStamp: string;
  /** Milliseconds from the first sample to one interval after the last. */
  readonly lengthMs: number;
  readonly sampleCount: number;
  /** See `status.ts`. */
  readonly status: Uint8Array;
  /** Samples, transformed. */
  readonly data: Uint8Array;
  /** The digitiser's own counter; 0 when it has none. */
  readonly subframeCount: number;
  readonly authentication: Cd11Authentication;
  /** What the signature covers, where the subframe came in a frame: description to counter. */
  readonly signed?: ByteRange;
}

/** How samples are compressed, and whether the signature was made before or after that. */
export const transformations = Object.freeze({
  NONE: 0,
  CANADIAN_BEFORE_SIGNATURE: 1,
  CANADIAN_AFTER_SIGNATURE: 2,
  STEIM_BEFORE_SIGNATURE: 3,
  STEIM_AFTER_SIGNATURE: 4,
});

const SITE_LETTERS = 5;
const CHANNEL_LETTERS = 3;
const LOCATION_LETTERS = 2;
/** Letters of a channel in a data frame's channel string. */
export const NAME_LETTERS = SITE_LETTERS + CHANNEL_LETTERS + LOCATION_LETTERS;
export const TIME_LETTERS = 20;
/** A subframe without status, samples and signature, its length field not counted. */
export const SHORTEST_SUBFRAME = 76;

/** Reads what follows the length field. */
export function readSubframe(reader: ByteReader): Cd11ChannelSubframe {
  const authenticationOffset = reader.int32();
  const start = reader.at;
  const fields = {
    authenticationOffset,
    authenticationFlag: reader.uint8(),
    transformation: reader.uint8(),
    sensorType: reader.uint8(),
    optionFlag: reader.uint8(),
    site: reader.text(SITE_LETTERS),
    channel: reader.text(CHANNEL_LETTERS),
    location: reader.text(LOCATION_LETTERS),
    dataFormat: reader.text(2),
    calibNmPerCount: reader.float32(),
    calperSec: reader.float32(),
    timeStamp: reader.text(TIME_LETTERS),
    lengthMs: reader.int32(),
    sampleCount: reader.int32(),
    status: readSized(reader),
    data: readSized(reader),
    subframeCount: reader.int32(),
  };
  const end = reader.at;
  return { ...fields, authentication: readAuthentication(reader), signed: { start, end } };
}

export function writeSubframe(writer: ByteWriter, subframe: Cd11ChannelSubframe): void {
  const start = writer.length;
  writer.int32(0);
  writer.int32(0);
  writeSignedPart(writer, subframe);
  const keyAt = writer.length;
  writeAuthentication(writer, subframe.authentication);
  writer.int32At(start, writer.length - start - 4);
  writer.int32At(start + 4, subframe.authenticationOffset ?? keyAt - start);
}

/** Description to counter: what a channel's signature covers. */
export function writeSignedPart(writer: ByteWriter, subframe: Cd11ChannelSubframe): void {
  writer.uint8(subframe.authenticationFlag);
  writer.uint8(subframe.transformation);
  writer.uint8(subframe.sensorType);
  writer.uint8(subframe.optionFlag);
  writeName(writer, subframe);
  writer.text(subframe.dataFormat, 2);
  writer.float32(subframe.calibNmPerCount);
  writer.float32(subframe.calperSec);
  writer.text(subframe.timeStamp, TIME_LETTERS);
  writer.int32(subframe.lengthMs);
  writer.int32(subframe.sampleCount);
  writeSized(writer, subframe.status);
  writeSized(writer, subframe.data);
  writer.int32(subframe.subframeCount);
}

export function writeName(
  writer: ByteWriter,
  { site, channel, location }: Pick<Cd11ChannelSubframe, "site" | "channel" | "location">,
): void {
  writer.text(site, SITE_LETTERS);
  writer.text(channel, CHANNEL_LETTERS);
  writer.text(location, LOCATION_LETTERS);
}
