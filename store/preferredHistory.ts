/** What the lists made of an event, from SEL1 on. */
import type { Reader } from "./database.ts";

/** An origin that a list preferred for an event, and when. */
export interface PreferredOrigin {
  readonly list: string;
  readonly version: number;
  readonly state: "current" | "superseded" | "withdrawn";
  readonly originKey: string;
  readonly author: string;
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  readonly definingCount: number;
  /** Wall time of its writing, epoch s. */
  readonly writtenAt: number;
}

/** What every list that had an event preferred for it, in the order of writing: its life from SEL1 on. */
export async function preferredHistory(reader: Reader, eventKey: string): Promise<PreferredOrigin[]> {
  const rows = await reader
    .selectFrom("base_event_version as v")
    .innerJoin("base_event as e", "e.evid", "v.evid")
    .innerJoin("base_origin as o", "o.orid", "v.prefor")
    .select(["v.list", "v.version", "v.state", "v.lddate", "o.originkey", "o.auth", "o.time", "o.lat", "o.lon"])
    .select(["o.depth", "o.ndef"])
    .where("e.eventkey", "=", eventKey)
    // Origins are numbered in the order of commits.
    .orderBy("v.prefor")
    .execute();
  return rows.map((row) => ({
    list: row.list,
    version: row.version,
    state: row.state as PreferredOrigin["state"],
    originKey: row.originkey,
    author: row.auth,
    time: row.time,
    latitudeDeg: row.lat,
    longitudeDeg: row.lon,
    depthKm: row.depth,
    definingCount: row.ndef,
    writtenAt: row.lddate,
  }));
}
