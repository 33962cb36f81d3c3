/** Benchmarks of the simulator: how fast waveforms of an array and of a three-component station are made. */
import { createEarthModel } from "@harken/earth";
import { synthesize } from "./synthesize.ts";
import { demoWorldConfig } from "./world/config.ts";
import { createWorld } from "./world/world.ts";

const world = createWorld(demoWorldConfig, createEarthModel("ak135"));
const { startTime, sampleRateHz } = demoWorldConfig;
const SECONDS = 3600;

const benchmarkOf = (code: string, what: string) => {
  const station = world.inventory.stations.find((candidate) => candidate.code === code)!;
  return {
    name: `synthesize ${what}, 1 h at ${sampleRateHz} Hz`,
    unit: "Msamples",
    amount: (station.channels.length * SECONDS * sampleRateHz) / 1e6,
    run: () => synthesize(world, station, startTime, startTime + SECONDS),
  };
};

export const benchmarks = [
  benchmarkOf("ASAR", "an array of 9 elements (12 channels)"),
  benchmarkOf("STKA", "a three-component station"),
];
