/** netCDF as one of the formats that `readFile` knows: what it holds of weather. */
import type { FormatDescriptor } from "../contents.ts";
import { decodeNetcdf, netcdfConfidence } from "./decode.ts";
import { weatherFromNetcdf } from "./weather.ts";

export const netcdf: FormatDescriptor = {
  name: "netcdf",
  title: "netCDF with the CF conventions",
  sniff: netcdfConfidence,
  read(bytes, _name, limits) {
    const { items, problems } = decodeNetcdf(bytes, limits);
    const [dataset] = items;
    if (!dataset) return { problems };
    const found = weatherFromNetcdf(dataset, limits);
    return { weather: found.fields, problems: [...problems, ...found.problems] };
  },
};
