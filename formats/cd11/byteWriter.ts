/** Writes the big-endian fields of a frame one after the other, into bytes that grow. */
import { latin1Bytes } from "../latin1.ts";
import { padded } from "./byteReader.ts";

const FIRST_CAPACITY = 1_024;

export class ByteWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written from `from` on, in place. */
  written(from = 0): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(from, this.#length);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  uint8(value: number): void {
    const at = this.#advance(1);
    this.#view.setUint8(at, value);
  }

  uint16(value: number): void {
    const at = this.#advance(2);
    this.#view.setUint16(at, value);
  }

  int32(value: number): void {
    const at = this.#advance(4);
    this.#view.setInt32(at, value);
  }

  float32(value: number): void {
    const at = this.#advance(4);
    this.#view.setFloat32(at, value);
  }

  int64(value: bigint): void {
    const at = this.#advance(8);
    this.#view.setBigInt64(at, value);
  }

  uint64(value: bigint): void {
    const at = this.#advance(8);
    this.#view.setBigUint64(at, value);
  }

  /** Puts a number in place of one written before. */
  int32At(at: number, value: number): void {
    this.#view.setInt32(at, value);
  }

  bytes(value: Uint8Array): void {
    const at = this.#advance(value.length);
    this.#bytes.set(value, at);
  }

  /** Filled up with NULs; a text that is too long is an error of the caller. */
  text(value: string, width: number): void {
    if (value.length > width) throw new RangeError(`"${value}" does not fit the ${width} letters of its field.`);
    const at = this.#advance(width);
    this.#bytes.set(latin1Bytes(value), at);
  }

  /** Zeros that fill `size` bytes up to a multiple of four. */
  padding(size: number): void {
    this.#advance(padded(size) - size);
  }

  /** Where so many new bytes begin. */
  #advance(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
