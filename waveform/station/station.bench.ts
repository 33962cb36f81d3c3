/** Station processing of an hour of noise with a wave every five minutes: how many channel-days one core does in a minute. */
import { processStation } from "./processStation.ts";
import { ARRAY_PLACES, addWave, noiseSegments, type TestStationOptions, testStation, WHITE } from "./testStation.ts";

const HOURS = 1;
const EVERY_SEC = 300;

function benchmark(title: string, options: TestStationOptions, slownessSecPerKm: number, frequencyHz: number) {
  const station = testStation(options);
  const segments = noiseSegments(station, HOURS * 3600, 1);
  for (let atSec = EVERY_SEC / 2; atSec < HOURS * 3600; atSec += EVERY_SEC)
    addWave(station, segments, {
      atSec,
      frequencyHz,
      amplitude: 10 * WHITE,
      azimuthDeg: atSec % 360,
      slownessSecPerKm,
      incidenceDeg: options.places ? 0 : 30,
    });
  return {
    name: `${title}, ${HOURS} h at ${station.channels[0]!.sampleRateHz} Hz`,
    unit: "channel-days/min",
    // Per minute: the runner divides by seconds.
    amount: ((station.channels.length * HOURS) / 24) * 60,
    run: () => void processStation({ station, segments, keyPrefix: "" }),
  };
}

const array = { places: ARRAY_PLACES, channels: ["SHZ"] };
const barometers = { technology: "infrasound", places: ARRAY_PLACES, channels: ["BDF"], rate: 20 } as const;
const hydrophones = {
  technology: "hydroacoustic",
  places: ARRAY_PLACES.slice(-3),
  channels: ["EDH"],
  rate: 100,
} as const;

export const benchmarks = [
  benchmark("three components", {}, 0.1, 2),
  benchmark("seismic array of 9 elements", array, 0.1, 2),
  benchmark("infrasound array of 9 elements", barometers, 2.9, 1.5),
  benchmark("triplet of hydrophones", hydrophones, 0.675, 6),
];
