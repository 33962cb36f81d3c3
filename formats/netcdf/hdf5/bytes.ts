/**
 * Reading an HDF5 file by addresses. HDF5 File Format Specification, version 3.0. Everything is little-endian; whoever reads beyond the end or finds
 * another signature than is due leaves by `BadHdf5`, which never leaves this folder.
 */

export class BadHdf5 extends Error {}

/** Widths of addresses and lengths, from the superblock. */
export interface Hdf5File {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly offsetWidth: number;
  readonly lengthWidth: number;
}

export class Cursor {
  readonly file: Hdf5File;
  at: number;

  constructor(file: Hdf5File, at: number) {
    this.file = file;
    this.at = at;
  }

  #take(count: number): number {
    const from = this.at;
    if (!(from >= 0) || from + count > this.file.bytes.length)
      throw new BadHdf5(`an address leads to byte ${from} of ${this.file.bytes.length}`);
    this.at += count;
    return from;
  }

  /** An unsigned number of up to eight bytes; above 2^53 it is not exact. */
  unsigned(width: number): number {
    const from = this.#take(width);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.file.bytes[from + i]!;
    return value;
  }

  /** An address; null for none (all ones). */
  address(): number | null {
    const value = this.unsigned(this.file.offsetWidth);
    return value >= 256 ** this.file.offsetWidth - 2048 ? null : value;
  }

  length(): number {
    return this.unsigned(this.file.lengthWidth);
  }

  bytes(count: number): Uint8Array {
    const from = this.#take(count);
    return this.file.bytes.subarray(from, from + count);
  }

  skip(count: number): void {
    this.#take(count);
  }

  text(count: number): string {
    const bytes = this.bytes(count);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  expect(signature: string): void {
    const found = this.text(signature.length);
    if (found !== signature) throw new BadHdf5(`${signature} is not where it is due`);
  }
}

/** Bytes that a number up to `limit` takes in a variable-width field. */
export const widthFor = (limit: number): number => Math.floor(Math.log2(Math.max(1, limit)) / 8) + 1;
