/** The list of formats. One line for each; a new format adds its own. */
import { defaultLimits, type Limits } from "@harken/core";
import { cd11 } from "./cd11/format.ts";
import type { FileContents, FormatDescriptor } from "./contents.ts";
import { css } from "./css/format.ts";
import { cssResponse } from "./cssresponse/format.ts";
import { elcor } from "./elcor/format.ts";
import { grib } from "./grib/format.ts";
import { ims } from "./ims/format.ts";
import { locSat } from "./locsat/format.ts";
import { miniSeed2, miniSeed3 } from "./miniseed/format.ts";
import { netcdf } from "./netcdf/format.ts";
import { quakeMl } from "./quakeml/format.ts";
import { readWith } from "./read.ts";
import { sac } from "./sac/format.ts";
import { sacPoleZero } from "./sacpz/format.ts";
import { sasc } from "./sasc/format.ts";
import { nordic, seisanStations } from "./seisan/format.ts";
import { sssc } from "./sssc/format.ts";
import { stationXml } from "./stationxml/format.ts";

export const formats: readonly FormatDescriptor[] = [
  css,
  grib,
  netcdf,
  ims,
  miniSeed2,
  miniSeed3,
  sac,
  sacPoleZero,
  stationXml,
  quakeMl,
  cssResponse,
  cd11,
  sasc,
  sssc,
  locSat,
  elcor,
  seisanStations,
  nordic,
];

/** Reads a file of any known format; never throws for what the bytes say. `name` is the file's name without folder. */
export function readFile(bytes: Uint8Array, name: string, limits: Limits = defaultLimits): FileContents {
  return readWith(formats, bytes, name, limits);
}
