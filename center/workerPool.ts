/**
 * The worker threads. Two pools: one for the processing, whose tasks take seconds, and one for the screens' waveform tiles and predictions, so
 * that a page never waits behind the processing, and the thread that answers requests never computes.
 */

import type { PredictedArrival } from "@harken/api";
import type { WaveformSegment } from "@harken/core";
import type { ArchivedPiece } from "@harken/store";
import type { MeasuredOnset, Revision, SlownessPictureResult } from "@harken/waveform";
import { Piscina } from "piscina";
import type { AnalysedSample, SampleTask } from "./radionuclide/analyseSample.ts";
import type {
  AcquireTask,
  MeasureTask,
  NetworkAnswer,
  NetworkTask,
  PredictTask,
  ReviseTask,
  SlownessTask,
  StationAnswer,
  StationTask,
  TileTask,
  WorkerSetup,
} from "./tasks.ts";

export interface WorkerPool {
  acquire(task: AcquireTask): Promise<ArchivedPiece[]>;
  /** What a simulated station has recorded. */
  record(task: AcquireTask): Promise<WaveformSegment[]>;
  station(task: StationTask): Promise<StationAnswer>;
  network(task: NetworkTask): Promise<NetworkAnswer>;
  predict(task: PredictTask): Promise<PredictedArrival[]>;
  revise(task: ReviseTask): Promise<Revision>;
  measure(task: MeasureTask): Promise<MeasuredOnset | null>;
  slowness(task: SlownessTask): Promise<SlownessPictureResult>;
  sample(task: SampleTask): Promise<AnalysedSample>;
  tile(task: TileTask): Promise<Uint8Array>;
  /** Ends the threads at once; tasks under way are rejected. */
  destroy(): Promise<void>;
}

/** One thread may be filling its travel-time tables, which takes seconds, while the other draws. */
const SCREEN_THREADS = 2;
/** A thread that ends has to fill its tables again. */
const SCREEN_IDLE_MS = 1_800_000;

export function createWorkerPool(setup: WorkerSetup, workers: number): WorkerPool {
  const filename = new URL("./worker.ts", import.meta.url).href;
  const shared = { filename, workerData: setup, execArgv: ["--disable-warning=ExperimentalWarning"] };
  const processing = new Piscina({ ...shared, minThreads: 1, maxThreads: workers, idleTimeout: Infinity });
  const screens = new Piscina({ ...shared, minThreads: 0, maxThreads: SCREEN_THREADS, idleTimeout: SCREEN_IDLE_MS });
  return {
    record: (task) => processing.run(task, { name: "record" }),
    acquire: (task) => processing.run(task, { name: "acquire" }),
    station: (task) => processing.run(task, { name: "station" }),
    network: (task) => processing.run(task, { name: "network" }),
    predict: (task) => screens.run(task, { name: "predict" }),
    revise: (task) => screens.run(task, { name: "revise" }),
    measure: (task) => screens.run(task, { name: "measure" }),
    slowness: (task) => screens.run(task, { name: "slowness" }),
    sample: (task) => screens.run(task, { name: "sample" }),
    tile: (task) => screens.run(task, { name: "tile" }),
    async destroy() {
      await Promise.all([processing.destroy(), screens.destroy()]);
    },
  };
}
