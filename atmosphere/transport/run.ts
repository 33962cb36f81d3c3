/**
 * A whole run: leg by leg, all chunks of a leg by whoever executes them, outputs as they are complete. It can be stopped after any leg, and goes on from
 * there to the same bits.
 *
 *     const result = await runTransport(plan, { times, load });
 *     const { field } = sourceReceptorField(result, sample);
 */
import { ChunkWorker } from "./chunk.ts";
import { type OutputStep, OutputSums, type PendingSums } from "./outputSums.ts";
import type { ParticleCloud } from "./particleCloud.ts";
import { checkPlan, type Leg, legsOf, particleCount, type TransportPlan } from "./plan.ts";
import { type Chunk, chunksOf, releaseParticles } from "./release.ts";
import type { CellSums } from "./sampler.ts";
import type { Allocate, TransportField } from "./transportField.ts";

/** Weather at rising times; a single one stands still. */
export interface Weather {
  readonly times: readonly number[];
  readonly load: (index: number) => TransportField | Promise<TransportField>;
}

/** Moves the particles of a chunk over a leg, in this thread or another that shares the cloud's and the fields' memory. */
export type ExecuteChunk = (
  cloud: ParticleCloud,
  chunk: Chunk,
  leg: Leg,
  early: TransportField,
  late: TransportField,
) => CellSums | Promise<CellSums>;

/** Where a run stands between two legs. */
export interface Checkpoint {
  readonly legsDone: number;
  readonly cloud: ParticleCloud;
  readonly outputs: readonly OutputStep[];
  /** Of the output that is under way. */
  readonly pending: PendingSums;
}

export interface RunProgress {
  /** Particle-steps, those before a particle's release included. */
  readonly done: number;
  readonly total: number;
  readonly outputsDone: number;
}

export interface RunOptions {
  readonly execute?: ExecuteChunk;
  readonly allocate?: Allocate;
  /** Called after each leg; `checkpoint` is live memory, to be copied or written before the call returns. Ends the run when it returns "stop". */
  readonly onLeg?: (progress: RunProgress, checkpoint: Checkpoint) => "stop" | undefined | Promise<"stop" | undefined>;
  readonly resume?: Checkpoint | null;
}

export interface TransportResult {
  readonly plan: TransportPlan;
  readonly cloud: ParticleCloud;
  /** In the run's order; fewer than planned when it was stopped. */
  readonly outputs: readonly OutputStep[];
  readonly finished: boolean;
}

export async function runTransport(
  plan: TransportPlan,
  weather: Weather,
  options: RunOptions = {},
): Promise<TransportResult> {
  checkPlan(plan);
  const legs = legsOf(plan, weather.times);
  const chunks = chunksOf(plan);
  const { resume } = options;
  const cloud = resume?.cloud ?? releaseParticles(plan, options.allocate);
  const execute = options.execute ?? inThisThread(plan);
  const { grid, layerTopsM } = plan.sampling;
  const sums = new OutputSums(plan.species.length * layerTopsM.length * grid.rows * grid.columns, resume?.pending);
  const outputs: OutputStep[] = [...(resume?.outputs ?? [])];
  const fields = keepFields(weather);
  const total = particleCount(plan) * legs.reduce((sum, { steps }) => sum + steps, 0);
  let stepsDone = legs.slice(0, resume?.legsDone ?? 0).reduce((sum, { steps }) => sum + steps, 0);
  for (let n = resume?.legsDone ?? 0; n < legs.length; n++) {
    const leg = legs[n]!;
    const [early, late] = await fields.of(leg, legs[n + 1]);
    const results = await Promise.all(chunks.map((chunk) => execute(cloud, chunk, leg, early, late)));
    results.forEach((result, k) => {
      sums.add(chunks[k]!.index, result);
    });
    if (legs[n + 1]?.output !== leg.output) outputs.push(sums.finish());
    stepsDone += leg.steps;
    const progress = { done: stepsDone * particleCount(plan), total, outputsDone: outputs.length };
    const word = await options.onLeg?.(progress, { legsDone: n + 1, cloud, outputs, pending: sums.pending });
    if (word === "stop" && n + 1 < legs.length) return { plan, cloud, outputs, finished: false };
  }
  return { plan, cloud, outputs, finished: true };
}

function inThisThread(plan: TransportPlan): ExecuteChunk {
  const worker = new ChunkWorker(plan);
  return (cloud, chunk, leg, early, late) => worker.advance(cloud, chunk, leg, early, late);
}

/** Loads each field once, the next leg's while this one's particles are moved, and forgets those that are behind. */
function keepFields({ load }: Weather) {
  const kept = new Map<number, Promise<TransportField>>();
  const get = (index: number) => {
    let field = kept.get(index);
    if (!field) {
      field = Promise.resolve(load(index));
      // Its failure is met where the field is used.
      field.catch(() => {});
      kept.set(index, field);
    }
    return field;
  };
  return {
    async of(leg: Leg, next: Leg | undefined): Promise<[TransportField, TransportField]> {
      const wanted = new Set([leg.early, leg.late, next?.early ?? leg.early, next?.late ?? leg.late]);
      for (const index of kept.keys()) if (!wanted.has(index)) kept.delete(index);
      const pair = await Promise.all([get(leg.early), get(leg.late)]);
      for (const index of wanted) get(index);
      return pair;
    },
  };
}
