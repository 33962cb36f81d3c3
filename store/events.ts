/**
 * Events in the database. An event keeps its key and evid for ever; each change writes a whole new version of it (origins, associations,
 * magnitudes) that supersedes the one before, and the old one stays. Writing an unchanged event writes nothing.
 */
import { type NetworkMagnitude, type Origin, preferredOrigin, type SeismicEvent } from "@harken/core";
import { aridsOf } from "./arrivals.ts";
import type { Reader, Writer } from "./database.ts";
import {
  associationFromRow,
  associationRow,
  originErrorFromRow,
  originErrorRow,
  originHeadFromRow,
  originRow,
  type Stamp,
  stationMagnitudeFromRow,
  stationMagnitudeRow,
} from "./mapping.ts";
import { allotIds, groupBy, inParts, insertRows } from "./rows.ts";
import { contentHash } from "./runs.ts";
import type { Row } from "./tables.ts";

export interface EventChange {
  readonly key: string;
  readonly change: "new" | "revised" | "withdrawn";
  readonly version: number;
}

/** An event as a list holds it. */
export interface ListedEvent {
  readonly list: string;
  readonly version: number;
  readonly event: SeismicEvent;
}

/** Stores new versions of the events that changed. Every arrival they name must be stored; throws otherwise (a programmer's error). */
export async function putEvents(
  writer: Writer,
  list: string,
  events: readonly SeismicEvent[],
  stamp: Stamp,
): Promise<EventChange[]> {
  const changes: EventChange[] = [];
  const arids = await aridsOf(writer, [...new Set(events.flatMap(arrivalKeysOf))]);
  for (const event of events) {
    const evid = await evidOf(writer, event.key, stamp.now);
    const newest = await newestVersion(writer, evid, list);
    const contenthash = contentHash(event);
    if (newest?.state === "current" && newest.contenthash === contenthash) continue;
    const version = (newest?.version ?? 0) + 1;
    if (newest?.state === "current") await setState(writer, newest, "superseded");
    const firstOrid = await allotIds(writer, "orid", event.origins.length);
    const preferred = event.origins.findIndex(({ key }) => key === event.preferredOriginKey);
    await insertRows(writer, "base_event_version", [
      {
        evid,
        list,
        version,
        supersedes: newest?.version ?? null,
        state: "current",
        prefor: firstOrid + preferred,
        time: preferredOrigin(event).time,
        contenthash,
        runid: stamp.runId,
        lddate: stamp.now,
      },
    ]);
    for (const [ordinal, origin] of event.origins.entries()) {
      await putOrigin(writer, origin, { orid: firstOrid + ordinal, evid, list, version, ordinal }, arids, stamp);
    }
    changes.push({ key: event.key, change: newest?.state === "current" ? "revised" : "new", version });
  }
  return changes;
}

/** Takes events out of a list: their last version stays, marked withdrawn. Keys that are not current are passed over. */
export async function withdrawEvents(writer: Writer, list: string, keys: readonly string[]): Promise<EventChange[]> {
  const changes: EventChange[] = [];
  for (const key of keys) {
    const row = await writer.selectFrom("base_event").select("evid").where("eventkey", "=", key).executeTakeFirst();
    const newest = row && (await newestVersion(writer, row.evid, list));
    if (newest?.state !== "current") continue;
    await setState(writer, newest, "withdrawn");
    changes.push({ key, change: "withdrawn", version: newest.version });
  }
  return changes;
}

function arrivalKeysOf(event: SeismicEvent): string[] {
  return event.origins.flatMap(({ associations, magnitudes }) => [
    ...associations.map(({ arrivalKey }) => arrivalKey),
    ...magnitudes.flatMap(({ stations }) => stations.flatMap(({ arrivalKey }) => arrivalKey ?? [])),
  ]);
}

async function evidOf(writer: Writer, eventkey: string, now: number): Promise<number> {
  const known = await writer
    .selectFrom("base_event")
    .select("evid")
    .where("eventkey", "=", eventkey)
    .executeTakeFirst();
  if (known) return known.evid;
  const evid = await allotIds(writer, "evid", 1);
  await insertRows(writer, "base_event", [{ evid, eventkey, lddate: now }]);
  return evid;
}

type Version = Row<"base_event_version">;

