/** Object headers, versions 1 and 2: the messages that say what an object is, over any number of continuation blocks. */
import { BadHdf5, Cursor, type Hdf5File } from "./bytes.ts";

export interface Message {
  readonly type: number;
  /** Where its content begins, and how long it is. */
  readonly at: number;
  readonly length: number;
}

export const DATASPACE = 0x01;
export const LINK_INFO = 0x02;
export const DATATYPE = 0x03;
export const LINK = 0x06;
export const LAYOUT = 0x08;
export const FILTERS = 0x0b;
export const ATTRIBUTE = 0x0c;
export const CONTINUATION = 0x10;
export const SYMBOL_TABLE = 0x11;
export const ATTRIBUTE_INFO = 0x15;

/** Continuation blocks of one object; they could lead in a circle. */
const MAX_BLOCKS = 1000;

export function readMessages(file: Hdf5File, address: number): Message[] {
  const head = new Cursor(file, address);
  if (head.unsigned(1) === 1) return version1(file, head);
  const cursor = new Cursor(file, address);
  cursor.expect("OHDR");
  if (cursor.unsigned(1) !== 2) throw new BadHdf5("an object header is of an unknown version");
  const flags = cursor.unsigned(1);
  if (flags & 0x20) cursor.skip(16);
  if (flags & 0x10) cursor.skip(4);
  const size = cursor.unsigned(2 ** (flags & 3));
  const blocks: { at: number; length: number }[] = [{ at: cursor.at, length: size }];
  const messages: Message[] = [];
  const headLength = flags & 4 ? 6 : 4;
  for (let b = 0; b < blocks.length; b++) {
    const block = new Cursor(file, blocks[b]!.at);
    const end = block.at + blocks[b]!.length;
    // What is shorter than a message's head at the end is a gap.
    while (block.at + headLength <= end) {
      const [type, length] = [block.unsigned(1), block.unsigned(2)];
      block.skip(headLength - 3);
      messages.push({ type, at: block.at, length });
      if (type === CONTINUATION) {
        const next = continuationOf(file, block.at);
        new Cursor(file, next.at).expect("OCHK");
        blocks.push({ at: next.at + 4, length: next.length - 8 });
        if (blocks.length > MAX_BLOCKS) throw new BadHdf5("an object header goes on without end");
      }
      block.skip(length);
    }
  }
  return messages;
}

function version1(file: Hdf5File, head: Cursor): Message[] {
  head.skip(1);
  let left = head.unsigned(2);
  head.skip(4);
  const size = head.unsigned(4);
  head.skip(4);
  const blocks: { at: number; length: number }[] = [{ at: head.at, length: size }];
  const messages: Message[] = [];
  for (let b = 0; b < blocks.length; b++) {
    const block = new Cursor(file, blocks[b]!.at);
    const end = block.at + blocks[b]!.length;
    while (block.at + 8 <= end && left > 0) {
      left--;
      const [type, length] = [block.unsigned(2), block.unsigned(2)];
      block.skip(4);
      messages.push({ type, at: block.at, length });
      if (type === CONTINUATION) blocks.push(continuationOf(file, block.at));
      block.skip(length);
    }
  }
  return messages;
}

function continuationOf(file: Hdf5File, at: number): { at: number; length: number } {
  const cursor = new Cursor(file, at);
  const address = cursor.address();
  if (address === null) throw new BadHdf5("an object header goes on nowhere");
  return { at: address, length: cursor.length() };
}
