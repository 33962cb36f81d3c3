/**
 * The record of what analysts did, and the intervals that they review. An edit is written in the transaction of the versions that it makes, so
 * neither stands without the other; no edit is ever changed or taken out.
 */
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import { allotIds, inParts, insertRows } from "./rows.ts";

export interface Edit {
  /** Grows with time. */
  readonly id: number;
  readonly time: number;
  readonly analyst: string;
  readonly list: string;
  readonly eventKey: string;
  readonly action: string;
  /** What was done, in words. */
  readonly detail: string;
  readonly comment: string;
  /** Version of the event before; null when the list did not have it. */
  readonly versionBefore: number | null;
  /** null when the event left the list. */
  readonly versionAfter: number | null;
  /** The version that an undo or redo asked for; null of other edits. */
  readonly restoredVersion: number | null;
}

export async function recordEdits(writer: Writer, edits: readonly Omit<Edit, "id">[]): Promise<void> {
  if (edits.length === 0) return;
  const first = await allotIds(writer, "editid", edits.length);
  await insertRows(
    writer,
    "edit",
    edits.map((edit, i) => ({
      editid: first + i,
      list: edit.list,
      eventkey: edit.eventKey,
      analyst: edit.analyst,
      action: edit.action,
      detail: edit.detail,
      comment: edit.comment,
      versionbefore: edit.versionBefore,
      versionafter: edit.versionAfter,
      restored: edit.restoredVersion,
      lddate: edit.time,
    })),
  );
  await recordInLedger(
    writer,
    edits.map(({ time, analyst, action, list, eventKey }, i) => ({
      ...{ time, actor: analyst, action: `${list} ${eventKey}: ${action}`, table: "edit", id: first + i },
    })),
  );
}

/** Waits until no other edit is being written; until this transaction ends none begins. What is read from now on is current. */
export async function takeTurn(writer: Writer): Promise<void> {
  await allotIds(writer, "editid", 0);
}

export interface EditQuery {
  readonly list: string;
  readonly eventKey?: string | undefined;
  readonly limit?: number | undefined;
}

/** Newest first. */
export async function loadEdits(reader: Reader, { list, eventKey, limit }: EditQuery): Promise<Edit[]> {
  let query = reader.selectFrom("edit").selectAll().where("list", "=", list);
  if (eventKey !== undefined) query = query.where("eventkey", "=", eventKey);
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.orderBy("editid", "desc").execute();
  return rows.map((row) => ({
    id: row.editid,
    time: row.lddate,
    analyst: row.analyst,
    list: row.list,
    eventKey: row.eventkey,
    action: row.action,
    detail: row.detail,
    comment: row.comment,
    versionBefore: row.versionbefore,
    versionAfter: row.versionafter,
    restoredVersion: row.restored,
  }));
}

export interface ReviewedInterval {
  readonly list: string;
  readonly from: number;
  readonly to: number;
  readonly state: "open" | "complete";
  readonly analyst: string;
  /** When it came into this state, epoch s. */
  readonly changedAt: number;
}

/** Opened and completed intervals of a list in order of time. */
export async function loadReviewIntervals(reader: Reader, list: string): Promise<ReviewedInterval[]> {
  const rows = await reader
    .selectFrom("reviewinterval")
    .selectAll()
    .where("list", "=", list)
    .orderBy("starttime")
    .execute();
  return rows.map((row) => ({
    list: row.list,
    from: row.starttime,
    to: row.endtime,
    state: row.state as ReviewedInterval["state"],
    analyst: row.analyst,
    changedAt: row.lddate,
  }));
}

/** Adds the interval or changes its state. */
export async function putReviewInterval(writer: Writer, interval: ReviewedInterval): Promise<void> {
  const { list, from, to, state, analyst, changedAt } = interval;
  await writer
    .insertInto("reviewinterval")
    .values({ list, starttime: from, endtime: to, state, analyst, lddate: changedAt })
    .onConflict((conflict) =>
      conflict.columns(["list", "starttime"]).doUpdateSet({ endtime: to, state, analyst, lddate: changedAt }),
    )
    .execute();
}

/** Which of these arrivals have no part in the list. */
export async function arrivalsAside(reader: Reader, list: string, keys: readonly string[]): Promise<string[]> {
  const rows = await inParts(keys, (part) =>
    reader
      .selectFrom("arrivalaside")
      .select("arrivalkey")
      .where("list", "=", list)
      .where("arrivalkey", "in", part)
      .execute(),
  );
  return rows.map(({ arrivalkey }) => arrivalkey);
}

/** Sets an arrival aside for a list: other lists keep it. */
export async function setArrivalAside(
  writer: Writer,
  list: string,
  arrivalKey: string,
  { reason, now }: { reason: string; now: number },
): Promise<void> {
  await writer
    .insertInto("arrivalaside")
    .values({ list, arrivalkey: arrivalKey, reason, lddate: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes arrivals that were set aside back, as an undo does. */
export async function takeArrivalsBack(writer: Writer, list: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await writer
    .deleteFrom("arrivalaside")
    .where("list", "=", list)
    .where("arrivalkey", "in", [...keys])
    .execute();
}
