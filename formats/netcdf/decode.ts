/**
 * netCDF: what the file holds. The numbers of a variable are read when they are asked for.
 *
 *     const [dataset] = decodeNetcdf(bytes).items;
 *     dataset.variables.find(({ name }) => name === "plev")?.read();
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { readClassic } from "./classic.ts";
import type { NetcdfDataset } from "./dataset.ts";

const CLASSIC = 0x434446;

/** 1 for the signature of a format that is read here, 0 for none. */
export function netcdfConfidence(bytes: Uint8Array): number {
  return ((bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!) === CLASSIC && [1, 2, 5].includes(bytes[3]!) ? 1 : 0;
}

/** At most one item. */
export function decodeNetcdf(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<NetcdfDataset> {
  const problems = new ProblemList(limits.maxProblems);
  if (netcdfConfidence(bytes) === 0) {
    problems.error("netcdf.signature", "The bytes are no netCDF file.");
    return { items: [], problems: problems.list(), consumed: 0 };
  }
  const dataset = readClassic(bytes, limits.maxSamples, problems);
  return { items: dataset ? [dataset] : [], problems: problems.list(), consumed: dataset ? bytes.length : 0 };
}
