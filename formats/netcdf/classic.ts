/**
 * The classic netCDF formats: CDF-1, CDF-2 (64-bit offsets) and CDF-5 (64-bit sizes). NetCDF User's Guide, "File Format Specifications".
 */
import type { ProblemList } from "@harken/core";
import { type NetcdfDataset, type NetcdfVariable, type NumericArray, sizeOf } from "./dataset.ts";

const DIMENSIONS = 10;
const VARIABLES = 11;
const ATTRIBUTES = 12;
const CHAR = 2;
/** Dimensions of one variable; the library's own bound is 1024. */
const MAX_RANK = 32;

/** By nc_type, how many bytes a value takes. */
const WIDTHS: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8 };

type ReadOne = (view: DataView, at: number) => number;
const READERS: Readonly<Record<number, readonly [make: (n: number) => NumericArray, read: ReadOne]>> = {
  1: [(n) => new Int8Array(n), (view, at) => view.getInt8(at)],
  2: [(n) => new Uint8Array(n), (view, at) => view.getUint8(at)],
  3: [(n) => new Int16Array(n), (view, at) => view.getInt16(at)],
  4: [(n) => new Int32Array(n), (view, at) => view.getInt32(at)],
  5: [(n) => new Float32Array(n), (view, at) => view.getFloat32(at)],
  6: [(n) => new Float64Array(n), (view, at) => view.getFloat64(at)],
  7: [(n) => new Uint8Array(n), (view, at) => view.getUint8(at)],
  8: [(n) => new Uint16Array(n), (view, at) => view.getUint16(at)],
  9: [(n) => new Uint32Array(n), (view, at) => view.getUint32(at)],
  10: [(n) => new Float64Array(n), (view, at) => Number(view.getBigInt64(at))],
  11: [(n) => new Float64Array(n), (view, at) => Number(view.getBigUint64(at))],
};

/** Thrown inside this file only, where the header does not go on as it should. */
class BadHeader extends Error {}

/** The header says where everything is; the numbers are read when they are asked for. Null when it cannot be understood. */
export function readClassic(bytes: Uint8Array, maxSamples: number, problems: ProblemList): NetcdfDataset | null {
  try {
    return readHeader(bytes, maxSamples);
  } catch (error) {
    if (!(error instanceof BadHeader)) throw error;
    problems.error("netcdf.header", `The header cannot be understood: ${error.message}.`);
    return null;
  }
}

interface Slab {
  readonly type: number;
  readonly begin: number;
  readonly isRecord: boolean;
  /** Bytes of one record's part, padded to four. */
  readonly recordBytes: number;
}

