/**
 * Samples of a channel of CD-1.1: plain numbers of a CSS3.0 data type, or those compressed by Canadian or Steim compression. Compressed
 * samples are int32 whatever type is declared.
 */
import type { Samples } from "@harken/core";
import { unpackCanadian } from "../canadian/decode.ts";
import { isNumberType, readNumbers } from "../css/numbers.ts";
import { encoding, encodings, mostSamples } from "../miniseed/encodings.ts";
import { decodeSteim, STEIM_OVERRUN } from "../miniseed/steim.ts";
import { ByteReader } from "./byteReader.ts";
import { type Cd11ChannelSubframe, transformations } from "./subframe.ts";

/** Types of samples that are written. */
export type Cd11DataFormat = "s4" | "s3" | "s2" | "i4" | "i2";

const CD1_FORMAT = "CD";
const CD1_SIGNATURE_BYTES = 40;

/** As many samples as the data hold, up to the count; null when the data are coded in no way that is known here. */
export function readCd11Samples(subframe: Cd11ChannelSubframe): Samples | null {
  const { transformation, dataFormat, sampleCount } = subframe;
  const isCd1 = dataFormat === CD1_FORMAT;
  const data = isCd1 ? cd1Data(subframe) : subframe.data;
  switch (transformation) {
    case transformations.NONE: {
      const type = isCd1 ? "s4" : dataFormat;
      return isNumberType(type) ? readNumbers(data, 0, sampleCount, type) : null;
    }
    case transformations.CANADIAN_BEFORE_SIGNATURE:
    case transformations.CANADIAN_AFTER_SIGNATURE:
      return unpackCanadian(data, sampleCount).samples;
    case transformations.STEIM_BEFORE_SIGNATURE:
    case transformations.STEIM_AFTER_SIGNATURE:
      return readSteim(data, sampleCount);
    default:
      return null;
  }
}

/**
 * Samples within a channel subframe of CD-1: length, signature where there is one, time as float64, sample count and status stand before
 * them. The layout is that of Edge (USGS).
 */
function cd1Data({ data, authenticationFlag }: Cd11ChannelSubframe): Uint8Array {
  const reader = new ByteReader(data, 0, data.length);
  const end = Math.min(data.length, reader.int32() + 4);
  if (authenticationFlag !== 0) reader.bytes(CD1_SIGNATURE_BYTES);
  reader.bytes(8 + 4 + 4);
  return data.subarray(reader.at, Math.max(reader.at, end));
}

/** Which of the Steim compressions it is, the transformation does not say: the one that ends at the sample that its first frame names. */
function readSteim(data: Uint8Array, count: number): Int32Array | null {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const most = Math.min(count, mostSamples(encodings.get(encoding.STEIM2)!, data.length));
  if (!(most > 0)) return new Int32Array(0);
  for (const level of [1, 2] as const) {
    const samples = new Int32Array(most + STEIM_OVERRUN);
    const decoded = decodeSteim(view, 0, data.length, false, level, samples, 0, most);
    if (decoded.count === count && decoded.fault === null) return samples.subarray(0, count);
  }
  return null;
}

/** Samples coded as `format`; throws for one that the format cannot hold. */
export function writeCd11Samples(samples: Int32Array, format: Cd11DataFormat): Uint8Array<ArrayBuffer> {
  const width = Number(format[1]);
  const little = format[0] === "i";
  const limit = 2 ** (8 * width - 1);
  const bytes = new Uint8Array(samples.length * width);
  let at = 0;
  for (const sample of samples) {
    if (sample < -limit || sample >= limit) throw new RangeError(`A sample of ${sample} does not fit ${format}.`);
    for (let k = 0; k < width; k++) bytes[at + k] = sample >> (8 * (little ? k : width - 1 - k));
    at += width;
  }
  return bytes;
}
