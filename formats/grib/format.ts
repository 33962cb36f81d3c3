/** GRIB as one of the formats that `readFile` knows. */
import type { FormatDescriptor } from "../contents.ts";
import { decodeGrib } from "./decode.ts";
import { findGrib } from "./frame.ts";

/** Bulletin headings stand before the first message; beyond this nobody looks. */
const LOOKED_AT = 4096;

export const grib: FormatDescriptor = {
  name: "grib",
  title: "GRIB, editions 1 and 2",
  sniff(bytes) {
    const at = findGrib(bytes.subarray(0, LOOKED_AT), 0);
    const edition = bytes[at + 7];
    if (at < 0 || (edition !== 1 && edition !== 2)) return 0;
    return at === 0 ? 1 : 0.7;
  },
  read(bytes, _name, limits) {
    const { items, problems } = decodeGrib(bytes, limits);
    return { weather: items, problems };
  },
};
