/**
 * One transport run from weather files: on worker threads, with a checkpoint beside its results, so that a run that was ended goes on where it was.
 *
 *     const result = await transport({ plan, weather, checkpoint: "out/JPX38.checkpoint", threads: 2, onProgress, isStopped });
 *     if (!result.finished) ...                       // stopped: the same call goes on
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type HeightsFrom,
  type RunProgress,
  runTransport,
  type TransportPlan,
  type TransportResult,
} from "@harken/atmosphere";
import { centerErrors } from "../errors.ts";
import { transportThreads } from "./threads.ts";
import type { WeatherFiles } from "./weatherFiles.ts";

export interface TransportRequest {
  readonly plan: TransportPlan;
  readonly weather: WeatherFiles;
  /** One time of the weather stands for all. */
  readonly frozen: boolean;
  readonly heightsFrom: HeightsFrom;
  /** File that keeps the state; null keeps none. */
  readonly checkpoint: string | null;
  readonly threads: number;
  readonly onProgress: (progress: RunProgress) => void;
  /** Told once, when the run goes on from a checkpoint (share that was done) or could not (why). */
  readonly onResume: (from: number | string) => void;
  /** Asked after each leg; true keeps the state and ends the run. */
  readonly isStopped: () => boolean;
}

/** Time between two checkpoints; writing one takes a fraction of a second. */
const CHECKPOINT_MS = 30_000;

/** Throws BAD_PLAN and what the weather files throw. The checkpoint is taken away when the run is finished. */
export async function transport(request: TransportRequest): Promise<TransportResult> {
  const { plan, weather, frozen, heightsFrom, checkpoint, onProgress, isStopped } = request;
  const [from, to] = spanOf(plan);
  const threads = transportThreads(plan, request.threads);
  const identity = `${weather.identity}${frozen ? " frozen" : ""} ${heightsFrom}`;
  let kept = performance.now();
  try {
    const fields = weather.weather(from, to, { frozen, heightsFrom, allocate: threads.allocate });
    const resume = checkpoint === null ? null : readCheckpoint(checkpoint, request, identity, threads.allocate);
    const result = await runTransport(plan, fields, {
      ...threads,
      resume,
      onLeg: (progress, state) => {
        onProgress(progress);
        const stopped = isStopped();
        const now = performance.now();
        if (checkpoint !== null && (stopped || now - kept > CHECKPOINT_MS)) {
          writeWhole(checkpoint, encodeCheckpoint(plan, identity, state));
          kept = now;
        }
        return stopped ? "stop" : undefined;
      },
    });
    if (result.finished && checkpoint !== null) rmSync(checkpoint, { force: true });
    return result;
  } catch (cause) {
    if (cause instanceof RangeError) throw centerErrors.make("BAD_PLAN", { reason: cause.message }, cause);
    throw cause;
  } finally {
    await threads.destroy();
  }
}

/** First and last time that particles fly, epoch seconds. */
function spanOf({ startTime, outputs, outputSec, direction }: TransportPlan): [from: number, to: number] {
  const length = outputs * outputSec;
  return direction === "forward" ? [startTime, startTime + length] : [startTime - length, startTime];
}

function readCheckpoint(
  path: string,
  { plan, onResume }: TransportRequest,
  identity: string,
  allocate: (bytes: number) => SharedArrayBuffer | ArrayBuffer,
): Checkpoint | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const state = decodeCheckpoint(plan, identity, readFileSync(path), allocate);
  onResume(typeof state === "string" ? state : state.outputs.length / plan.outputs);
  return typeof state === "string" ? null : state;
}

/** The file is there whole or as it was, never in part. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
