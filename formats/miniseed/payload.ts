/** Writing samples as the payload of one record, in the encoding asked for or one that holds them when that does not. */
import type { Samples } from "@harken/core";
import { encoding, encodings, FRAME_LENGTH } from "./encodings.ts";
import { packSteim } from "./steimEncode.ts";

/** Encodings that are written. Steim holds integers only; a float64 holds them all. */
export type WrittenEncoding = "steim1" | "steim2" | "int32" | "float32" | "float64";

const numbers: Readonly<Record<WrittenEncoding, number>> = Object.freeze({
  steim1: encoding.STEIM1,
  steim2: encoding.STEIM2,
  int32: encoding.INT32,
  float32: encoding.FLOAT32,
  float64: encoding.FLOAT64,
});

/** The number of the encoding for samples of this kind: the one named, or else the one that loses nothing and is smallest. */
export function encodingFor(samples: Samples, named: WrittenEncoding | undefined): number {
  if (named === undefined)
    return samples instanceof Int32Array
      ? encoding.STEIM2
      : samples instanceof Float32Array
        ? encoding.FLOAT32
        : encoding.FLOAT64;
  const number = numbers[named];
  const integers = encodings.get(number)?.kind === "int32";
  if (integers !== samples instanceof Int32Array && number !== encoding.FLOAT64)
    throw new TypeError(`Samples of ${samples.constructor.name} cannot be written as ${named} without loss.`);
  if (samples instanceof Float64Array && number === encoding.FLOAT32)
    throw new TypeError("Samples of Float64Array cannot be written as float32 without loss.");
  return number;
}

export interface WrittenPayload {
  /** Samples taken and bytes filled. */
  readonly count: number;
  readonly length: number;
  /** Steim frames, else 0. */
  readonly frames: number;
  readonly encoding: number;
}

/**
 * Writes what fits into `capacity` bytes at `start`, which must hold zeros. A record whose differences are too large for Steim becomes
 * int32, and `littleEndian` is asked for the encoding that it comes to.
 */
export function writePayload(
  samples: Samples,
  from: number,
  code: number,
  view: DataView,
  start: number,
  capacity: number,
  littleEndian: (code: number) => boolean,
): WrittenPayload {
  const little = littleEndian(code);
  if (samples instanceof Int32Array && (code === encoding.STEIM1 || code === encoding.STEIM2)) {
    const level = code === encoding.STEIM1 ? 1 : 2;
    const maxFrames = Math.floor(capacity / FRAME_LENGTH);
    const { count, frames, misfit } = packSteim(samples, from, level, view, start, maxFrames, little);
    if (!misfit) return { count, length: frames * FRAME_LENGTH, frames, encoding: code };
    new Uint8Array(view.buffer, view.byteOffset + start, capacity).fill(0);
    return writePayload(samples, from, encoding.INT32, view, start, capacity, littleEndian);
  }
  const width = encodings.get(code)!.width!;
  const count = Math.min(samples.length - from, Math.floor(capacity / width));
  for (let i = 0, at = start; i < count; i++, at += width) {
    const sample = samples[from + i]!;
    if (code === encoding.INT32) view.setInt32(at, sample, little);
    else if (code === encoding.FLOAT32) view.setFloat32(at, sample, little);
    else view.setFloat64(at, sample, little);
  }
  return { count, length: count * width, frames: 0, encoding: code };
}
