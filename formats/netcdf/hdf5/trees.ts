/** B-trees: version 2, which lists the objects of a fractal heap, and version 1, which lists groups' names and datasets' chunks. */
import { BadHdf5, Cursor, type Hdf5File, widthFor } from "./bytes.ts";

const MAX_DEPTH = 20;
/** Signature, version, type and checksum of a node. */
const NODE_OVERHEAD = 10;

/** Where each record of a version 2 tree begins, at most `maxRecords`. */
export function recordsOfTree2(file: Hdf5File, address: number, maxRecords: number): number[] {
  const head = new Cursor(file, address);
  head.expect("BTHD");
  head.skip(2);
  const nodeSize = head.unsigned(4);
  const recordSize = head.unsigned(2);
  const depth = head.unsigned(2);
  head.skip(2);
  const root = head.address();
  const inRoot = head.unsigned(2);
  if (root === null || recordSize === 0) return [];
  if (depth > MAX_DEPTH) throw new BadHdf5("a tree is too deep");
  // Most records of a node at each depth, and of all below it, tell how wide their counts are written.
  const inLeaf = Math.floor((nodeSize - NODE_OVERHEAD) / recordSize);
  const levels = [{ most: inLeaf, below: inLeaf, belowWidth: 0 }];
  const countWidth = widthFor(inLeaf);
  for (let d = 1; d <= depth; d++) {
    const before = levels[d - 1]!;
    const pointer = file.offsetWidth + countWidth + (d > 1 ? before.belowWidth : 0);
    const most = Math.floor((nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer));
    const below = (most + 1) * before.below + most;
    levels.push({ most, below, belowWidth: widthFor(below) });
  }
  const found: number[] = [];
  const walk = (at: number, count: number, level: number): void => {
    const cursor = new Cursor(file, at);
    cursor.expect(level === 0 ? "BTLF" : "BTIN");
    cursor.skip(2);
    for (let i = 0; i < count; i++) {
      if (found.length >= maxRecords) throw new BadHdf5("a tree has too many records");
      found.push(cursor.at);
      cursor.skip(recordSize);
    }
    if (level === 0) return;
    for (let i = 0; i <= count; i++) {
      const child = cursor.address();
      const inChild = cursor.unsigned(countWidth);
      if (level > 1) cursor.skip(levels[level - 1]!.belowWidth);
      if (child === null) throw new BadHdf5("a tree leads nowhere");
      walk(child, inChild, level - 1);
    }
  };
  walk(root, inRoot, depth);
  return found;
}

export interface Chunk {
  readonly address: number;
  readonly storedBytes: number;
  /** Filters that were left out for this chunk, a bit each. */
  readonly filterMask: number;
  /** Of its first element. */
  readonly offsets: readonly number[];
}

/** Chunks of a dataset of a rank. */
export function chunksOfTree1(file: Hdf5File, address: number, rank: number, maxChunks: number): Chunk[] {
  const chunks: Chunk[] = [];
  walk1(file, address, 1, 0, (cursor) => {
    const storedBytes = cursor.unsigned(4);
    const filterMask = cursor.unsigned(4);
    const offsets = Array.from({ length: rank }, () => cursor.unsigned(8));
    cursor.skip(8);
    return (child) => {
      if (chunks.length >= maxChunks) throw new BadHdf5("a dataset has too many chunks");
      chunks.push({ address: child, storedBytes, filterMask, offsets });
    };
  });
  return chunks;
}

/** Symbol nodes of an old group. */
export function symbolNodes(file: Hdf5File, address: number): number[] {
  const nodes: number[] = [];
  walk1(file, address, 0, 0, (cursor) => {
    cursor.skip(file.lengthWidth);
    return (child) => {
      if (nodes.length > 100_000) throw new BadHdf5("a group has too many names");
      nodes.push(child);
    };
  });
  return nodes;
}

/** Keys stand between children; `key` reads one and says what is to be done with the child behind it in a leaf. */
function walk1(
  file: Hdf5File,
  address: number,
  type: number,
  depth: number,
  key: (cursor: Cursor) => (child: number) => void,
): void {
  if (depth > MAX_DEPTH) throw new BadHdf5("a tree is too deep");
  const cursor = new Cursor(file, address);
  cursor.expect("TREE");
  if (cursor.unsigned(1) !== type) throw new BadHdf5("a tree is of another kind");
  const level = cursor.unsigned(1);
  const used = cursor.unsigned(2);
  cursor.skip(2 * file.offsetWidth);
  for (let i = 0; i < used; i++) {
    const use = key(cursor);
    const child = cursor.address();
    if (child === null) throw new BadHdf5("a tree leads nowhere");
    if (level === 0) use(child);
    else if (level > MAX_DEPTH - depth) throw new BadHdf5("a tree is too deep");
    else walk1(file, child, type, depth + 1, key);
  }
}
