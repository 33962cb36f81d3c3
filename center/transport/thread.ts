/** The worker thread's side of threads.ts: moves the particles of one chunk over one leg, in memory that all threads share. */
import {
  type CellSums,
  type Chunk,
  ChunkWorker,
  type Leg,
  type ParticleCloud,
  type TransportField,
  type TransportPlan,
} from "@harken/atmosphere";
import { workerData } from "piscina";

export interface ChunkTask {
  readonly cloud: ParticleCloud;
  readonly chunk: Chunk;
  readonly leg: Leg;
  readonly early: TransportField;
  readonly late: TransportField;
}

const worker = new ChunkWorker(workerData as TransportPlan);

// biome-ignore lint/style/noDefaultExport: piscina calls a worker by its default export.
export default function run({ cloud, chunk, leg, early, late }: ChunkTask): CellSums {
  return worker.advance(cloud, chunk, leg, early, late);
}
