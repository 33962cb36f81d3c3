/** What a screen costs the server: the envelope of a trace and its bytes. Synthesised input. */
import { randomStream } from "@harken/core";
import { buildEnvelope } from "./envelope.ts";
import { decodeTile, encodeTile } from "./tile.ts";

const RATE_HZ = 40;
const HOURS = 2;
const COLUMNS = 1500;

const random = randomStream(1, "tile");
const samples = Int32Array.from({ length: HOURS * 3600 * RATE_HZ }, () => Math.round(1000 * random.normal()));
const segment = { startTime: 1.5e9, sampleRateHz: RATE_HZ, samples };
const draw = () => buildEnvelope([segment], 1.5e9, 1.5e9 + HOURS * 3600, COLUMNS);
const tile = draw();
const bytes = encodeTile(tile);

export const benchmarks = [
  {
    name: `envelope of ${HOURS} h at ${RATE_HZ} Hz in ${COLUMNS} columns`,
    unit: "Msamples",
    amount: samples.length / 1e6,
    run: () => void draw(),
  },
  {
    name: `envelope tile of ${COLUMNS} columns, encode and decode (${bytes.length} bytes)`,
    unit: "tiles",
    amount: 1,
    run: () => {
      decodeTile(encodeTile(tile));
    },
  },
];
