/** The bytes of a dataset: in its header, in one piece, or in chunks that filters may have packed. */

import { inflateZlib } from "../../inflate.ts";
import { sizeOf } from "../dataset.ts";
import { BadHdf5, Cursor, type Hdf5File } from "./bytes.ts";
import { FILTERS, LAYOUT, type Message } from "./objectHeader.ts";
import { type Chunk, chunksOfTree1 } from "./trees.ts";

const DEFLATE = 1;
const SHUFFLE = 2;
const CHECKSUM = 3;
/** Kinds of chunk index of layout version 4. */
const SINGLE_CHUNK = 1;
const IMPLICIT = 2;

const MAX_CHUNKS = 1_000_000;

interface Chunked {
  /** In elements. */
  readonly shape: readonly number[];
  readonly chunks: readonly Chunk[];
}

/** All bytes of a dataset with a shape, row after row. What was never written is 0. Throws BadHdf5. */
export function storedBytes(
  file: Hdf5File,
  messages: readonly Message[],
  shape: readonly number[],
  elementSize: number,
): Uint8Array {
  const layout = messages.find(({ type }) => type === LAYOUT);
  if (!layout) throw new BadHdf5("a dataset has no layout");
  const cursor = new Cursor(file, layout.at);
  const version = cursor.unsigned(1);
  if (version !== 3 && version !== 4) throw new BadHdf5(`a layout of version ${version} is not read`);
  const kind = cursor.unsigned(1);
  const total = sizeOf(shape) * elementSize;
  if (kind === 0) return exactly(cursor.bytes(cursor.unsigned(2)), total);
  if (kind === 1) {
    const address = cursor.address();
    return address === null ? new Uint8Array(total) : new Cursor(file, address).bytes(total);
  }
  if (kind !== 2) throw new BadHdf5(`a layout of kind ${kind} is not read`);
  const chunked = version === 3 ? chunks3(cursor, shape.length) : chunks4(cursor, shape, elementSize);
  return gather(file, chunked, filtersOf(file, messages), shape, elementSize);
}

function exactly(bytes: Uint8Array, total: number): Uint8Array {
  if (bytes.length < total) throw new BadHdf5(`${bytes.length} of ${total} bytes are there`);
  return bytes.subarray(0, total);
}

function chunks3(cursor: Cursor, rank: number): Chunked {
  if (cursor.unsigned(1) !== rank + 1) throw new BadHdf5("chunks have another rank than their dataset");
  const tree = cursor.address();
  const shape = Array.from({ length: rank }, () => cursor.unsigned(4));
  return { shape, chunks: tree === null ? [] : chunksOfTree1(cursor.file, tree, rank, MAX_CHUNKS) };
}

function chunks4(cursor: Cursor, whole: readonly number[], elementSize: number): Chunked {
  const flags = cursor.unsigned(1);
  const rank = cursor.unsigned(1) - 1;
  if (rank !== whole.length) throw new BadHdf5("chunks have another rank than their dataset");
  const width = cursor.unsigned(1);
  const shape = Array.from({ length: rank }, () => cursor.unsigned(width));
  cursor.skip(width);
  const index = cursor.unsigned(1);
  const bytes = sizeOf(shape) * elementSize;
  if (index === SINGLE_CHUNK) {
    const storedBytes = flags & 2 ? cursor.length() : bytes;
    const filterMask = flags & 2 ? cursor.unsigned(4) : 0;
    const address = cursor.address();
    return {
      shape,
      chunks: address === null ? [] : [{ address, storedBytes, filterMask, offsets: shape.map(() => 0) }],
    };
  }
  if (index !== IMPLICIT) throw new BadHdf5(`chunks by an index of kind ${index} are not read`);
  const first = cursor.address();
  const across = whole.map((n, d) => Math.ceil(n / shape[d]!));
  const count = sizeOf(across);
  if (first === null) return { shape, chunks: [] };
  if (count > MAX_CHUNKS) throw new BadHdf5("a dataset has too many chunks");
  const chunks = Array.from({ length: count }, (_, i) => {
    let rest = i;
    const offsets = across.map(() => 0);
    for (let d = rank - 1; d >= 0; d--) {
      offsets[d] = (rest % across[d]!) * shape[d]!;
      rest = Math.floor(rest / across[d]!);
    }
    return { address: first + i * bytes, storedBytes: bytes, filterMask: 0, offsets };
  });
  return { shape, chunks };
}

