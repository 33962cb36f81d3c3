import type { FormatDescriptor } from "../contents.ts";
import { decodeEllipticityTables, HEAD } from "./decode.ts";

const SNIFFED_BYTES = 512;

export const elcor: FormatDescriptor = {
  name: "elcor",
  title: "Ellipticity coefficients (ELCOR)",
  sniff(bytes) {
    const [head = "", depths = "", delta = ""] = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES)).split("\n");
    const plain = /^(\s+\d+\.\d*){2,}\s*$/.test(depths) && /^\s+\d+\.\d*\s*$/.test(delta);
    return HEAD.test(head) && plain ? 0.9 : 0;
  },
  read(bytes, _name, limits) {
    const { items, problems } = decodeEllipticityTables(bytes, limits);
    return { ellipticityTables: items, problems };
  },
};
