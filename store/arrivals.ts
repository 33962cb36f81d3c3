/** Arrivals in the database. Their text key is their identity: writing the same arrival again changes nothing. */
import type { Arrival } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import { amplitudeRow, arrivalFromRow, arrivalRow, type Stamp } from "./mapping.ts";
import { allotIds, groupBy, inParts, insertRows } from "./rows.ts";

/** Stores arrivals and returns the arid of every key, new or known. */
export async function putArrivals(
  writer: Writer,
  arrivals: readonly Arrival[],
  stamp: Stamp,
): Promise<Map<string, number>> {
  const ids = await aridsOf(
    writer,
    arrivals.map(({ key }) => key),
  );
  const fresh = arrivals.filter(
    ({ key }, i) => !ids.has(key) && arrivals.findIndex((other) => other.key === key) === i,
  );
  if (fresh.length === 0) return ids;
  const firstArid = await allotIds(writer, "arid", fresh.length);
  fresh.forEach(({ key }, i) => {
    ids.set(key, firstArid + i);
  });
  await insertRows(
    writer,
    "base_arrival",
    fresh.map((arrival, i) => arrivalRow(arrival, firstArid + i, stamp)),
  );
  const amplitudes = fresh.flatMap((arrival, i) =>
    arrival.amplitudes.map((amplitude, ordinal) => ({ amplitude, arid: firstArid + i, ordinal })),
  );
  if (amplitudes.length > 0) {
    const firstAmpid = await allotIds(writer, "ampid", amplitudes.length);
    await insertRows(
      writer,
      "base_amplitude",
      amplitudes.map(({ amplitude, arid, ordinal }, i) =>
        amplitudeRow(amplitude, firstAmpid + i, arid, ordinal, stamp.now),
      ),
    );
  }
  return ids;
}

/** arid of each key that is stored. */
export async function aridsOf(reader: Reader, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await inParts(keys, (part) =>
    reader.selectFrom("base_arrival").select(["arrivalkey", "arid"]).where("arrivalkey", "in", part).execute(),
  );
  return new Map(rows.map(({ arrivalkey, arid }) => [arrivalkey, arid]));
}

export interface ArrivalQuery {
  /** Half-open interval of time [from, to), epoch s. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly station?: string | undefined;
  /** Only those that no current event of this list holds. */
  readonly unassociatedIn?: string | undefined;
  /** Leaves out those that this list has set aside. */
  readonly notAsideIn?: string | undefined;
  /** Only those numbered so far: later ones were stored later. */
  readonly upToArid?: number | undefined;
  /** Only those numbered later. */
  readonly afterArid?: number | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

function select(reader: Reader, { from, to, station, unassociatedIn, notAsideIn, upToArid, afterArid }: ArrivalQuery) {
  let query = reader.selectFrom("base_arrival as a");
  if (upToArid !== undefined) query = query.where("a.arid", "<=", upToArid);
  if (afterArid !== undefined) query = query.where("a.arid", ">", afterArid);
  if (from !== undefined) query = query.where("a.time", ">=", from);
  if (to !== undefined) query = query.where("a.time", "<", to);
  if (station !== undefined) query = query.where("a.sta", "=", station);
  if (unassociatedIn !== undefined) {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("base_assoc as s")
            .innerJoin("base_origin as o", "o.orid", "s.orid")
            .innerJoin("base_event_version as v", (join) =>
              join
                .onRef("v.evid", "=", "o.evid")
                .onRef("v.list", "=", "o.list")
                .onRef("v.version", "=", "o.version")
                .onRef("v.prefor", "=", "o.orid"),
            )
            .select("s.arid")
            .whereRef("s.arid", "=", "a.arid")
            .where("v.state", "=", "current")
            .where("v.list", "=", unassociatedIn),
        ),
      ),
    );
  }
  if (notAsideIn !== undefined) {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("arrivalaside as x")
            .select("x.arrivalkey")
            .whereRef("x.arrivalkey", "=", "a.arrivalkey")
            .where("x.list", "=", notAsideIn),
        ),
      ),
    );
  }
  return query;
}

export async function countArrivals(reader: Reader, query: ArrivalQuery = {}): Promise<number> {
  const row = await select(reader, query)
    .select((eb) => eb.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Arrivals in order of time, then key. */
export async function loadArrivals(reader: Reader, query: ArrivalQuery = {}): Promise<Arrival[]> {
  let rows = select(reader, query).selectAll("a").orderBy("a.time").orderBy("a.arrivalkey");
  // SQLite knows OFFSET only with LIMIT.
  if (query.limit !== undefined || query.offset !== undefined)
    rows = rows.limit(query.limit ?? Number.MAX_SAFE_INTEGER);
  if (query.offset !== undefined) rows = rows.offset(query.offset);
  return withAmplitudes(reader, await rows.execute());
}

/** The arrivals of these keys, in any order. */
export async function loadArrivalsByKey(reader: Reader, keys: readonly string[]): Promise<Arrival[]> {
  const rows = await inParts(keys, (part) =>
    reader.selectFrom("base_arrival").selectAll().where("arrivalkey", "in", part).execute(),
  );
  return withAmplitudes(reader, rows);
}

async function withAmplitudes(
  reader: Reader,
  rows: readonly Parameters<typeof arrivalFromRow>[0][],
): Promise<Arrival[]> {
  const amplitudes = await inParts(
    rows.map(({ arid }) => arid),
    (part) => reader.selectFrom("base_amplitude").selectAll().where("arid", "in", part).orderBy("ordinal").execute(),
  );
  const byArrival = groupBy(amplitudes, ({ arid }) => arid);
  return rows.map((row) => arrivalFromRow(row, byArrival.get(row.arid) ?? []));
}

/** Number of the arrival that was stored last; 0 for none. Numbers are given in the order of commits. */
export async function newestArid(reader: Reader): Promise<number> {
  const { arid } = await reader
    .selectFrom("base_arrival")
    .select(({ fn }) => fn.max("arid").as("arid"))
    .executeTakeFirstOrThrow();
  return Number(arid ?? 0);
}

/** Number of arrivals of each station that has any. */
export async function arrivalCounts(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom("base_arrival")
    .select((eb) => ["sta", eb.fn.countAll().as("count")])
    .groupBy("sta")
    .execute();
  return new Map(rows.map(({ sta, count }) => [sta, Number(count)]));
}
