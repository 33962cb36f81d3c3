/** SAC as one of the formats that `readFile` knows. */
import type { FormatDescriptor } from "../contents.ts";
import { byteOrder, readBinaryHeader } from "./binary.ts";
import { decodeSac } from "./decode.ts";
import { intAt, UNDEFINED } from "./layout.ts";
import { readTextHeader } from "./text.ts";

export const sac: FormatDescriptor = {
  name: "sac",
  title: "SAC, binary or alphanumeric",
  sniff(bytes) {
    const order = byteOrder(bytes);
    if (!order) return readTextHeader(bytes) ? 0.9 : 0;
    const { ints } = readBinaryHeader(bytes, order);
    const inRange = (at: number, low: number, high: number) =>
      ints[at] === UNDEFINED || (ints[at]! >= low && ints[at]! <= high);
    const signs = [inRange(intAt.iftype, 1, 4), inRange(intAt.leven, 0, 1), inRange(intAt.nzjday, 0, 366)];
    return 0.3 + 0.2 * signs.filter(Boolean).length;
  },
  read(bytes, _name, limits) {
    const { items, problems } = decodeSac(bytes, limits);
    return {
      segments: items.flatMap(({ segments }) => segments),
      channels: items.flatMap(({ channel }) => channel ?? []),
      problems,
    };
  },
};
