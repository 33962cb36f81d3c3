/**
 * The worker threads. Two pools: one for the processing, whose tasks take seconds, and one thread for the screens' waveform tiles, so that
 * a page never waits behind the processing.
 */

import type { ArchivedPiece } from "@harken/store";
import { Piscina } from "piscina";
import type {
  AcquireTask,
  NetworkAnswer,
  NetworkTask,
  StationAnswer,
  StationTask,
  TileTask,
  WorkerSetup,
} from "./tasks.ts";

export interface WorkerPool {
  acquire(task: AcquireTask): Promise<ArchivedPiece[]>;
  station(task: StationTask): Promise<StationAnswer>;
  network(task: NetworkTask): Promise<NetworkAnswer>;
  tile(task: TileTask): Promise<Uint8Array>;
  /** Ends the threads at once; tasks under way are rejected. */
  destroy(): Promise<void>;
}

const TILE_IDLE_MS = 60_000;

export function createWorkerPool(setup: WorkerSetup, workers: number): WorkerPool {
  const filename = new URL("./worker.ts", import.meta.url).href;
  const shared = { filename, workerData: setup, execArgv: ["--disable-warning=ExperimentalWarning"] };
  const processing = new Piscina({ ...shared, minThreads: 1, maxThreads: workers, idleTimeout: Infinity });
  const tiles = new Piscina({ ...shared, minThreads: 0, maxThreads: 1, idleTimeout: TILE_IDLE_MS });
  return {
    acquire: (task) => processing.run(task, { name: "acquire" }),
    station: (task) => processing.run(task, { name: "station" }),
    network: (task) => processing.run(task, { name: "network" }),
    tile: (task) => tiles.run(task, { name: "tile" }),
    async destroy() {
      await Promise.all([processing.destroy(), tiles.destroy()]);
    },
  };
}
