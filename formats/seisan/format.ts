/** The files of SEISAN as file formats: STATION0.HYP, and S-files and catalogues in the Nordic format. */
import type { FormatDescriptor } from "../contents.ts";
import { latin1 } from "../latin1.ts";
import { decodeNordic } from "./decodeNordic.ts";
import { readHypocentre } from "./hypocentreLine.ts";
import { decodeSeisanStations, isStationLine } from "./stations.ts";

const SNIFFED_BYTES = 8_192;
const RESET = /^RESET\s+TEST\s*\(\s*\d+\s*\)\s*=/i;

/** The first lines that are not blank; the last may be cut. */
const linesOf = (bytes: Uint8Array): string[] =>
  latin1(bytes, 0, SNIFFED_BYTES)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");

export const seisanStations: FormatDescriptor = {
  name: "seisan-stations",
  title: "SEISAN stations (STATION0.HYP)",
  sniff: (bytes) => {
    const lines = linesOf(bytes);
    if (RESET.test(lines[0] ?? "")) return 0.95;
    return isStationLine(lines[0] ?? "") ? 0.85 : 0;
  },
  read: (bytes, _name, limits) => {
    const { items, problems } = decodeSeisanStations(bytes, limits);
    return { sites: items, problems };
  },
};

/** " 2013  926 1517  3.5 L -43.359 170.323 10.1  VUW": blanks where the columns have them, and the type at the end. */
const HYPOCENTRE = /^ [ \d]{4} [ \d]\d[ \d]\d.[ \d]{4} [ \d.]{4}.[ LRD].[-+ .\d]{20}/;

export const nordic: FormatDescriptor = {
  name: "nordic",
  title: "SEISAN bulletin (Nordic)",
  sniff: (bytes) => {
    const [line = ""] = linesOf(bytes);
    return line.charAt(79) === "1" && HYPOCENTRE.test(line) && readHypocentre(line) ? 0.9 : 0;
  },
  read: (bytes, _name, limits) => {
    const { bulletin, problems } = decodeNordic(bytes, limits);
    return { bulletin, problems };
  },
};
