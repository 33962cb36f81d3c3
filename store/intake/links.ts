/** Connections over which data came: from when to when, and what ended them. */
import type { Reader, Writer } from "../database.ts";
import { allotIds } from "../rows.ts";

export interface LinkRecord {
  readonly linkId: number;
  readonly source: string;
  readonly peer: string;
  /** Epoch s. */
  readonly startTime: number;
  /** null while it is up. */
  readonly endTime: number | null;
  readonly reason: string;
  readonly bytes: number;
}

/** Returns the link's number. */
export async function openLink(
  writer: Writer,
  { source, peer, startTime }: Pick<LinkRecord, "source" | "peer" | "startTime">,
): Promise<number> {
  const linkid = await allotIds(writer, "linkid", 1);
  await writer
    .insertInto("base_link")
    .values({ linkid, source, peer, time: startTime, endtime: null, reason: "", bytes: 0 })
    .execute();
  return linkid;
}

export async function closeLink(
  reader: Reader,
  linkId: number,
  { endTime, reason, bytes }: { readonly endTime: number; readonly reason: string; readonly bytes: number },
): Promise<void> {
  await reader.updateTable("base_link").set({ endtime: endTime, reason, bytes }).where("linkid", "=", linkId).execute();
}

/** Ends the links that a process left open which was killed: they were up at the longest until `endTime`. */
export async function closeAbandonedLinks(reader: Reader, endTime: number): Promise<void> {
  await reader
    .updateTable("base_link")
    .set({ endtime: endTime, reason: "the centre was killed" })
    .where("endtime", "is", null)
    .execute();
}

/** Those that were up at any time in [from, to), in order of time. */
export async function loadLinks(reader: Reader, from: number, to: number): Promise<LinkRecord[]> {
  const rows = await reader
    .selectFrom("base_link")
    .selectAll()
    .where("time", "<", to)
    .where((eb) => eb.or([eb("endtime", "is", null), eb("endtime", ">=", from)]))
    .orderBy("time")
    .orderBy("linkid")
    .execute();
  return rows.map(({ linkid, source, peer, time, endtime, reason, bytes }) => ({
    ...{ linkId: linkid, source, peer, startTime: time, endTime: endtime, reason, bytes },
  }));
}
