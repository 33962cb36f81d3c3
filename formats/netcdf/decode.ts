/**
 * netCDF, the classic formats and netCDF-4: what the file holds. The numbers of a variable are read when they are asked for.
 *
 *     const [dataset] = decodeNetcdf(bytes).items;
 *     dataset.variables.find(({ name }) => name === "plev")?.read();
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { readClassic } from "./classic.ts";
import type { NetcdfDataset } from "./dataset.ts";
import { isHdf5, readHdf5 } from "./hdf5/read.ts";

const CLASSIC = 0x434446;
const HDF5_CONFIDENCE = 0.6;

/** 1 for the classic signature, less for that of HDF5, which other formats have too, 0 for none. */
export function netcdfConfidence(bytes: Uint8Array): number {
  if (isHdf5(bytes)) return HDF5_CONFIDENCE;
  return ((bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!) === CLASSIC && [1, 2, 5].includes(bytes[3]!) ? 1 : 0;
}

/** At most one item. */
export function decodeNetcdf(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<NetcdfDataset> {
  const problems = new ProblemList(limits.maxProblems);
  if (netcdfConfidence(bytes) === 0) {
    problems.error("netcdf.signature", "The bytes are no netCDF file.");
    return { items: [], problems: problems.list(), consumed: 0 };
  }
  const dataset = (isHdf5(bytes) ? readHdf5 : readClassic)(bytes, limits.maxSamples, problems);
  return { items: dataset ? [dataset] : [], problems: problems.list(), consumed: dataset ? bytes.length : 0 };
}
