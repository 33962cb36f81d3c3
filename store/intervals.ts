/**
 * Work shared by interval. A row per (stage, name, data interval) says whether the work waits, is claimed, done or failed. A claim is a
 * lease with a fencing token: when the lease runs out another worker takes the interval with a higher token, and the first one's commit,
 * guarded by its token in the same transaction as its rows, is refused (Kleppmann 2017, "Designing Data-Intensive Applications", ch. 8).
 *
 *     const claim = await claimInterval(store, { stage: "station", worker, leaseSec: 120, now });
 *     await store.transaction(async (writer) => { await finishInterval(writer, claim, {...}); await putArrivals(writer, ...); });
 */
import type { Reader, Store, Writer } from "./database.ts";
import { storeErrors } from "./errors.ts";
import { insertRows } from "./rows.ts";
import type { Row } from "./tables.ts";

export interface IntervalSpan {
  readonly stage: string;
  /** Station code, or the list that is made of the network's interval. */
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
}

export type IntervalState = "queued" | "claimed" | "done" | "failed";

export interface IntervalRecord extends IntervalSpan {
  readonly state: IntervalState;
  readonly attempts: number;
  readonly worker: string;
  readonly lastProblem: string;
  /** Counts and remarks that the stage left. */
  readonly result: Readonly<Record<string, unknown>>;
}

export interface Claim extends IntervalSpan {
  readonly worker: string;
  readonly token: number;
  readonly attempts: number;
}

/** Adds intervals that are not there yet, waiting. */
export async function queueIntervals(writer: Writer, spans: readonly IntervalSpan[], now: number): Promise<void> {
  const known = new Set<string>();
  for (const stage of new Set(spans.map((span) => span.stage))) {
    const rows = await writer.selectFrom("interval").select(["name", "starttime"]).where("stage", "=", stage).execute();
    for (const { name, starttime } of rows) known.add(`${stage} ${name} ${starttime}`);
  }
  const fresh = spans.filter(({ stage, name, startTime }) => !known.has(`${stage} ${name} ${startTime}`));
  await insertRows(
    writer,
    "interval",
    fresh.map(({ stage, name, startTime, endTime }) => ({
      stage,
      name,
      starttime: startTime,
      endtime: endTime,
      state: "queued",
      attempts: 0,
      worker: "",
      token: 0,
      leaseuntil: 0,
      lastproblem: "",
      result: "{}",
      runid: 0,
      lddate: now,
    })),
  );
}

export interface ClaimRequest {
  readonly stage: string;
  readonly worker: string;
  readonly leaseSec: number;
  /** Epoch seconds now. */
  readonly now: number;
  /** Only this interval. */
  readonly name?: string | undefined;
  readonly startTime?: number | undefined;
  /** Intervals that failed this often are left alone. */
  readonly maxAttempts?: number | undefined;
}

const DEFAULT_MAX_ATTEMPTS = 5;

/** Claims the earliest interval that waits, has failed, or whose lease has run out; null when there is none. */
export async function claimInterval(store: Pick<Store, "db">, request: ClaimRequest): Promise<Claim | null> {
  const { stage, worker, leaseSec, now, name, startTime, maxAttempts = DEFAULT_MAX_ATTEMPTS } = request;
  for (;;) {
    let query = store.db
      .selectFrom("interval")
      .selectAll()
      .where("stage", "=", stage)
      .where("attempts", "<", maxAttempts)
      .where((eb) =>
        eb.or([
          eb("state", "in", ["queued", "failed"]),
          eb.and([eb("state", "=", "claimed"), eb("leaseuntil", "<", now)]),
        ]),
      );
    if (name !== undefined) query = query.where("name", "=", name);
    if (startTime !== undefined) query = query.where("starttime", "=", startTime);
    const row = await query.orderBy("starttime").orderBy("name").limit(1).executeTakeFirst();
    if (!row) return null;
    // The token is the optimistic lock: of two workers that saw the same row, one updates it and the other looks again.
    const taken = await store.db
      .updateTable("interval")
      .set({
        state: "claimed",
        worker,
        token: row.token + 1,
        attempts: row.attempts + 1,
        leaseuntil: now + leaseSec,
        lddate: now,
      })
      .where("stage", "=", row.stage)
      .where("name", "=", row.name)
      .where("starttime", "=", row.starttime)
      .where("token", "=", row.token)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 1n) {
      return {
        stage,
        name: row.name,
        startTime: row.starttime,
        endTime: row.endtime,
        worker,
        token: row.token + 1,
        attempts: row.attempts + 1,
      };
    }
  }
}

