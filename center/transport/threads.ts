/**
 * Transport spread over worker threads. Particles and weather lie in memory that the threads share; what comes back are sums over cells, added in the
 * chunks' order, so the result does not depend on the number of threads by a single bit.
 */
import type { Allocate, CellSums, ExecuteChunk, TransportPlan } from "@harken/atmosphere";
import { Piscina } from "piscina";
import type { ChunkTask } from "./thread.ts";

export interface TransportThreads {
  readonly execute: ExecuteChunk;
  readonly allocate: Allocate;
  /** Ends the threads at once. */
  destroy(): Promise<void>;
}

export function transportThreads(plan: TransportPlan, threads: number): TransportThreads {
  const pool = new Piscina<ChunkTask, CellSums>({
    filename: new URL("./thread.ts", import.meta.url).href,
    workerData: plan,
    minThreads: threads,
    maxThreads: threads,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return {
    execute: (cloud, chunk, leg, early, late) => pool.run({ cloud, chunk, leg, early, late }),
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    destroy: () => pool.destroy(),
  };
}
