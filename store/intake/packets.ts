/** Packets and alarms in the database: what came, with which verdict, and what was refused. */
import type { Reader, Writer } from "../database.ts";
import { allotIds, insertRows } from "../rows.ts";
import type { Row } from "../tables.ts";

/**
 * What is known of who made a packet: "verified" by a key of the sender's; "unsigned"; "unknown-key"; "refused" where a signature was wrong.
 * Of a packet with channels that differ it is the worst.
 */
export type Verdict = "verified" | "unsigned" | "unknown-key" | "refused";

export interface PacketRecord {
  /** Its sequence in the journal, where its bytes stand as they came. */
  readonly packetId: number;
  readonly kind: string;
  readonly source: string;
  /** The sender's own number; "" for none. Up to 64 bits, hence a text. */
  readonly sequence: string;
  /** Epoch s: received, and in the archive. */
  readonly receivedAt: number;
  readonly archivedAt: number;
  /** First and last sample, epoch s; null for packets without samples. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly bytes: number;
  readonly verdict: Verdict;
  /** Signatures of the frame and its channels. */
  readonly verified: number;
  readonly unsigned: number;
  readonly refused: number;
  /** Which channels differ, in words. */
  readonly detail: string;
}

export async function putPackets(writer: Writer, packets: readonly PacketRecord[]): Promise<void> {
  await insertRows(
    writer,
    "base_packet",
    packets.map((packet) => ({
      packetid: packet.packetId,
      kind: packet.kind,
      source: packet.source,
      seqno: packet.sequence,
      received: packet.receivedAt,
      archived: packet.archivedAt,
      time: packet.startTime,
      endtime: packet.endTime,
      bytes: packet.bytes,
      verdict: packet.verdict,
      nverified: packet.verified,
      nunsigned: packet.unsigned,
      nrefused: packet.refused,
      detail: packet.detail,
    })),
  );
}

export interface PacketFilter {
  readonly source?: string;
  readonly verdict?: Verdict;
  /** Data time, epoch s: packets with a sample in [from, to). */
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
}

/** In the order in which they came. */
export async function loadPackets(reader: Reader, filter: PacketFilter = {}): Promise<PacketRecord[]> {
  let query = reader.selectFrom("base_packet").selectAll();
  if (filter.source !== undefined) query = query.where("source", "=", filter.source);
  if (filter.verdict !== undefined) query = query.where("verdict", "=", filter.verdict);
  if (filter.from !== undefined) query = query.where("endtime", ">=", filter.from);
  if (filter.to !== undefined) query = query.where("time", "<", filter.to);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.orderBy("packetid").execute()).map(packetFromRow);
}

function packetFromRow(row: Row<"base_packet">): PacketRecord {
  return {
    packetId: row.packetid,
    kind: row.kind,
    source: row.source,
    sequence: row.seqno,
    receivedAt: row.received,
    archivedAt: row.archived,
    startTime: row.time,
    endTime: row.endtime,
    bytes: row.bytes,
    verdict: row.verdict as Verdict,
    verified: row.nverified,
    unsigned: row.nunsigned,
    refused: row.nrefused,
    detail: row.detail,
  };
}

export interface AlarmRecord {
  readonly time: number;
  readonly source: string;
  readonly code: string;
  readonly severity: "alarm" | "warning";
  readonly detail: string;
  /** How often since it was last written, which is done each second. */
  readonly count: number;
}

export async function putAlarms(writer: Writer, alarms: readonly AlarmRecord[]): Promise<void> {
  if (alarms.length === 0) return;
  const first = await allotIds(writer, "alarmid", alarms.length);
  await insertRows(
    writer,
    "base_alarm",
    alarms.map(({ count, ...alarm }, i) => ({ alarmid: first + i, ...alarm, ncount: count })),
  );
}

export async function loadAlarms(
  reader: Reader,
  filter: { readonly source?: string; readonly code?: string; readonly from?: number; readonly to?: number } = {},
): Promise<AlarmRecord[]> {
  let query = reader.selectFrom("base_alarm").selectAll();
  if (filter.source !== undefined) query = query.where("source", "=", filter.source);
  if (filter.code !== undefined) query = query.where("code", "=", filter.code);
  if (filter.from !== undefined) query = query.where("time", ">=", filter.from);
  if (filter.to !== undefined) query = query.where("time", "<", filter.to);
  const rows = await query.orderBy("time").orderBy("alarmid").execute();
  return rows.map(({ time, source, code, severity, detail, ncount }) => ({
    ...{ time, source, code, detail, count: ncount },
    severity: severity as AlarmRecord["severity"],
  }));
}
