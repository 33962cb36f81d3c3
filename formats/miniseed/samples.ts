/** From a record's payload to samples, for every encoding. */
import type { Samples } from "@harken/core";
import { encoding } from "./encodings.ts";
import { decodeSteim, type SteimFault } from "./steim.ts";

export type PayloadFault = SteimFault | "bad-exponent";

/** Where a payload lies and how it is coded. */
export interface Payload {
  readonly encoding: number;
  /** Absolute byte offsets. */
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly littleEndian: boolean;
}

/**
 * Writes up to `count` samples to `out` from `at` on and returns how many the payload gave. `out` is of the encoding's kind and, for
 * Steim, a few places longer.
 */
export function decodePayload(
  view: DataView,
  { encoding: code, dataStart, dataEnd, littleEndian: little }: Payload,
  out: Samples,
  at: number,
  count: number,
): { count: number; fault: PayloadFault } {
  if (code === encoding.STEIM1 || code === encoding.STEIM2) {
    const level = code === encoding.STEIM1 ? 1 : 2;
    return decodeSteim(view, dataStart, dataEnd, little, level, out as Int32Array, at, count);
  }
  if (code === encoding.SRO) return decodeSro(view, dataStart, little, out as Int32Array, at, count);
  let from = dataStart;
  switch (code) {
    case encoding.INT16:
    case encoding.DWWSSN:
      for (let i = 0; i < count; i++, from += 2) out[at + i] = view.getInt16(from, little);
      break;
    case encoding.INT24:
    case encoding.GEOSCOPE24:
      for (let i = 0; i < count; i++, from += 3) out[at + i] = int24(view, from, little);
      break;
    case encoding.INT32:
      for (let i = 0; i < count; i++, from += 4) out[at + i] = view.getInt32(from, little);
      break;
    case encoding.FLOAT32:
      for (let i = 0; i < count; i++, from += 4) out[at + i] = view.getFloat32(from, little);
      break;
    case encoding.FLOAT64:
      for (let i = 0; i < count; i++, from += 8) out[at + i] = view.getFloat64(from, little);
      break;
    case encoding.GEOSCOPE16_3:
    case encoding.GEOSCOPE16_4:
      for (let i = 0; i < count; i++, from += 2) {
        const word = view.getUint16(from, little);
        const exponent = (word >> 12) & (code === encoding.GEOSCOPE16_3 ? 7 : 15);
        out[at + i] = ((word & 0xfff) - 2048) / (1 << exponent);
      }
      break;
    case encoding.CDSN:
      for (let i = 0; i < count; i++, from += 2) {
        const word = view.getUint16(from, little);
        out[at + i] = ((word & 0x3fff) - 8191) << cdsnShifts[word >> 14]!;
      }
      break;
    default:
      return { count: 0, fault: null };
  }
  return { count, fault: null };
}

const cdsnShifts = [0, 2, 4, 7] as const;

function int24(view: DataView, at: number, little: boolean): number {
  const [low, high] = little ? [at, at + 2] : [at + 2, at];
  return (view.getInt8(high) << 16) | (view.getUint8(at + 1) << 8) | view.getUint8(low);
}

/** SRO: a mantissa of 12 bits in two's complement times 2 to the power of 10 minus the gain code. */
function decodeSro(view: DataView, start: number, little: boolean, out: Int32Array, at: number, count: number) {
  for (let i = 0; i < count; i++) {
    const word = view.getInt16(start + 2 * i, little);
    const exponent = 10 - ((word >> 12) & 15);
    if (exponent < 0) return { count: i, fault: "bad-exponent" as const };
    out[at + i] = ((word << 20) >> 20) << exponent;
  }
  return { count, fault: null };
}
