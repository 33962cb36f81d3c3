/** Writing samples as the payloads of records, in the encoding asked for or one that holds them when that does not. */
import type { Samples } from "@harken/core";
import { encoding, encodings, FRAME_LENGTH } from "./encodings.ts";
import { SteimPacker } from "./steimEncode.ts";

/** Encodings that are written. Steim and int32 hold integers only; float64 holds samples of every kind. */
export type WrittenEncoding = "steim1" | "steim2" | "int32" | "float32" | "float64";

const numbers: Readonly<Record<WrittenEncoding, number>> = Object.freeze({
  steim1: encoding.STEIM1,
  steim2: encoding.STEIM2,
  int32: encoding.INT32,
  float32: encoding.FLOAT32,
  float64: encoding.FLOAT64,
});

/** The number of the encoding for samples of this kind: the one named, or else the smallest that loses nothing. */
function encodingFor(samples: Samples, named: WrittenEncoding | undefined): number {
  if (named === undefined) {
    if (samples instanceof Int32Array) return encoding.STEIM2;
    return samples instanceof Float32Array ? encoding.FLOAT32 : encoding.FLOAT64;
  }
  const number = numbers[named];
  const { kind } = encodings.get(number)!;
  const loses =
    kind === "int32" ? !(samples instanceof Int32Array) : kind === "float32" && !(samples instanceof Float32Array);
  if (loses) throw new TypeError(`Samples of ${samples.constructor.name} cannot be written as ${named} without loss.`);
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

/** Writes one trace, record by record. */
export class PayloadWriter {
  readonly #samples: Samples;
  readonly #code: number;
  readonly #steim: SteimPacker | null;

  constructor(samples: Samples, named: WrittenEncoding | undefined) {
    this.#samples = samples;
    this.#code = encodingFor(samples, named);
    const isSteim = this.#code === encoding.STEIM1 || this.#code === encoding.STEIM2;
    this.#steim = isSteim ? new SteimPacker(samples as Int32Array, this.#code === encoding.STEIM1 ? 1 : 2) : null;
  }

  /**
   * Writes the samples from `from` to `stop`, or as many as fit into `capacity` bytes at `start`, which must hold zeros. A record whose
   * differences are too large for Steim becomes int32, and `littleEndian` is asked for the encoding that it comes to.
   */
  write(
    from: number,
    stop: number,
    view: DataView,
    start: number,
    capacity: number,
    littleEndian: (code: number) => boolean,
  ): WrittenPayload {
    if (!this.#steim) return this.#plain(from, stop, this.#code, view, start, capacity, littleEndian(this.#code));
    const maxFrames = Math.floor(capacity / FRAME_LENGTH);
    const { count, frames, misfit } = this.#steim.pack(from, stop, view, start, maxFrames, littleEndian(this.#code));
    if (!misfit) return { count, length: frames * FRAME_LENGTH, frames, encoding: this.#code };
    new Uint8Array(view.buffer, view.byteOffset + start, capacity).fill(0);
    return this.#plain(from, stop, encoding.INT32, view, start, capacity, littleEndian(encoding.INT32));
  }

  #plain(
    from: number,
    stop: number,
    code: number,
    view: DataView,
    start: number,
    capacity: number,
    little: boolean,
  ): WrittenPayload {
    const samples = this.#samples;
    const width = encodings.get(code)!.width!;
    const count = Math.min(stop - from, Math.floor(capacity / width));
    for (let i = 0, at = start; i < count; i++, at += width) {
      const sample = samples[from + i]!;
      if (code === encoding.INT32) view.setInt32(at, sample, little);
      else if (code === encoding.FLOAT32) view.setFloat32(at, sample, little);
      else view.setFloat64(at, sample, little);
    }
    return { count, length: count * width, frames: 0, encoding: code };
  }
}
