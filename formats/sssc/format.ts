import type { FormatDescriptor } from "../contents.ts";
import { decodeTravelTimeCorrection } from "./decode.ts";

const SNIFFED_BYTES = 4_096;
/** Station, phase, region, model, level, and three numbers. */
const HEAD = /^\s*[A-Z0-9]{1,6}\s+[A-Za-z]{1,8}\s+\S{1,32}\s+\S{1,32}\s+(reg|regional|local)(\s+-?[\d.]+){3}\s*$/i;

export const sssc: FormatDescriptor = {
  name: "sssc",
  title: "Source-specific station corrections (SSSC)",
  sniff(bytes) {
    const lines = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES)).split("\n");
    const first = lines.find((line) => line.trim() !== "" && !line.startsWith("#"));
    return first !== undefined && HEAD.test(first.slice(0, 200)) ? 0.9 : 0;
  },
  read(bytes, _name, limits) {
    const { items, problems } = decodeTravelTimeCorrection(bytes, limits);
    return { travelTimeCorrections: items, problems };
  },
};