async function newestVersion(writer: Writer, evid: number, list: string): Promise<Version | undefined> {
  return writer
    .selectFrom("base_event_version")
    .selectAll()
    .where("evid", "=", evid)
    .where("list", "=", list)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The newest version that a list ever had of each event; events that it never had are absent. */
export async function newestVersions(
  reader: Reader,
  list: string,
  keys: readonly string[],
): Promise<Map<string, { readonly version: number; readonly state: string }>> {
  const rows = await inParts(keys, (part) =>
    reader
      .selectFrom("base_event_version as v")
      .innerJoin("base_event as e", "e.evid", "v.evid")
      .select(["e.eventkey", "v.version", "v.state"])
      .where("v.list", "=", list)
      .where("e.eventkey", "in", part)
      .orderBy("v.version")
      .execute(),
  );
  return new Map(rows.map(({ eventkey, version, state }) => [eventkey, { version, state }]));
}

async function setState(
  writer: Writer,
  { evid, list, version }: Version,
  state: "superseded" | "withdrawn",
): Promise<void> {
  await writer
    .updateTable("base_event_version")
    .set({ state })
    .where("evid", "=", evid)
    .where("list", "=", list)
    .where("version", "=", version)
    .execute();
}

async function putOrigin(
  writer: Writer,
  origin: Origin,
  place: Parameters<typeof originRow>[1],
  arids: ReadonlyMap<string, number>,
  stamp: Stamp,
): Promise<void> {
  const { orid } = place;
  const arid = (key: string) => {
    const id = arids.get(key);
    if (id === undefined) throw new Error(`origin ${origin.key} names arrival ${key}, which is not stored`);
    return id;
  };
  await insertRows(writer, "base_origin", [originRow(origin, place, stamp)]);
  if (origin.error) await insertRows(writer, "base_origerr", [originErrorRow(origin.error, orid)]);
  await insertRows(
    writer,
    "base_assoc",
    origin.associations.map((association, i) => associationRow(association, orid, arid(association.arrivalKey), i)),
  );
  if (origin.magnitudes.length === 0) return;
  const firstMagid = await allotIds(writer, "magid", origin.magnitudes.length);
  await insertRows(
    writer,
    "base_netmag",
    origin.magnitudes.map(({ type, stationCount, value, uncertainty }, ordinal) => ({
      magid: firstMagid + ordinal,
      orid,
      ordinal,
      magtype: type,
      nsta: stationCount,
      magnitude: value,
      uncertainty,
    })),
  );
  await insertRows(
    writer,
    "base_stamag",
    origin.magnitudes.flatMap(({ stations }, i) =>
      stations.map((magnitude, ordinal) => {
        const ids = {
          magid: firstMagid + i,
          ordinal,
          orid,
          arid: magnitude.arrivalKey === null ? null : arid(magnitude.arrivalKey),
        };
        return stationMagnitudeRow(magnitude, ids);
      }),
    ),
  );
}

export interface EventQuery {
  readonly list?: string | undefined;
  /** Half-open interval of the preferred origin's time [from, to), epoch s. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly key?: string | undefined;
  /** This version instead of the current one; with `list` and `key`. */
  readonly version?: number | undefined;
  /** Least value of any network magnitude of the preferred origin. */
  readonly minMagnitude?: number | undefined;
  /** Only versions whose preferred origin was numbered later: numbers are given in the order of commits. */
  readonly afterOrid?: number | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

function select(reader: Reader, { list, from, to, key, version, minMagnitude, afterOrid }: EventQuery) {
  let query = reader.selectFrom("base_event_version as v").innerJoin("base_event as e", "e.evid", "v.evid");
  query = version === undefined ? query.where("v.state", "=", "current") : query.where("v.version", "=", version);
  if (list !== undefined) query = query.where("v.list", "=", list);
  if (from !== undefined) query = query.where("v.time", ">=", from);
  if (to !== undefined) query = query.where("v.time", "<", to);
  if (key !== undefined) query = query.where("e.eventkey", "=", key);
  if (afterOrid !== undefined) query = query.where("v.prefor", ">", afterOrid);
  if (minMagnitude !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom("base_netmag as m")
          .select("m.orid")
          .whereRef("m.orid", "=", "v.prefor")
          .where("m.magnitude", ">=", minMagnitude),
      ),
    );
  }
  return query;
}

