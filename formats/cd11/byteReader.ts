/**
 * Reads the big-endian fields of a frame one after the other. What lies beyond the end reads as zeros and leaves `isShort` set, so that a
 * layout is read straight through and asked once.
 */
import { latin1 } from "../latin1.ts";

/** Everything in a frame begins at a multiple of this. */
const ALIGNMENT = 4;
export const padded = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #at: number;
  #isShort = false;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = from;
    this.#end = to;
  }

  /** Where the next field begins. */
  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  /** Whether more was asked for than is there. */
  get isShort(): boolean {
    return this.#isShort;
  }

  uint8(): number {
    const at = this.#advance(1);
    return at < 0 ? 0 : this.#bytes[at]!;
  }

  uint16(): number {
    const at = this.#advance(2);
    return at < 0 ? 0 : this.#view.getUint16(at);
  }

  int32(): number {
    const at = this.#advance(4);
    return at < 0 ? 0 : this.#view.getInt32(at);
  }

  float32(): number {
    const at = this.#advance(4);
    return at < 0 ? 0 : this.#view.getFloat32(at);
  }

  int64(): bigint {
    const at = this.#advance(8);
    return at < 0 ? 0n : this.#view.getBigInt64(at);
  }

  uint64(): bigint {
    return BigInt.asUintN(64, this.int64());
  }

  /** In place. A negative size reads as none and as short. */
  bytes(size: number): Uint8Array {
    const at = this.#advance(size);
    return at < 0 ? new Uint8Array(0) : this.#bytes.subarray(at, at + size);
  }

  /** Without the NULs that fill it up. */
  text(size: number): string {
    return withoutFill(latin1(this.bytes(size)));
  }

  /** Passes over what fills `size` bytes up to a multiple of four. */
  skipPadding(size: number): void {
    this.bytes(padded(size) - size);
  }

  /** Where so many bytes begin; -1 when they are not there. */
  #advance(size: number): number {
    const at = this.#at;
    if (size < 0 || size > this.left) {
      this.#isShort = true;
      this.#at = this.#end;
      return -1;
    }
    this.#at += size;
    return at;
  }
}

export function withoutFill(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
