/** Heaps: the fractal heap, which holds the links and attributes of objects that have many, and the global heap of values of variable length. */
import { BadHdf5, Cursor, type Hdf5File, widthFor } from "./bytes.ts";

/** Place and length of an object in a fractal heap, by its identifier. */
export type HeapLookup = (id: Cursor) => { readonly at: number; readonly length: number };

export interface FractalHeap {
  readonly idLength: number;
  readonly find: HeapLookup;
}

interface Table {
  readonly width: number;
  readonly startSize: number;
  readonly maxDirect: number;
  /** Bytes of an offset in the heap. */
  readonly offsetBytes: number;
}

export function fractalHeap(file: Hdf5File, address: number): FractalHeap {
  const cursor = new Cursor(file, address);
  cursor.expect("FRHP");
  cursor.skip(1);
  const idLength = cursor.unsigned(2);
  const filterLength = cursor.unsigned(2);
  cursor.skip(1);
  const maxManaged = cursor.unsigned(4);
  cursor.skip(2 * file.offsetWidth + 10 * file.lengthWidth);
  const width = cursor.unsigned(2);
  const [startSize, maxDirect] = [cursor.length(), cursor.length()];
  const heapBits = cursor.unsigned(2);
  cursor.skip(2);
  const root = cursor.address();
  const rows = cursor.unsigned(2);
  if (filterLength > 0) throw new BadHdf5("a heap is compressed");
  if (root === null || width === 0 || startSize === 0) throw new BadHdf5("a heap is empty");
  const table: Table = { width, startSize, maxDirect, offsetBytes: Math.ceil(heapBits / 8) };
  const lengthBytes = widthFor(Math.min(maxDirect, maxManaged));
  const find: HeapLookup = (id) => {
    const kind = (id.unsigned(1) >> 4) & 3;
    if (kind !== 0) throw new BadHdf5("an object of a heap is stored outside it");
    const offset = id.unsigned(table.offsetBytes);
    const length = id.unsigned(lengthBytes);
    const at = rows === 0 ? root + offset : placeIn(file, table, root, rows, 0, offset);
    return { at, length };
  };
  return { idLength, find };
}

/** Blocks double from the third row on. */
const blockSize = ({ startSize }: Table, row: number) => startSize * 2 ** Math.max(0, row - 1);

function placeIn(file: Hdf5File, table: Table, address: number, rows: number, start: number, offset: number): number {
  new Cursor(file, address).expect("FHIB");
  const entries = address + 5 + file.offsetWidth + table.offsetBytes;
  let begin = start;
  for (let row = 0; row < rows; row++) {
    const size = blockSize(table, row);
    if (offset >= begin + size * table.width) {
      begin += size * table.width;
      continue;
    }
    const column = Math.floor((offset - begin) / size);
    const child = new Cursor(file, entries + (row * table.width + column) * file.offsetWidth).address();
    if (child === null) throw new BadHdf5("a heap has a hole where an object is due");
    const own = begin + column * size;
    if (size <= table.maxDirect) return child + offset - own;
    // A row of indirect blocks: the child has as many rows as make up its size.
    const inner = Math.log2(size / (table.startSize * table.width)) + 1;
    return placeIn(file, table, child, Math.floor(inner), own, offset);
  }
  throw new BadHdf5("a heap ends before an object");
}

/** Content of an object of the global heap: a value of variable length refers to it by address and number. */
export function globalHeapObject(file: Hdf5File, address: number, number: number): Cursor {
  const cursor = new Cursor(file, address);
  cursor.expect("GCOL");
  cursor.skip(4);
  const end = address + cursor.length();
  while (cursor.at + 16 <= end) {
    const index = cursor.unsigned(2);
    cursor.skip(6);
    const length = cursor.length();
    if (index === number) return new Cursor(file, cursor.at);
    if (index === 0) break;
    cursor.skip(Math.ceil(length / 8) * 8);
  }
  throw new BadHdf5("a value of variable length is missing");
}
