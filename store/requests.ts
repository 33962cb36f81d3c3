/**
 * Requests for segments of stations that send on demand, and what became of them. A request and the interval that made it are committed together;
 * its answer and the index of the samples in it likewise.
 */
import type { Reader, Writer } from "./database.ts";
import type { Stamp } from "./mapping.ts";
import { allotIds, insertRows } from "./rows.ts";
import type { Row } from "./tables.ts";

export interface SegmentRequest {
  readonly messageId: string;
  readonly station: string;
  /** Data asked for: [from, to). */
  readonly from: number;
  readonly to: number;
  /** Start of the interval whose events made the request. */
  readonly intervalStart: number;
  readonly eventKeys: readonly string[];
  /** `waiting` for an answer, `answered`, or `failed` when it was sent as often as the rule allows. */
  readonly state: "waiting" | "answered" | "failed";
  readonly attempts: number;
  /** Data time of the next attempt. */
  readonly nextTime: number;
  /** Data time of its making, and of its answer. */
  readonly askedTime: number;
  readonly answeredTime: number | null;
  readonly sampleCount: number;
  readonly lastProblem: string;
}

export type NewRequest = Pick<
  SegmentRequest,
  "messageId" | "station" | "from" | "to" | "intervalStart" | "eventKeys" | "askedTime" | "nextTime"
>;

/** Adds requests whose message is not there yet. */
export async function putRequests(writer: Writer, requests: readonly NewRequest[], stamp: Stamp): Promise<void> {
  const known = new Set(
    (await writer.selectFrom("segmentrequest").select("msgid").execute()).map(({ msgid }) => msgid),
  );
  const fresh = requests.filter(({ messageId }) => !known.has(messageId));
  if (fresh.length === 0) return;
  const first = await allotIds(writer, "requestid", fresh.length);
  await insertRows(
    writer,
    "segmentrequest",
    fresh.map((request, i) => ({
      requestid: first + i,
      msgid: request.messageId,
      sta: request.station,
      starttime: request.from,
      endtime: request.to,
      intervalstart: request.intervalStart,
      eventkeys: request.eventKeys.join(" "),
      state: "waiting",
      attempts: 0,
      nexttime: request.nextTime,
      askedtime: request.askedTime,
      answeredtime: null,
      nsamp: 0,
      lastproblem: "",
      runid: stamp.runId,
      lddate: stamp.now,
    })),
  );
}

/** Changes a request that has no answer yet, though it may have been given up; false when it has one. */
export async function settleRequest(
  writer: Writer,
  messageId: string,
  change: Pick<SegmentRequest, "state" | "attempts" | "nextTime" | "answeredTime" | "sampleCount" | "lastProblem">,
  { runId, now }: Stamp,
): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("segmentrequest")
    .set({
      state: change.state,
      attempts: change.attempts,
      nexttime: change.nextTime,
      answeredtime: change.answeredTime,
      nsamp: change.sampleCount,
      lastproblem: change.lastProblem,
      runid: runId,
      lddate: now,
    })
    .where("msgid", "=", messageId)
    .where("state", "!=", "answered")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface RequestQuery {
  readonly state?: SegmentRequest["state"] | undefined;
  /** Only those whose next attempt is due at this data time. */
  readonly dueAt?: number | undefined;
  /** Only those of data that begin in [from, to). */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** In the order in which they were made. */
export async function loadRequests(
  reader: Reader,
  { state, dueAt, from, to }: RequestQuery = {},
): Promise<SegmentRequest[]> {
  let query = reader.selectFrom("segmentrequest").selectAll();
  if (state !== undefined) query = query.where("state", "=", state);
  if (dueAt !== undefined) query = query.where("nexttime", "<=", dueAt);
  if (from !== undefined) query = query.where("starttime", ">=", from);
  if (to !== undefined) query = query.where("starttime", "<", to);
  return (await query.orderBy("requestid").execute()).map(fromRow);
}

function fromRow(row: Row<"segmentrequest">): SegmentRequest {
  return {
    messageId: row.msgid,
    station: row.sta,
    from: row.starttime,
    to: row.endtime,
    intervalStart: row.intervalstart,
    eventKeys: row.eventkeys === "" ? [] : row.eventkeys.split(" "),
    state: row.state as SegmentRequest["state"],
    attempts: row.attempts,
    nextTime: row.nexttime,
    askedTime: row.askedtime,
    answeredTime: row.answeredtime,
    sampleCount: row.nsamp,
    lastProblem: row.lastproblem,
  };
}
