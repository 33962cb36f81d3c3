import type { FormatDescriptor } from "../contents.ts";
import { decodeTravelTimeTable } from "./decode.ts";

const SNIFFED_BYTES = 1_024;

export const locSat: FormatDescriptor = {
  name: "locsat",
  title: "LocSAT travel-time table",
  sniff(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES));
    return /^\s*\d+\s*#?\s*number of depth samples/im.test(head) ? 0.9 : 0;
  },
  read(bytes, name, limits) {
    const { items, problems } = decodeTravelTimeTable(bytes, name, limits);
    return { travelTimeTables: items, problems };
  },
};
