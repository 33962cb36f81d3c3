/**
 * A bulletin from the tables of one set (`x.arrival`, `x.assoc`, `x.origin`, `x.origerr`, ...), as far as they are there.
 *
 *     const { bulletin, problems } = bulletinFromCss(tables, "REB");
 */
import { type Bulletin, type Problem, ProblemList, type SeismicEvent } from "@harken/core";
import { arrivalsFromCss } from "./arrivals.ts";
import { OriginReader, originKey, type ReadOrigin } from "./origins.ts";
import type { CssTables } from "./schema.ts";

export function bulletinFromCss(
  tables: CssTables,
  list = "",
): { readonly bulletin: Bulletin; readonly problems: readonly Problem[] } {
  const problems = new ProblemList();
  const arrivals = arrivalsFromCss(tables);
  const reader = new OriginReader(tables, arrivals);
  const origins = (tables.origin ?? []).flatMap((row) => reader.read(row) ?? []);
  const leftOut = (table: string, count: number, why: string) => {
    if (count > 0)
      problems.warning("css.row-left-out", `${count} rows of the table ${table} ${why}; they were left out.`);
  };
  leftOut("arrival", (tables.arrival?.length ?? 0) - arrivals.size, "have no arid of their own, no station or no time");
  leftOut("origin", (tables.origin?.length ?? 0) - origins.length, "have no orid, no place or no time");
  leftOut("assoc", reader.withoutArrival, "name an arrival that is not there");
  return {
    bulletin: { list, events: eventsOf(origins, tables), arrivals: [...arrivals.values()] },
    problems: problems.list(),
  };
}

/** Origins of one evid are one event; the table event, if it is there, says which of them is preferred, otherwise it is the first. */
function eventsOf(origins: readonly ReadOrigin[], { event = [] }: CssTables): readonly SeismicEvent[] {
  const preferred = new Set(event.map(({ prefor }) => prefor));
  const groups = Map.groupBy(origins, ({ orid, evid }) => (evid === null ? originKey(orid) : `evid-${evid}`));
  return [...groups].map(([key, members]) => {
    const best = members.find(({ orid }) => preferred.has(orid)) ?? members[0]!;
    return { key, preferredOriginKey: best.origin.key, origins: members.map(({ origin }) => origin) };
  });
}
