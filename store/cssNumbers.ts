/** The integers under which CSS3.0 and IMS messages know events and origins; `aridsOf` gives those of arrivals. */
import type { Reader } from "./database.ts";
import type { ListedEvent } from "./events.ts";
import { inParts } from "./rows.ts";

export interface CssNumbers {
  /** evid of each event's key. */
  readonly events: ReadonlyMap<string, number>;
  /** orid of each origin's key, in the version that was given. */
  readonly origins: ReadonlyMap<string, number>;
}

export async function cssNumbersOf(reader: Reader, listed: readonly ListedEvent[]): Promise<CssNumbers> {
  const versionOf = new Map(listed.map(({ list, version, event }) => [`${list} ${event.key}`, version]));
  const keys = [...new Set(listed.map(({ event }) => event.key))];
  const rows = await inParts(keys, (part) =>
    reader
      .selectFrom("base_event as e")
      .leftJoin("base_origin as o", "o.evid", "e.evid")
      .select(["e.evid", "e.eventkey", "o.orid", "o.originkey", "o.list", "o.version"])
      .where("e.eventkey", "in", part)
      .execute(),
  );
  const origins = rows.flatMap(({ eventkey, orid, originkey, list, version }): [string, number][] =>
    orid !== null && originkey !== null && versionOf.get(`${list} ${eventkey}`) === version ? [[originkey, orid]] : [],
  );
  return { events: new Map(rows.map(({ eventkey, evid }) => [eventkey, evid])), origins: new Map(origins) };
}
