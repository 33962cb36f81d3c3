/**
 * Classic netCDF with 64-bit offsets (CDF-2), which every netCDF program reads: fixed dimensions, float32, float64 and int32 variables. NetCDF
 * User's Guide, "File Format Specifications".
 *
 *     encodeNetcdf({
 *       dimensions: { latitude: 180, longitude: 360 },
 *       attributes: { Conventions: "CF-1.6" },
 *       variables: [{ name: "latitude", dimensions: ["latitude"], attributes: { units: "degrees_north" }, values }],
 *     });
 */
import { sizeOf } from "./dataset.ts";

export interface NetcdfContents {
  readonly dimensions: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly variables: readonly {
    readonly name: string;
    readonly dimensions: readonly string[];
    readonly attributes: Readonly<Record<string, string | number>>;
    readonly values: Float32Array | Float64Array | Int32Array;
  }[];
}

const DIMENSIONS = 10;
const VARIABLES = 11;
const ATTRIBUTES = 12;
const CHAR = 2;
const INT = 4;
const FLOAT = 5;
const DOUBLE = 6;
/** Sizes that 32 bits cannot say are written as this; readers compute them from the shape. */
const SIZE_UNSAID = 0xffffffff;

/** Throws RangeError when a variable's values do not fill its shape. */
export function encodeNetcdf({ dimensions, attributes, variables }: NetcdfContents): Uint8Array {
  const names = Object.keys(dimensions);
  const header = (begins: readonly number[]) => {
    const out = new HeaderWriter();
    out.bytes([0x43, 0x44, 0x46, 2]);
    out.int(0);
    out.list(DIMENSIONS, names.length);
    for (const name of names) {
      out.name(name);
      out.int(dimensions[name]!);
    }
    out.attributes(attributes);
    out.list(VARIABLES, variables.length);
    variables.forEach((variable, i) => {
      out.name(variable.name);
      out.int(variable.dimensions.length);
      for (const name of variable.dimensions) out.int(names.indexOf(name));
      out.attributes(variable.attributes);
      out.int(typeOf(variable.values));
      out.int(Math.min(SIZE_UNSAID, padded(variable.values.byteLength)));
      out.long(begins[i] ?? 0);
    });
    return out.take();
  };
  for (const { name, dimensions: own, values } of variables)
    if (values.length !== sizeOf(own.map((dimension) => dimensions[dimension] ?? Number.NaN)))
      throw new RangeError(`the values of ${name} do not fill its dimensions`);
  // The header's length does not hang on the places that it names.
  let at = header([]).length;
  const begins = variables.map(({ values }) => {
    const begin = at;
    at += padded(values.byteLength);
    return begin;
  });
  const out = new Uint8Array(at);
  out.set(header(begins));
  const view = new DataView(out.buffer);
  variables.forEach(({ values }, i) => {
    writeValues(view, begins[i]!, values);
  });
  return out;
}

const typeOf = (values: Float32Array | Float64Array | Int32Array) =>
  values instanceof Float64Array ? DOUBLE : values instanceof Float32Array ? FLOAT : INT;

const padded = (bytes: number) => 4 * Math.ceil(bytes / 4);

function writeValues(view: DataView, begin: number, values: Float32Array | Float64Array | Int32Array): void {
  let at = begin;
  if (values instanceof Float64Array) for (let i = 0; i < values.length; i++, at += 8) view.setFloat64(at, values[i]!);
  else if (values instanceof Float32Array)
    for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]!);
  else for (let i = 0; i < values.length; i++, at += 4) view.setInt32(at, values[i]!);
}

/** Big-endian fields, text and numbers filled up to multiples of four. */
class HeaderWriter {
  readonly #bytes: number[] = [];

  bytes(values: Iterable<number>): void {
    for (const value of values) this.#bytes.push(value);
  }

  int(value: number): void {
    this.bytes([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  }

  long(value: number): void {
    this.int(Math.floor(value / 2 ** 32));
    this.int(value % 2 ** 32);
  }

  name(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.int(bytes.length);
    this.#filled(bytes);
  }

  /** A list's tag and length; an empty list has no tag. */
  list(tag: number, count: number): void {
    this.int(count > 0 ? tag : 0);
    this.int(count);
  }

  attributes(attributes: Readonly<Record<string, string | number>>): void {
    const entries = Object.entries(attributes);
    this.list(ATTRIBUTES, entries.length);
    for (const [name, value] of entries) {
      this.name(name);
      if (typeof value === "string") {
        this.int(CHAR);
        this.name(value);
      } else {
        this.int(DOUBLE);
        this.int(1);
        const bytes = new Uint8Array(8);
        new DataView(bytes.buffer).setFloat64(0, value);
        this.bytes(bytes);
      }
    }
  }

  take(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #filled(bytes: Uint8Array): void {
    this.bytes(bytes);
    while (this.#bytes.length % 4 > 0) this.#bytes.push(0);
  }
}