/** Prolongs a lease; false when the claim was lost. */
export async function renewClaim(
  store: Pick<Store, "db">,
  claim: Claim,
  leaseSec: number,
  now: number,
): Promise<boolean> {
  return updateHeld(store.db, claim, { leaseuntil: now + leaseSec });
}

/** Marks the claimed interval done within the transaction that writes its rows. Throws FENCED when the claim was lost. */
export async function finishInterval(
  writer: Writer,
  claim: Claim,
  { result, runId, now }: { result: Readonly<Record<string, unknown>>; runId: number; now: number },
): Promise<void> {
  const change = { state: "done", result: JSON.stringify(result), runid: runId, lddate: now, lastproblem: "" };
  const kept = await updateHeld(writer, claim, change);
  if (!kept) throw storeErrors.make("FENCED", { ...claim, start: claim.startTime });
}

/** Gives a claimed interval back as failed, to be tried again; without effect when the claim was lost. */
export async function failInterval(
  store: Pick<Store, "db">,
  claim: Claim,
  problem: string,
  now: number,
): Promise<void> {
  await updateHeld(store.db, claim, { state: "failed", lastproblem: problem, lddate: now });
}

/** Gives a claimed interval back untouched, as at a clean stop. */
export async function releaseClaim(store: Pick<Store, "db">, claim: Claim, now: number): Promise<void> {
  await updateHeld(store.db, claim, { state: "queued", attempts: claim.attempts - 1, lddate: now });
}

/** Has intervals that are done worked on again, as when data come late: those of a stage and name that begin in [from, to]. Returns how many. */
export async function reopenIntervals(
  writer: Writer,
  {
    stage,
    name,
    from,
    to,
  }: { readonly stage: string; readonly name: string; readonly from: number; readonly to: number },
  now: number,
): Promise<number> {
  const { numUpdatedRows } = await writer
    .updateTable("interval")
    .set({ state: "queued", attempts: 0, lddate: now })
    .where("stage", "=", stage)
    .where("name", "=", name)
    .where("state", "=", "done")
    .where("starttime", ">=", from)
    .where("starttime", "<=", to)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Gives every claimed interval back, without waiting for leases: for the start of a centre that holds its data folder alone, where nobody
 * else can be working. Tokens grow, so a claim from before is void.
 */
export async function recoverClaims(writer: Writer, now: number): Promise<number> {
  const { numUpdatedRows } = await writer
    .updateTable("interval")
    .set((eb) => ({ state: "queued", token: eb("token", "+", 1), attempts: eb("attempts", "-", 1), lddate: now }))
    .where("state", "=", "claimed")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Changes the row as long as the claim holds; false when it does not. */
async function updateHeld(
  db: Reader,
  { stage, name, startTime, token }: Claim,
  change: Partial<Row<"interval">>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("interval")
    .set(change)
    .where("stage", "=", stage)
    .where("name", "=", name)
    .where("starttime", "=", startTime)
    .where("token", "=", token)
    .where("state", "=", "claimed")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Every interval of a stage in order of time. */
export async function loadIntervals(
  reader: Reader,
  stage: string,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined } = {},
): Promise<IntervalRecord[]> {
  const rows = await reader
    .selectFrom("interval")
    .selectAll()
    .where("stage", "=", stage)
    .$if(from !== undefined, (query) => query.where("starttime", ">=", from!))
    .$if(to !== undefined, (query) => query.where("starttime", "<", to!))
    .orderBy("starttime")
    .orderBy("name")
    .execute();
  return rows.map(fromRow);
}

function fromRow(row: Row<"interval">): IntervalRecord {
  return {
    stage: row.stage,
    name: row.name,
    startTime: row.starttime,
    endTime: row.endtime,
    state: row.state as IntervalState,
    attempts: row.attempts,
    worker: row.worker,
    lastProblem: row.lastproblem,
    result: JSON.parse(row.result) as Record<string, unknown>,
  };
}
