import type { FormatDescriptor } from "../contents.ts";
import { decodeSacPoleZero } from "./decode.ts";

const SNIFFED_BYTES = 8_192;
const KEYWORD = /^[ \t]*(?:ZEROS|POLES|CONSTANT)[ \t]+[-+.\d]/im;

export const sacPoleZero: FormatDescriptor = {
  name: "sacpz",
  title: "SAC pole-zero file",
  sniff(bytes) {
    const text = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES));
    return KEYWORD.test(text) ? 0.9 : 0;
  },
  read(bytes, name, limits) {
    const { items, problems } = decodeSacPoleZero(bytes, name, limits);
    return { channels: items, problems };
  },
};
