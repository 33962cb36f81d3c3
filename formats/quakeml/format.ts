import type { FormatDescriptor } from "../contents.ts";
import { looksLikeXml } from "../xml/read.ts";
import { decodeQuakeMl, ROOT } from "./decode.ts";

export const quakeMl: FormatDescriptor = {
  name: "quakeml",
  title: "QuakeML 1.2",
  sniff: (bytes) => (looksLikeXml(bytes, ROOT) ? 1 : 0),
  read: (bytes, _name, limits) => decodeQuakeMl(bytes, limits),
};
