/**
 * Provenance: which software, with which configuration, made a row. A run is one worker's use of one stage with one configuration; every
 * product row carries its number.
 */
import { createHash } from "node:crypto";
import type { Reader, Writer } from "./database.ts";
import { allotIds } from "./rows.ts";

export interface RunDescription {
  readonly stage: string;
  readonly software: string;
  readonly worker: string;
  /** Everything that the result depends on besides the data, as plain JSON. */
  readonly config: unknown;
}

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** Records a run and returns its number. */
export async function recordRun(writer: Writer, description: RunDescription, now: number): Promise<number> {
  const runid = await allotIds(writer, "runid", 1);
  await writer
    .insertInto("run")
    .values({
      runid,
      stage: description.stage,
      software: description.software,
      confighash: contentHash(description.config),
      config: canonicalJson(description.config),
      worker: description.worker,
      lddate: now,
    })
    .execute();
  return runid;
}

/** The configuration of a run, by its number, or of the last run of a stage; null where there is none. */
export async function loadRunConfig(
  reader: Reader,
  which: { readonly runId: number } | { readonly lastOf: string },
): Promise<unknown> {
  const all = reader.selectFrom("run").select("config").orderBy("runid", "desc").limit(1);
  const row = await ("runId" in which
    ? all.where("runid", "=", which.runId)
    : all.where("stage", "=", which.lastOf)
  ).executeTakeFirst();
  return row ? JSON.parse(row.config) : null;
}
