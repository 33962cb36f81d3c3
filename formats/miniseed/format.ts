/** miniSEED among the formats that `readFile` knows. */
import type { FormatDescriptor } from "../contents.ts";
import { decodeMiniSeed2, decodeMiniSeed3 } from "./decode.ts";
import { kindAt } from "./record2.ts";
import { format3 } from "./record3.ts";

export const miniSeed2: FormatDescriptor = {
  name: "miniseed2",
  title: "miniSEED 2 and the waveforms of full SEED",
  sniff: (bytes) => (kindAt(bytes, 0, true) ? 0.9 : 0),
  read(bytes, _name, limits) {
    const { items, problems } = decodeMiniSeed2(bytes, limits);
    return { segments: items, problems };
  },
};

export const miniSeed3: FormatDescriptor = {
  name: "miniseed3",
  title: "miniSEED 3",
  sniff: (bytes) => (format3.find(bytes, 0, 1) === 0 ? 0.95 : 0),
  read(bytes, _name, limits) {
    const { items, problems } = decodeMiniSeed3(bytes, limits);
    return { segments: items, problems };
  },
};
