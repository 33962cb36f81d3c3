/** Waveform formats: a day of one channel at 40 Hz, a smooth random walk of seismic size. */
import { randomStream, type WaveformSegment } from "@harken/core";
import { benchmarks as acquisition } from "./acquisition.bench.ts";
import { unpackCanadian } from "./canadian/decode.ts";
import { packCanadian } from "./canadian/encode.ts";
import type { WaveformReference } from "./contents.ts";
import { readReferencedWaveform } from "./css/waveform.ts";
import { writeCssWaveforms } from "./css/writeWaveform.ts";
import { decodeGrib } from "./grib/decode.ts";
import { message2 } from "./grib/messages.test.ts";
import { decodeImsMessages } from "./ims/message.ts";
import { decodeImsWaveforms } from "./ims/waveform.ts";
import { writeImsWaveform } from "./ims/writeWaveform.ts";
import { decodeMiniSeed2, decodeMiniSeed3 } from "./miniseed/decode.ts";
import { writeMiniSeed2 } from "./miniseed/write2.ts";
import { writeMiniSeed3 } from "./miniseed/write3.ts";
import { decodeSac } from "./sac/decode.ts";
import { encodeSac } from "./sac/encode.ts";

const RATE_HZ = 40;
const SAMPLES = 86_400 * RATE_HZ;

const random = randomStream(1, "formats bench");
let drift = 0;
let position = 0;
const samples = Int32Array.from({ length: SAMPLES }, () => {
  drift = 0.95 * drift + 60 * random.normal();
  position = 0.99 * position + drift;
  return Math.round(position);
});
const segment: WaveformSegment = {
  channel: { network: "XX", station: "BENCH", location: "", channel: "BHZ" },
  startTime: 1.25e9,
  sampleRateHz: RATE_HZ,
  samples,
};

/** The same work measured by samples and by encoded bytes. */
const twice = (name: string, bytes: Uint8Array, run: () => void) => [
  { name, unit: "Msamples", amount: SAMPLES / 1e6, run },
  { name, unit: "MB", amount: bytes.length / 1e6, run },
];

const miniSeed2 = (["steim1", "steim2"] as const).flatMap((encoding) =>
  [512, 4096].flatMap((recordLength) => {
    const bytes = writeMiniSeed2([segment], { encoding, recordLength });
    const what = `miniSEED 2, ${encoding}, ${recordLength}-byte records`;
    return [
      ...twice(`decode ${what}`, bytes, () => decodeMiniSeed2(bytes)),
      ...twice(`encode ${what}`, bytes, () => writeMiniSeed2([segment], { encoding, recordLength })),
    ];
  }),
);
const miniSeed3 = writeMiniSeed3([segment]);
const sac = encodeSac(segment);
const sacBig = encodeSac(segment, { byteOrder: "big" });
const cm6 = { format: "CM6", messageId: "1" } as const;
const message = writeImsWaveform([segment], cm6);
const packet = packCanadian(samples);
const s4 = writeCssWaveforms([segment], "bench.w").bytes;
const s4Row: WaveformReference = {
  channel: segment.channel,
  startTime: segment.startTime,
  sampleRateHz: RATE_HZ,
  sampleCount: SAMPLES,
  calibNmPerCount: null,
  calperSec: null,
  dataType: "s4",
  dir: ".",
  fileName: "bench.w",
  byteOffset: 0,
};

/** Half a degree of the globe. */
const [gribRows, gribColumns] = [361, 720];
const gribPoints = gribRows * gribColumns;
const gribValues = Array.from({ length: gribPoints }, (_, i) => 250 + 30 * Math.sin(i / 5000));
const grib = (present?: readonly boolean[]) =>
  message2([{ values: gribValues, ...(present ? { present } : {}) }], {
    rows: gribRows,
    columns: gribColumns,
    stepDeg: 0.5,
    firstLatDeg: 90,
  });
const gribPlain = grib();
const gribBitmap = grib(gribValues.map((v) => v > 240));

export const benchmarks = [
  ...miniSeed2,
  ...twice("decode miniSEED 3, steim2, checksums tested", miniSeed3, () => decodeMiniSeed3(miniSeed3)),
  ...twice("encode miniSEED 3, steim2", miniSeed3, () => writeMiniSeed3([segment])),
  ...twice("decode SAC, little-endian", sac, () => decodeSac(sac)),
  ...twice("decode SAC, big-endian", sacBig, () => decodeSac(sacBig)),
  ...twice("encode SAC", sac, () => encodeSac(segment)),
  ...twice("decode CSS3.0 s4", s4, () => readReferencedWaveform(s4Row, s4)),
  ...twice("decode IMS CM6 message", message, () => decodeImsWaveforms(message, decodeImsMessages(message).items)),
  ...twice("encode IMS CM6 message", message, () => writeImsWaveform([segment], cm6)),
  ...twice("decode Canadian compression", packet, () => unpackCanadian(packet, SAMPLES)),
  ...twice("encode Canadian compression", packet, () => packCanadian(samples)),
  {
    name: "decode GRIB2, simple packing, 16 bits",
    unit: "Mvalues",
    amount: gribPoints / 1e6,
    run: () => decodeGrib(gribPlain),
  },
  {
    name: "decode GRIB2, simple packing, 16 bits, with a bitmap",
    unit: "Mvalues",
    amount: gribPoints / 1e6,
    run: () => decodeGrib(gribBitmap),
  },
  ...acquisition,
];
