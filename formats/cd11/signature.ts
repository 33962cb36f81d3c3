/**
 * What the signatures of CD-1.1 cover. A frame's covers header and body (`frame.signed`). A channel's covers description, time stamp,
 * length, sample count, status and data each with its size, and the digitiser's counter (`channel.signed`).
 *
 * A channel that was compressed after it was signed (transformations 2 and 4) is signed as the digitiser had it: samples in the declared
 * format, transformation 0. No public key of a station is known, so that this is by the document's words alone.
 */
import type { Cd11Sign } from "./authentication.ts";
import { ByteWriter } from "./byteWriter.ts";
import type { Cd11Frame } from "./frame.ts";
import { type Cd11DataFormat, readCd11Samples, writeCd11Samples } from "./samples.ts";
import { type Cd11ChannelSubframe, transformations, writeSignedPart } from "./subframe.ts";

const writtenFormats: readonly string[] = ["s4", "s3", "s2", "i4", "i2"] satisfies readonly Cd11DataFormat[];

/**
 * The bytes that a channel's signature covers: those of `frame`, the bytes that the channel came in, where it was compressed before. null
 * when they cannot be had, as the samples do not unpack to the declared format.
 */
export function signedChannelBytes(channel: Cd11ChannelSubframe, frame?: Uint8Array): Uint8Array | null {
  const { transformation, signed } = channel;
  const isSignedUncompressed =
    transformation === transformations.CANADIAN_AFTER_SIGNATURE ||
    transformation === transformations.STEIM_AFTER_SIGNATURE;
  if (!isSignedUncompressed && frame && signed) return frame.subarray(signed.start, signed.end);
  const original = isSignedUncompressed ? uncompressed(channel) : channel;
  if (!original) return null;
  const writer = new ByteWriter();
  writeSignedPart(writer, original);
  return writer.finish();
}

function uncompressed(channel: Cd11ChannelSubframe): Cd11ChannelSubframe | null {
  const { dataFormat, sampleCount } = channel;
  if (!writtenFormats.includes(dataFormat)) return null;
  const samples = readCd11Samples(channel);
  if (!(samples instanceof Int32Array) || samples.length !== sampleCount) return null;
  const width = Number(dataFormat[1]);
  if (width < 4 && samples.some((sample) => sample !== (sample << (32 - 8 * width)) >> (32 - 8 * width))) return null;
  const data = writeCd11Samples(samples, dataFormat as Cd11DataFormat);
  return { ...channel, transformation: transformations.NONE, data };
}

/** The frame with each channel that has a key signed by it. */
export function signCd11Channels(frame: Cd11Frame, sign: Cd11Sign): Cd11Frame {
  if (frame.payload.kind !== "data") return frame;
  const channels = frame.payload.channels.map((channel) => {
    const { keyId } = channel.authentication;
    if (keyId === 0) return channel;
    const toSign = { ...channel, authenticationFlag: 1 };
    const bytes = signedChannelBytes(toSign);
    if (!bytes) throw new RangeError(`The samples of ${channel.site} ${channel.channel} cannot be signed.`);
    return { ...toSign, authentication: { keyId, value: sign(bytes, keyId) } };
  });
  return { ...frame, payload: { ...frame.payload, channels } };
}