function readHeader(bytes: Uint8Array, maxSamples: number): NetcdfDataset {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[3]!;
  if (version !== 1 && version !== 2 && version !== 5) throw new BadHeader(`version ${version} is not known`);
  let at = 4;
  const need = (count: number) => {
    if (at + count > bytes.length) throw new BadHeader("the file ends inside it");
  };
  const u32 = () => {
    need(4);
    at += 4;
    return view.getUint32(at - 4);
  };
  const u64 = () => u32() * 2 ** 32 + u32();
  const size = version === 5 ? u64 : u32;
  const offset = version === 1 ? u32 : u64;
  const name = () => {
    const length = size();
    need(length);
    const text = new TextDecoder().decode(bytes.subarray(at, at + length));
    at += Math.ceil(length / 4) * 4;
    return text;
  };
  /** Number of entries of a list, each of at least `least` bytes. */
  const list = (tag: number, least: number) => {
    const [found, count] = [u32(), size()];
    if (found === 0 && count === 0) return 0;
    if (found !== tag) throw new BadHeader(`tag ${found} stands where ${tag} should`);
    need(count * least);
    return count;
  };
  const attributes = () => {
    const found = new Map<string, string | readonly number[]>();
    for (let n = list(ATTRIBUTES, 12); n > 0; n--) {
      const key = name();
      const [type, count] = [u32(), size()];
      const width = WIDTHS[type];
      if (!width) throw new BadHeader(`attribute ${key} is of type ${type}`);
      need(width * count);
      found.set(
        key,
        type === CHAR
          ? new TextDecoder().decode(bytes.subarray(at, at + count)).replace(/\0+$/, "")
          : Array.from({ length: count }, (_, i) => READERS[type]![1](view, at + i * width)),
      );
      at += Math.ceil((width * count) / 4) * 4;
    }
    return found;
  };

  const told = size();
  const dimensions: { name: string; length: number }[] = [];
  for (let n = list(DIMENSIONS, 8); n > 0; n--) dimensions.push({ name: name(), length: size() });
  const global = attributes();
  const slabs: (Slab & {
    name: string;
    dimensions: string[];
    lengths: number[];
    attributes: ReturnType<typeof attributes>;
  })[] = [];
  for (let n = list(VARIABLES, 20); n > 0; n--) {
    const own = name();
    const rank = size();
    if (rank > MAX_RANK) throw new BadHeader(`variable ${own} has ${rank} dimensions`);
    const over = Array.from({ length: rank }, () => {
      const dimension = dimensions[size()];
      if (!dimension) throw new BadHeader(`variable ${own} has a dimension that is not there`);
      return dimension;
    });
    const ofOwn = attributes();
    const type = u32();
    size();
    const begin = offset();
    const width = WIDTHS[type];
    if (!width) throw new BadHeader(`variable ${own} is of type ${type}`);
    const isRecord = over[0]?.length === 0;
    const lengths = over.map(({ length }) => length);
    const recordBytes = Math.ceil((width * sizeOf(isRecord ? lengths.slice(1) : lengths)) / 4) * 4;
    const names = over.map((dimension) => dimension.name);
    slabs.push({ name: own, dimensions: names, lengths, attributes: ofOwn, type, begin, isRecord, recordBytes });
  }
  const records = slabs.filter(({ isRecord }) => isRecord);
  // A single record variable is not padded.
  const [only] = records;
  const stride =
    records.length === 1
      ? WIDTHS[only!.type]! * sizeOf(only!.lengths.slice(1))
      : records.reduce((sum, { recordBytes }) => sum + recordBytes, 0);
  // A file that is still being written does not know its records.
  const streaming = version === 5 ? told >= 2 ** 63 : told === 2 ** 32 - 1;
  const first = records.reduce((least, { begin }) => Math.min(least, begin), bytes.length);
  const count = streaming ? (stride > 0 ? Math.floor((bytes.length - first) / stride) : 0) : told;
  const variables = slabs.map((slab): NetcdfVariable => {
    const shape = slab.isRecord ? [count, ...slab.lengths.slice(1)] : slab.lengths;
    return {
      name: slab.name,
      dimensions: slab.dimensions,
      shape,
      attributes: slab.attributes,
      read: () => readValues(view, slab, shape, stride, maxSamples),
    };
  });
  return { attributes: global, variables };
}

function readValues(
  view: DataView,
  slab: Slab,
  shape: readonly number[],
  stride: number,
  maxSamples: number,
): NumericArray | string {
  const total = sizeOf(shape);
  if (total > maxSamples) return `it has ${total} values`;
  const width = WIDTHS[slab.type]!;
  const [make, read] = READERS[slab.type]!;
  const records = slab.isRecord ? shape[0]! : 1;
  const perRecord = total / records;
  const end = slab.begin + (records - 1) * stride + perRecord * width;
  if (total === 0) return make(0);
  if (end > view.byteLength) return `the file ends after ${view.byteLength} of ${end} bytes`;
  const values = make(total);
  for (let r = 0, k = 0; r < records; r++)
    for (let i = 0, at = slab.begin + r * stride; i < perRecord; i++, at += width) values[k++] = read(view, at);
  return values;
}
