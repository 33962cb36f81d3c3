/** Types and shapes, and numbers and texts by them. */
import type { NumericArray } from "../dataset.ts";
import { BadHdf5, Cursor, type Hdf5File } from "./bytes.ts";
import { globalHeapObject } from "./heaps.ts";

export type Datatype =
  | { readonly kind: "integer"; readonly size: number; readonly signed: boolean; readonly little: boolean }
  | { readonly kind: "float"; readonly size: number; readonly little: boolean }
  | { readonly kind: "text"; readonly size: number }
  | { readonly kind: "variableText" | "variableList"; readonly size: number }
  | { readonly kind: "other"; readonly size: number };

export function readDatatype(file: Hdf5File, at: number): Datatype {
  const cursor = new Cursor(file, at);
  const kind = cursor.unsigned(1) & 15;
  const bits = cursor.unsigned(3);
  const size = cursor.unsigned(4);
  const little = (bits & 1) === 0;
  if (kind === 0) return { kind: "integer", size, signed: (bits & 8) !== 0, little };
  if (kind === 1) return { kind: "float", size, little };
  if (kind === 3) return { kind: "text", size };
  if (kind === 9) return { kind: (bits & 15) === 1 ? "variableText" : "variableList", size };
  return { kind: "other", size };
}

/** Sizes of the dimensions; [] for a single value, null for none. */
export function readShape(file: Hdf5File, at: number): number[] | null {
  const cursor = new Cursor(file, at);
  const version = cursor.unsigned(1);
  const rank = cursor.unsigned(1);
  cursor.skip(1);
  const kind = cursor.unsigned(1);
  if (version === 1) cursor.skip(4);
  if (version === 2 && kind === 2) return null;
  if (rank > 32) throw new BadHdf5(`a shape has ${rank} dimensions`);
  return Array.from({ length: rank }, () => cursor.length());
}

/** `count` numbers of a type from bytes that hold them all; null for a type that is no number. */
export function readNumbers(bytes: Uint8Array, type: Datatype, count: number): NumericArray | null {
  if (type.kind !== "integer" && type.kind !== "float") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { size, little } = type;
  const fill = <T extends NumericArray>(values: T, read: (at: number) => number): T => {
    for (let i = 0; i < count; i++) values[i] = read(i * size);
    return values;
  };
  if (type.kind === "float") {
    if (size === 4) return fill(new Float32Array(count), (at) => view.getFloat32(at, little));
    return size === 8 ? fill(new Float64Array(count), (at) => view.getFloat64(at, little)) : null;
  }
  const { signed } = type;
  if (size === 1)
    return signed
      ? fill(new Int8Array(count), (at) => view.getInt8(at))
      : fill(new Uint8Array(count), (at) => view.getUint8(at));
  if (size === 2)
    return signed
      ? fill(new Int16Array(count), (at) => view.getInt16(at, little))
      : fill(new Uint16Array(count), (at) => view.getUint16(at, little));
  if (size === 4)
    return signed
      ? fill(new Int32Array(count), (at) => view.getInt32(at, little))
      : fill(new Uint32Array(count), (at) => view.getUint32(at, little));
  if (size !== 8) return null;
  return fill(new Float64Array(count), (at) =>
    Number(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little)),
  );
}

/** A value of variable length: how many elements, and where they are. */
export function readVariable(cursor: Cursor): { readonly count: number; readonly at: Cursor } | null {
  const count = cursor.unsigned(4);
  const address = cursor.address();
  const number = cursor.unsigned(4);
  if (count === 0 || address === null || address === 0) return null;
  return { count, at: globalHeapObject(cursor.file, address, number) };
}
