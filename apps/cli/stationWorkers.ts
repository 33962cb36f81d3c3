/**
 * Station processing spread over worker threads, one station a task. Results come back in the order of the input, so they do not depend on
 * the number of workers.
 */
import type { StationData, StationInput, StationResult } from "@harken/waveform";
import { processStation } from "@harken/waveform";
import { Piscina } from "piscina";

/** Below this many samples a thread costs more than it brings. */
const WORTH_A_THREAD = 5_000_000;

/** `onDone` is called with the number of stations that are done; `thresholds` is a factor on those of the recipes. */
export async function processStations(
  groups: readonly StationData[],
  { workers, thresholds }: { readonly workers: number; readonly thresholds: number },
  onDone: (done: number) => void,
): Promise<StationResult[]> {
  const samples = groups.reduce((sum, { segments }) => sum + segments.reduce((n, s) => n + s.samples.length, 0), 0);
  const common = { keyPrefix: "", thresholds };
  let done = 0;
  const count = <T>(value: T): T => {
    onDone(++done);
    return value;
  };
  if (workers <= 1 || groups.length === 1 || samples < WORTH_A_THREAD) {
    return groups.map((group) => count(processStation({ ...group, ...common })));
  }
  const pool = new Piscina<StationInput, StationResult>({
    filename: new URL("./stationWorker.ts", import.meta.url).href,
    maxThreads: workers,
    minThreads: 1,
  });
  try {
    return await Promise.all(groups.map(async (group) => count(await pool.run({ ...group, ...common }))));
  } finally {
    await pool.destroy();
  }
}
