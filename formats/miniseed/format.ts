/** miniSEED among the formats that `readFile` knows. */
import type { FormatDescriptor } from "../contents.ts";
import { decodeMiniSeed2 } from "./decode.ts";
import { format2 } from "./record2.ts";

export const miniSeed2: FormatDescriptor = {
  name: "miniseed2",
  title: "miniSEED 2 and the waveforms of full SEED",
  sniff: (bytes) => (format2.find(bytes, 0, 1) === 0 ? 0.9 : 0),
  read(bytes, _name, limits) {
    const { items, problems } = decodeMiniSeed2(bytes, limits);
    return { segments: items, problems };
  },
};
