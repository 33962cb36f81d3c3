/** The worker thread's side of stationWorkers.ts. */
import { processStation, type StationData, type StationResult } from "@harken/waveform";

// biome-ignore lint/style/noDefaultExport: piscina calls a worker by its default export.
export default function run({ station, segments }: StationData): StationResult {
  return processStation({ station, segments, keyPrefix: "" });
}
