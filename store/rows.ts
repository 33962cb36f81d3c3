/** Small helpers that the tables share: allotting integers, inserting many rows, splitting long lists. */
import type { Compilable } from "kysely";
import type { Writer } from "./database.ts";
import { type Row, type Tables, tables } from "./tables.ts";

/** Bound parameters per statement: SQLite allows 32766, PostgreSQL 65535. */
const MAX_PARAMETERS = 30_000;
/** Longest list of keys in one `IN`. */
const MAX_IN = 1_000;

/** Reserves `count` integers of a name and returns the first; the row lock lasts until the transaction ends, so ids commit in order. */
export async function allotIds(writer: Writer, name: string, count: number): Promise<number> {
  await writer
    .insertInto("lastid")
    .values({ keyname: name, keyvalue: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { keyvalue } = await writer
    .updateTable("lastid")
    .set((eb) => ({ keyvalue: eb("keyvalue", "+", count) }))
    .where("keyname", "=", name)
    .returning("keyvalue")
    .executeTakeFirstOrThrow();
  return keyvalue - count + 1;
}

export async function insertRows<T extends keyof Tables>(
  writer: Writer,
  table: T,
  rows: readonly Row<T>[],
): Promise<void> {
  const perStatement = Math.floor(MAX_PARAMETERS / Object.keys(tables[table].columns).length);
  for (const part of chunks(rows, perStatement))
    await writer
      .insertInto(table)
      .values(part as never)
      .execute();
}

/**
 * Runs the same statement for each item. It is built once, which takes longer than to run it; `parameters` are in the order in which they stand in it.
 * Throws where those of the first item are not what the statement has.
 */
export async function executeEach<T>(
  writer: Writer,
  items: readonly T[],
  build: (item: T) => Compilable,
  parameters: (item: T) => readonly unknown[],
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const compiled = build(first).compile();
  const own = parameters(first);
  if (own.length !== compiled.parameters.length || own.some((value, i) => value !== compiled.parameters[i]))
    throw new Error(`The parameters are not in the order of the statement: ${compiled.sql}`);
  for (const item of items) await writer.executeQuery({ ...compiled, parameters: parameters(item) });
}

export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

/** Runs a query for lists of any length by parts and joins the answers. */
export async function inParts<K, R>(keys: readonly K[], query: (part: K[]) => Promise<R[]>): Promise<R[]> {
  const answers: R[] = [];
  for (const part of chunks(keys, MAX_IN)) answers.push(...(await query(part)));
  return answers;
}

/** Groups rows by a key, in the order met. */
export function groupBy<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
