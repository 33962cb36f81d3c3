/** The worker thread's side of stationWorkers.ts. */
import { processStation, type StationInput, type StationResult } from "@harken/waveform";

// biome-ignore lint/style/noDefaultExport: piscina calls a worker by its default export.
export default function run(input: StationInput): StationResult {
  return processStation(input);
}
