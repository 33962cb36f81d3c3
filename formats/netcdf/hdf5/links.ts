/** Names in a group and the objects they lead to: links in the header, links in a heap, and the symbol tables of old files. */
import { Cursor, type Hdf5File } from "./bytes.ts";
import { fractalHeap } from "./heaps.ts";
import { LINK, LINK_INFO, type Message, SYMBOL_TABLE } from "./objectHeader.ts";
import { recordsOfTree2, symbolNodes } from "./trees.ts";

const MAX_LINKS = 100_000;
/** Bytes of the hash that stands before a heap identifier in a record of link names. */
const HASH = 4;

export interface Link {
  readonly name: string;
  readonly address: number;
}

export function readLinks(file: Hdf5File, messages: readonly Message[]): Link[] {
  return messages.flatMap(({ type, at }) => {
    if (type === LINK) return linkAt(file, at) ?? [];
    if (type === LINK_INFO) return denseLinks(file, at);
    return type === SYMBOL_TABLE ? symbols(file, at) : [];
  });
}

/** Null for a link that does not lead to an object of this file. */
function linkAt(file: Hdf5File, at: number): Link | null {
  const cursor = new Cursor(file, at);
  cursor.skip(1);
  const flags = cursor.unsigned(1);
  const kind = flags & 0x08 ? cursor.unsigned(1) : 0;
  if (flags & 0x04) cursor.skip(8);
  if (flags & 0x10) cursor.skip(1);
  const name = cursor.text(cursor.unsigned(2 ** (flags & 3)));
  const address = kind === 0 ? cursor.address() : null;
  return address === null ? null : { name, address };
}

function denseLinks(file: Hdf5File, at: number): Link[] {
  const cursor = new Cursor(file, at);
  cursor.skip(1);
  if (cursor.unsigned(1) & 1) cursor.skip(8);
  const [heapAddress, names] = [cursor.address(), cursor.address()];
  if (heapAddress === null || names === null) return [];
  const heap = fractalHeap(file, heapAddress);
  return recordsOfTree2(file, names, MAX_LINKS).flatMap(
    (record) => linkAt(file, heap.find(new Cursor(file, record + HASH)).at) ?? [],
  );
}

function symbols(file: Hdf5File, at: number): Link[] {
  const cursor = new Cursor(file, at);
  const [tree, heapAddress] = [cursor.address(), cursor.address()];
  if (tree === null || heapAddress === null) return [];
  const heap = new Cursor(file, heapAddress);
  heap.expect("HEAP");
  heap.skip(4 + 2 * file.lengthWidth);
  const names = heap.address() ?? 0;
  return symbolNodes(file, tree).flatMap((address) => {
    const node = new Cursor(file, address);
    node.expect("SNOD");
    node.skip(2);
    return Array.from({ length: node.unsigned(2) }, () => {
      const name = textAt(file, names + node.unsigned(file.offsetWidth));
      const target = node.address();
      node.skip(24);
      return { name, address: target ?? -1 };
    });
  });
}

/** A text that ends with a zero. */
function textAt(file: Hdf5File, at: number): string {
  const end = file.bytes.indexOf(0, at);
  return new Cursor(file, at).text(Math.max(0, end - at));
}
