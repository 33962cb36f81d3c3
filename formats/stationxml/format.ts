import type { FormatDescriptor } from "../contents.ts";
import { looksLikeXml } from "../xml/read.ts";
import { decodeStationXml, ROOT } from "./decode.ts";

export const stationXml: FormatDescriptor = {
  name: "stationxml",
  title: "FDSN StationXML",
  sniff: (bytes) => (looksLikeXml(bytes, ROOT) ? 1 : 0),
  read: (bytes, _name, limits) => decodeStationXml(bytes, limits),
};
