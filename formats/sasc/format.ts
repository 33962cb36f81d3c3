import type { FormatDescriptor } from "../contents.ts";
import { decodeDirectionCorrection } from "./decode.ts";

const SNIFFED_BYTES = 1_024;

export const sasc: FormatDescriptor = {
  name: "sasc",
  title: "Slowness-azimuth station corrections (SASC)",
  sniff(bytes, name) {
    const head = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES));
    if (/^#\s*slowness-azimuth station correction table/im.test(head)) return 0.95;
    return /^sasc\.\w{1,8}$/i.test(name) && head.startsWith("#") ? 0.6 : 0;
  },
  read(bytes, name, limits) {
    const { items, problems } = decodeDirectionCorrection(bytes, name, limits);
    return { directionCorrections: items, problems };
  },
};
