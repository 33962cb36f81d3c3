/**
 * Station processing spread over worker threads, one station a task. Results come back in the order of the input, so they do not depend on
 * the number of workers.
 */
import type { StationData, StationResult } from "@harken/waveform";
import { processStation } from "@harken/waveform";
import { Piscina } from "piscina";

/** Below this many samples a thread costs more than it brings. */
const WORTH_A_THREAD = 5_000_000;

/** `onDone` is called with the number of stations that are done. */
export async function processStations(
  groups: readonly StationData[],
  workers: number,
  onDone: (done: number) => void,
): Promise<StationResult[]> {
  const samples = groups.reduce((sum, { segments }) => sum + segments.reduce((n, s) => n + s.samples.length, 0), 0);
  let done = 0;
  const count = <T>(value: T): T => {
    onDone(++done);
    return value;
  };
  if (workers <= 1 || groups.length === 1 || samples < WORTH_A_THREAD) {
    return groups.map(({ station, segments }) => count(processStation({ station, segments, keyPrefix: "" })));
  }
  const pool = new Piscina<StationData, StationResult>({
    filename: new URL("./stationWorker.ts", import.meta.url).href,
    maxThreads: workers,
    minThreads: 1,
  });
  try {
    return await Promise.all(groups.map(async (group) => count(await pool.run(group))));
  } finally {
    await pool.destroy();
  }
}
