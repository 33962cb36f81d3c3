import type { FormatDescriptor } from "../contents.ts";
import { decodeCssResponse, GROUP } from "./decode.ts";

const SNIFFED_BYTES = 4_096;

export const cssResponse: FormatDescriptor = {
  name: "cssresponse",
  title: "CSS3.0 instrument response file",
  sniff(bytes) {
    const lines = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES)).split("\n");
    const first = lines.find((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
    return first !== undefined && GROUP.test(first.slice(0, 200)) ? 0.95 : 0;
  },
  read(bytes, name, limits) {
    const { items, problems } = decodeCssResponse(bytes, name, limits);
    return { channels: items, problems };
  },
};