export async function countEvents(reader: Reader, query: EventQuery = {}): Promise<number> {
  const row = await select(reader, query)
    .select((eb) => eb.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Events in order of time, whole; the current ones unless a version is asked for. */
export async function loadEvents(reader: Reader, query: EventQuery = {}): Promise<ListedEvent[]> {
  let versions = select(reader, query)
    .select(["v.evid", "v.list", "v.version", "v.prefor", "e.eventkey"])
    .orderBy("v.time")
    .orderBy("e.eventkey");
  if (query.limit !== undefined || query.offset !== undefined)
    versions = versions.limit(query.limit ?? Number.MAX_SAFE_INTEGER);
  if (query.offset !== undefined) versions = versions.offset(query.offset);
  const heads = await versions.execute();
  const wanted = new Map(heads.map((head) => [`${head.evid} ${head.list} ${head.version}`, head]));
  const originRows = (
    await inParts([...new Set(heads.map(({ evid }) => evid))], (part) =>
      reader.selectFrom("base_origin").selectAll().where("evid", "in", part).orderBy("ordinal").execute(),
    )
  ).filter(({ evid, list, version }) => wanted.has(`${evid} ${list} ${version}`));
  const origins = await assembleOrigins(reader, originRows);
  const byEvent = groupBy(originRows, ({ evid, list }) => `${evid} ${list}`);
  return heads.map(({ evid, list, version, prefor, eventkey }) => {
    const rows = byEvent.get(`${evid} ${list}`) ?? [];
    const preferred = rows.find(({ orid }) => orid === prefor);
    return {
      list,
      version,
      event: {
        key: eventkey,
        preferredOriginKey: preferred?.originkey ?? "",
        origins: rows.map(({ orid }) => origins.get(orid)!),
      },
    };
  });
}

async function assembleOrigins(reader: Reader, rows: readonly Row<"base_origin">[]): Promise<Map<number, Origin>> {
  const orids = rows.map(({ orid }) => orid);
  const errors = await inParts(orids, (part) =>
    reader.selectFrom("base_origerr").selectAll().where("orid", "in", part).execute(),
  );
  const associations = await inParts(orids, (part) =>
    reader
      .selectFrom("base_assoc as s")
      .innerJoin("base_arrival as a", "a.arid", "s.arid")
      .selectAll("s")
      .select("a.arrivalkey")
      .where("s.orid", "in", part)
      .orderBy("s.ordinal")
      .execute(),
  );
  const netmags = await inParts(orids, (part) =>
    reader.selectFrom("base_netmag").selectAll().where("orid", "in", part).orderBy("ordinal").execute(),
  );
  const stamags = await inParts(orids, (part) =>
    reader
      .selectFrom("base_stamag as s")
      .leftJoin("base_arrival as a", "a.arid", "s.arid")
      .selectAll("s")
      .select("a.arrivalkey")
      .where("s.orid", "in", part)
      .orderBy("s.ordinal")
      .execute(),
  );
  const errorOf = new Map(errors.map((row) => [row.orid, row]));
  const associationsOf = groupBy(associations, ({ orid }) => orid);
  const netmagsOf = groupBy(netmags, ({ orid }) => orid);
  const stamagsOf = groupBy(stamags, ({ magid }) => magid);
  const magnitude = (row: Row<"base_netmag">): NetworkMagnitude => ({
    type: row.magtype,
    value: row.magnitude,
    uncertainty: row.uncertainty,
    stationCount: row.nsta,
    stations: (stamagsOf.get(row.magid) ?? []).map((station) => stationMagnitudeFromRow(station, station.arrivalkey)),
  });
  return new Map(
    rows.map((row) => {
      const error = errorOf.get(row.orid);
      const origin: Origin = {
        ...originHeadFromRow(row),
        error: error ? originErrorFromRow(error) : null,
        associations: (associationsOf.get(row.orid) ?? []).map((association) =>
          associationFromRow(association, association.arrivalkey),
        ),
        magnitudes: (netmagsOf.get(row.orid) ?? []).map(magnitude),
      };
      return [row.orid, origin];
    }),
  );
}

/** For each arrival key that a current event of the list holds by its preferred origin: the event's key. */
export async function eventKeysOfArrivals(
  reader: Reader,
  list: string,
  arrivalKeys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await inParts(arrivalKeys, (part) =>
    reader
      .selectFrom("base_arrival as a")
      .innerJoin("base_assoc as s", "s.arid", "a.arid")
      .innerJoin("base_event_version as v", "v.prefor", "s.orid")
      .innerJoin("base_event as e", "e.evid", "v.evid")
      .select(["a.arrivalkey", "e.eventkey"])
      .where("v.state", "=", "current")
      .where("v.list", "=", list)
      .where("a.arrivalkey", "in", part)
      .execute(),
  );
  return new Map(rows.map(({ arrivalkey, eventkey }) => [arrivalkey, eventkey]));
}

/** Number of the origin that was stored last; 0 for none. */
export async function newestOrid(reader: Reader): Promise<number> {
  const { orid } = await reader
    .selectFrom("base_origin")
    .select(({ fn }) => fn.max("orid").as("orid"))
    .executeTakeFirstOrThrow();
  return Number(orid ?? 0);
}
