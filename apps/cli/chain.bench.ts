/** The chain from files to arrivals as one benchmark: decode, quality control, filters, detection, features. Synthesised input. */
import { randomStream, type Station } from "@harken/core";
import { readFile, writeMiniSeed2 } from "@harken/formats";
import { processStation } from "@harken/waveform";

const RATE_HZ = 40;
const HOURS = 6;

function station(): Station {
  const place = { latitudeDeg: 0, longitudeDeg: 0, elevationKm: 0 };
  const channel = (code: string, hangDeg: number, vangDeg: number) => ({
    id: { network: "XX", station: "BENCH", location: "", channel: code },
    startTime: null,
    endTime: null,
    ...place,
    depthKm: 0,
    hangDeg,
    vangDeg,
    sampleRateHz: RATE_HZ,
    instrument: "",
    calibNmPerCount: 1,
    calperSec: 1,
    response: null,
  });
  return {
    code: "BENCH",
    network: "XX",
    name: "bench",
    technology: "seismic",
    kind: "3c",
    role: null,
    ...place,
    sites: [{ network: "XX", code: "BENCH", ...place, northKm: 0, eastKm: 0 }],
    channels: [channel("BHZ", -1, 0), channel("BHN", 0, 90), channel("BHE", 90, 90)],
  };
}

export function chainBenchmark() {
  const bench = station();
  const random = randomStream(1, "chain");
  const bytes = bench.channels.map(({ id }) => {
    const samples = new Int32Array(HOURS * 3600 * RATE_HZ);
    let level = 0;
    for (let i = 0; i < samples.length; i++) samples[i] = Math.round((level = 0.95 * level + 30 * random.normal()));
    return writeMiniSeed2([{ channel: id, startTime: 1.5e9, sampleRateHz: RATE_HZ, samples }]);
  });
  return [
    {
      name: `miniSEED to arrivals, one three-component station, 3 x ${HOURS} h at ${RATE_HZ} Hz`,
      unit: "channel-days/min",
      // Per minute: the runner divides by seconds.
      amount: ((3 * HOURS) / 24) * 60,
      run: () => {
        const segments = bytes.flatMap((file) => readFile(file, "bench.mseed").segments);
        processStation({ station: bench, segments, keyPrefix: "" });
      },
    },
  ];
}
