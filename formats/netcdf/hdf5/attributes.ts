/** Attributes of an object, in its header or in a heap when there are many. */
import { sizeOf } from "../dataset.ts";
import { BadHdf5, Cursor, type Hdf5File } from "./bytes.ts";
import { fractalHeap } from "./heaps.ts";
import { ATTRIBUTE, ATTRIBUTE_INFO, type Message } from "./objectHeader.ts";
import { recordsOfTree2 } from "./trees.ts";
import { type Datatype, readDatatype, readNumbers, readShape, readVariable } from "./values.ts";

const MAX_ATTRIBUTES = 10_000;
/** Elements of one attribute. */
const MAX_ELEMENTS = 1_000_000;

/** What an attribute holds: a text, numbers, or for lists of references the addresses that they lead to. */
export type AttributeValue = string | readonly number[] | { readonly references: readonly number[] };

export function readAttributes(file: Hdf5File, messages: readonly Message[]): Map<string, AttributeValue> {
  const found = new Map<string, AttributeValue>();
  for (const { type, at } of messages) {
    if (type === ATTRIBUTE) addAttribute(file, at, found);
    if (type === ATTRIBUTE_INFO) for (const place of denseAttributes(file, at)) addAttribute(file, place, found);
  }
  return found;
}

function denseAttributes(file: Hdf5File, at: number): number[] {
  const cursor = new Cursor(file, at);
  cursor.skip(1);
  const flags = cursor.unsigned(1);
  if (flags & 1) cursor.skip(2);
  const [heapAddress, names] = [cursor.address(), cursor.address()];
  if (heapAddress === null || names === null) return [];
  const heap = fractalHeap(file, heapAddress);
  return recordsOfTree2(file, names, MAX_ATTRIBUTES).map((record) => heap.find(new Cursor(file, record)).at);
}

function addAttribute(file: Hdf5File, at: number, found: Map<string, AttributeValue>): void {
  const cursor = new Cursor(file, at);
  const version = cursor.unsigned(1);
  cursor.skip(1);
  const [nameLength, typeLength, shapeLength] = [cursor.unsigned(2), cursor.unsigned(2), cursor.unsigned(2)];
  if (version < 1 || version > 3) throw new BadHdf5("an attribute is of an unknown version");
  if (version === 3) cursor.skip(1);
  const padded = (length: number) => (version === 1 ? Math.ceil(length / 8) * 8 : length);
  const name = cursor.text(nameLength);
  cursor.skip(padded(nameLength) - nameLength);
  const type = readDatatype(file, cursor.at);
  cursor.skip(padded(typeLength));
  const shape = readShape(file, cursor.at);
  cursor.skip(padded(shapeLength));
  const count = shape ? sizeOf(shape) : 0;
  if (count > MAX_ELEMENTS) throw new BadHdf5(`attribute ${name} has ${count} elements`);
  const value = attributeValue(cursor, type, count);
  if (value !== null) found.set(name, value);
}

function attributeValue(cursor: Cursor, type: Datatype, count: number): AttributeValue | null {
  if (type.kind === "text") return cursor.text(type.size * Math.min(1, count));
  if (type.kind === "variableText") {
    const text = count > 0 ? readVariable(cursor) : null;
    return text ? text.at.text(text.count) : "";
  }
  if (type.kind === "variableList")
    return {
      references: Array.from({ length: count }, () => {
        const list = readVariable(cursor);
        return (list ? list.at.address() : null) ?? -1;
      }),
    };
  const numbers = readNumbers(cursor.bytes(type.size * count), type, count);
  return numbers ? Array.from(numbers) : null;
}
