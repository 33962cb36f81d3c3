/**
 * A digitiser's driver as a program, for tests of calibration: noise on the coil of a sensor that is flat in velocity. Arguments: a folder for its files, and by
 * which factor the sensor's gain is off the nominal one (1 nm/count at 1 s). Order on the input, answer on the output, as center/station/calibration.ts says.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChannelId, randomStream } from "@harken/core";
import { writeMiniSeed2 } from "@harken/formats";
import { applyResponse } from "@harken/signal";

const [folder, factor] = [process.argv[2]!, Number(process.argv[3])];
const { channel, startTime } = JSON.parse(readFileSync(0, "utf8")) as { channel: ChannelId; startTime: number };
const RATE = 20;
const PER_COUNT = 50;
const SECONDS = 3_600;
const random = randomStream(7, "coil");
const stimulus = Int32Array.from({ length: SECONDS * RATE }, () => Math.round(20_000 * random.normal()));
const displacement = applyResponse(Float64Array.from(stimulus), RATE, (hz) =>
  hz === 0 ? null : { re: -PER_COUNT / (2 * Math.PI * hz) ** 2, im: 0 },
);
// Counts of a nm: 1 at 1 Hz, growing with the frequency as velocity does.
const output = applyResponse(displacement, RATE, (hz) => ({ re: 0, im: factor * hz }));
const write = (name: string, code: string, samples: Int32Array): string => {
  const path = join(folder, name);
  writeFileSync(
    path,
    writeMiniSeed2([{ channel: { ...channel, channel: code }, startTime, sampleRateHz: RATE, samples }]),
  );
  return path;
};
process.stdout.write(
  JSON.stringify({
    stimulus: write("stimulus.mseed", "BCA", stimulus),
    output: write(
      "output.mseed",
      channel.channel,
      Int32Array.from(output, (count) => Math.round(count)),
    ),
    accelerationPerCount: PER_COUNT,
  }),
);
