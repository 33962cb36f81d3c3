/**
 * netCDF-4: an HDF5 file whose datasets are variables. Names of dimensions come from the scales that netCDF-4 attaches (Appendix C, "The NetCDF-4
 * Format", of the NetCDF User's Guide). Variables of the root group are read.
 */
import type { ProblemList } from "@harken/core";
import { type NetcdfDataset, type NetcdfVariable, type NumericArray, sizeOf } from "../dataset.ts";
import { type AttributeValue, readAttributes } from "./attributes.ts";
import { BadHdf5, Cursor, type Hdf5File } from "./bytes.ts";
import { type Link, readLinks } from "./links.ts";
import { DATASPACE, DATATYPE, type Message, readMessages } from "./objectHeader.ts";
import { storedBytes } from "./stored.ts";
import { readDatatype, readNumbers, readShape } from "./values.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export const isHdf5 = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** Null when the file cannot be understood at all; a variable that cannot is left out and named. */
export function readHdf5(bytes: Uint8Array, maxSamples: number, problems: ProblemList): NetcdfDataset | null {
  return (
    within(problems, "The file cannot be understood", () => {
      const { file, root } = superblock(bytes);
      const messages = readMessages(file, root);
      const links = readLinks(file, messages);
      const objects = links.flatMap(
        (link) => within(problems, `${link.name} was left out`, () => objectAt(file, link)) ?? [],
      );
      const names = new Map(objects.map(({ address, name }) => [address, name]));
      return {
        attributes: plain(readAttributes(file, messages)),
        variables: objects.flatMap((object) => variableOf(file, object, names, maxSamples) ?? []),
      };
    }) ?? null
  );
}

function within<T>(problems: ProblemList, what: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadHdf5)) throw error;
    problems.error("netcdf.hdf5", `${what}: ${error.message}.`);
    return null;
  }
}

function superblock(bytes: Uint8Array): { file: Hdf5File; root: number } {
  const version = bytes[8]!;
  if (version > 3) throw new BadHdf5(`superblock version ${version} is not known`);
  const old = version < 2;
  const [offsetWidth, lengthWidth] = [bytes[old ? 13 : 9] ?? 0, bytes[old ? 14 : 10] ?? 0];
  for (const width of [offsetWidth, lengthWidth])
    if (![2, 4, 8].includes(width)) throw new BadHdf5(`addresses of ${width} bytes are not read`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const file: Hdf5File = { bytes, view, offsetWidth, lengthWidth };
  const cursor = new Cursor(file, old ? (version === 1 ? 28 : 24) : 12);
  cursor.skip(old ? 4 * offsetWidth : 3 * offsetWidth);
  // An old root is a symbol table entry: a name, then the address.
  if (old) cursor.skip(offsetWidth);
  const root = cursor.address();
  if (root === null) throw new BadHdf5("there is no root group");
  return { file, root };
}

interface Hdf5Object extends Link {
  readonly messages: readonly Message[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

function objectAt(file: Hdf5File, link: Link): Hdf5Object {
  const messages = readMessages(file, link.address);
  return { ...link, messages, attributes: readAttributes(file, messages) };
}

/** Attributes of netCDF-4's own that say how a file is held together. */
const INTERNAL: ReadonlySet<string> = new Set([
  "CLASS",
  "NAME",
  "DIMENSION_LIST",
  "REFERENCE_LIST",
  "_Netcdf4Dimid",
  "_Netcdf4Coordinates",
  "_NCProperties",
  "_nc3_strict",
]);

function plain(attributes: ReadonlyMap<string, AttributeValue>): Map<string, string | readonly number[]> {
  const found = new Map<string, string | readonly number[]>();
  for (const [name, value] of attributes)
    if (!INTERNAL.has(name) && (typeof value === "string" || Array.isArray(value))) found.set(name, value);
  return found;
}

/** A scale without a variable says so in its name. */
const DIMENSION_ONLY = "This is a netCDF dimension but not a netCDF variable";

/** Null for what is no variable. */
function variableOf(
  file: Hdf5File,
  { name, messages, attributes }: Hdf5Object,
  names: ReadonlyMap<number, string>,
  maxSamples: number,
): NetcdfVariable | null {
  const [space, type] = [DATASPACE, DATATYPE].map((wanted) => messages.find((m) => m.type === wanted));
  const scale = attributes.get("NAME");
  if (!space || !type || (typeof scale === "string" && scale.startsWith(DIMENSION_ONLY))) return null;
  const shape = shapeAt(file, space.at);
  if (!shape) return null;
  const list = attributes.get("DIMENSION_LIST");
  const references = list && typeof list === "object" && "references" in list ? list.references : [];
  const isScale = attributes.get("CLASS") === "DIMENSION_SCALE" && shape.length === 1;
  return {
    name,
    dimensions: shape.map((_, d) => names.get(references[d] ?? -1) ?? (isScale ? name : "")),
    shape,
    attributes: plain(attributes),
    read: () => readValues(file, messages, type.at, shape, maxSamples),
  };
}

function shapeAt(file: Hdf5File, at: number): number[] | null {
  try {
    return readShape(file, at);
  } catch (error) {
    if (!(error instanceof BadHdf5)) throw error;
    return null;
  }
}

function readValues(
  file: Hdf5File,
  messages: readonly Message[],
  typeAt: number,
  shape: readonly number[],
  maxSamples: number,
): NumericArray | string {
  const count = sizeOf(shape);
  if (count > maxSamples) return `it has ${count} values`;
  try {
    const type = readDatatype(file, typeAt);
    if (type.kind !== "integer" && type.kind !== "float") return "it does not hold numbers";
    if (type.size > 8) return `numbers of ${type.size} bytes are not read`;
    return readNumbers(storedBytes(file, messages, shape, type.size), type, count) ?? "its numbers are not read";
  } catch (error) {
    if (!(error instanceof BadHdf5)) throw error;
    return error.message;
  }
}
