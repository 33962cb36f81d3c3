/** What the parts of a running centre share. */
import type { Station } from "@harken/core";
import type { World } from "@harken/simulator";
import type { ArchiveReader, ArchiveWriter, Bus, Claim, Store } from "@harken/store";
import { claimInterval, failInterval, finishInterval, releaseClaim, type Writer } from "@harken/store";
import type { Logger } from "pino";
import type { CenterRecipe } from "./recipe.ts";
import type { RequestDesk } from "./timetable/requestDesk.ts";
import type { WorkerPool } from "./workerPool.ts";

export interface CenterContext {
  readonly store: Store;
  readonly archive: ArchiveReader & ArchiveWriter;
  readonly bus: Bus;
  readonly pool: WorkerPool;
  readonly logger: Logger;
  readonly recipe: CenterRecipe;
  readonly stations: readonly Station[];
  readonly world: World | null;
  /** Asks stations that send on demand; null where nobody answers. */
  readonly requests: RequestDesk | null;
  /** Name of this process among the workers. */
  readonly worker: string;
  readonly runId: number;
  /** Epoch seconds. */
  clock(): number;
  /** True from the moment the centre is told to stop. */
  stopping(): boolean;
}

export interface IntervalWork {
  readonly stage: "acquire" | "station" | "network" | "request";
  readonly name: string;
  readonly startTime: number;
}

/** What a piece of work leaves: rows to write in the same transaction that marks it done, and counts for the record. */
export interface WorkOutcome {
  readonly result: Readonly<Record<string, unknown>>;
  readonly write: (writer: Writer) => Promise<void>;
}

/**
 * Claims an interval, works on it and commits rows and state in one transaction. False when it was done already, is another's, or has
 * failed too often. A failure is recorded and tried again; at a stop the claim is given back and the error goes on.
 */
export async function workOn(
  context: Omit<CenterContext, "requests">,
  work: IntervalWork,
  body: (claim: Claim) => Promise<WorkOutcome>,
): Promise<boolean> {
  const { store, recipe, worker, logger } = context;
  for (;;) {
    const now = context.clock();
    const claim = await claimInterval(store, {
      ...work,
      worker,
      leaseSec: recipe.leaseSec,
      maxAttempts: recipe.maxAttempts,
      now,
    });
    if (!claim) return false;
    const started = performance.now();
    try {
      const { result, write } = await body(claim);
      await store.transaction(async (writer) => {
        await write(writer);
        await finishInterval(writer, claim, { result, runId: context.runId, now: context.clock() });
      });
      const seconds = (performance.now() - started) / 1000;
      logger.info({ code: "interval.done", ...work, seconds, ...result });
      await context.bus.publish(`intervals.${work.stage}`, { ...work, endTime: claim.endTime, state: "done", result });
      return true;
    } catch (cause) {
      if (context.stopping()) {
        await releaseClaim(store, claim, context.clock());
        throw cause;
      }
      const problem = cause instanceof Error ? cause.message : String(cause);
      logger.error({ code: "interval.failed", ...work, attempt: claim.attempts, err: cause });
      await failInterval(store, claim, problem, context.clock());
    }
  }
}
