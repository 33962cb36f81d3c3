/** What a netCDF file holds, whichever of its formats it is in: variables over named dimensions, with attributes. */

export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export type Attributes = ReadonlyMap<string, string | readonly number[]>;

export interface NetcdfVariable {
  readonly name: string;
  /** Names of the dimensions, the slowest first; "" where a file gives none. */
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly attributes: Attributes;
  /** The stored numbers, row after row, or what is wrong in words. */
  readonly read: () => NumericArray | string;
}

export interface NetcdfDataset {
  readonly attributes: Attributes;
  readonly variables: readonly NetcdfVariable[];
}

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** An attribute of text, "" without it. */
export function textAttribute(attributes: Attributes, name: string): string {
  const value = attributes.get(name);
  return typeof value === "string" ? value : "";
}

/** The first number of an attribute; null without it. */
export function numberAttribute(attributes: Attributes, name: string): number | null {
  const value = attributes.get(name);
  return typeof value === "object" ? (value[0] ?? null) : null;
}