function filtersOf(file: Hdf5File, messages: readonly Message[]): number[] {
  const message = messages.find(({ type }) => type === FILTERS);
  if (!message) return [];
  const cursor = new Cursor(file, message.at);
  const version = cursor.unsigned(1);
  const count = cursor.unsigned(1);
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.unsigned(2);
    const nameLength = version === 1 || id >= 256 ? cursor.unsigned(2) : 0;
    cursor.skip(2);
    const values = cursor.unsigned(2);
    cursor.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    cursor.skip(4 * (version === 1 && values % 2 === 1 ? values + 1 : values));
    if (id !== DEFLATE && id !== SHUFFLE && id !== CHECKSUM) throw new BadHdf5(`filter ${id} is not read`);
    return id;
  });
}

function gather(
  file: Hdf5File,
  { shape, chunks }: Chunked,
  filters: readonly number[],
  whole: readonly number[],
  elementSize: number,
): Uint8Array {
  const out = new Uint8Array(sizeOf(whole) * elementSize);
  const chunkBytes = sizeOf(shape) * elementSize;
  // A chunk may reach over the dataset's edge, but no dimension of it needs to be longer than the file.
  if (!(chunkBytes > 0) || chunkBytes > 2 ** 31) throw new BadHdf5(`chunks of ${chunkBytes} bytes are not read`);
  for (const { address, storedBytes: stored, filterMask, offsets } of chunks) {
    let bytes = new Cursor(file, address).bytes(stored);
    for (let f = filters.length - 1; f >= 0; f--) {
      if ((filterMask >> f) & 1) continue;
      if (filters[f] === DEFLATE) bytes = inflateZlib(bytes, chunkBytes + 4) ?? bad("a chunk cannot be inflated");
      else if (filters[f] === CHECKSUM) bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
      else bytes = unshuffled(bytes, elementSize);
    }
    copyChunk(exactly(bytes, chunkBytes), shape, offsets, out, whole, elementSize);
  }
  return out;
}

const bad = (message: string): never => {
  throw new BadHdf5(message);
};

/** First bytes of all elements, then the second bytes, and so on: put together again. */
function unshuffled(bytes: Uint8Array, elementSize: number): Uint8Array {
  const count = Math.floor(bytes.length / elementSize);
  const out = new Uint8Array(bytes.length);
  for (let b = 0; b < elementSize; b++)
    for (let i = 0; i < count; i++) out[i * elementSize + b] = bytes[b * count + i]!;
  return out;
}

function copyChunk(
  chunk: Uint8Array,
  shape: readonly number[],
  offsets: readonly number[],
  out: Uint8Array,
  whole: readonly number[],
  elementSize: number,
): void {
  const rank = shape.length;
  const copy = (d: number, from: number, to: number): void => {
    const n = Math.min(shape[d]!, whole[d]! - offsets[d]!);
    if (!(n > 0)) return;
    if (d === rank - 1) {
      const at = (to + offsets[d]!) * elementSize;
      out.set(chunk.subarray(from * elementSize, (from + n) * elementSize), at);
      return;
    }
    for (let i = 0; i < n; i++) copy(d + 1, (from + i) * shape[d + 1]!, (to + offsets[d]! + i) * whole[d + 1]!);
  };
  if (rank === 0) out.set(chunk.subarray(0, out.length));
  else copy(0, 0, 0);
}
