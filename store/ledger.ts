/**
 * The audit ledger: a chain of hashes over what was done. Each line is committed together with the row that it vouches for, so neither is there without the
 * other; a line that is changed, taken out or put in breaks the chain, a row that is changed or taken out no longer fits its line.
 *
 *     const report = await verifyLedger(store.db);     // { lines, rows, head, faults: ["accountchange 12 was changed after line 40", ...] }
 *
 * Whoever can write the whole database can write the whole chain anew: note the head now and then (`harken ledger head`, and each backup does), and
 * `verifyLedger` tells whether it still stands in the chain.
 */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Reader, Writer } from "./database.ts";
import { allotIds, chunks, insertRows } from "./rows.ts";
import { type Row, type Tables, tables } from "./tables.ts";

/** Tables whose rows are vouched for: the key and the columns that never change. */
const audited = {
  accountchange: Object.keys(tables.accountchange.columns),
  edit: Object.keys(tables.edit.columns),
  rnedit: Object.keys(tables.rnedit.columns),
  messagelog: Object.keys(tables.messagelog.columns),
  // What becomes of a delivery changes; what is delivered does not.
  delivery: ["deliveryid", "subid", "number", "created", "items", "bytes", "sha256", "message"],
  rnreport: Object.keys(tables.rnreport.columns),
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>;
export type AuditedTable = keyof typeof audited;

export interface LedgerEntry {
  readonly time: number;
  readonly actor: string;
  readonly action: string;
  readonly table: AuditedTable;
  readonly id: number;
}

/** What stands before the first line. */
const GENESIS = "0".repeat(64);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const keyOf = (table: AuditedTable): string => tables[table].key[0];

async function rowHash(reader: Reader, table: AuditedTable, id: number): Promise<string | null> {
  const { rows } = await sql<
    Record<string, unknown>
  >`SELECT * FROM ${sql.table(table)} WHERE ${sql.ref(keyOf(table))} = ${id}`.execute(reader);
  return rows[0] ? hashOfRow(table, rows[0]) : null;
}

function hashOfRow(table: AuditedTable, row: Readonly<Record<string, unknown>>): string {
  return sha256(JSON.stringify(audited[table].map((column) => row[column])));
}

function hashOfLine({ seq, time, actor, action, subject, rowhash, previous }: Omit<Row<"ledger">, "hash">): string {
  return sha256(JSON.stringify([seq, time, actor, action, subject, rowhash, previous]));
}

/** Adds lines for rows that this transaction has written. Other writers of the ledger wait until it ends, so that the chain has one order. */
export async function recordInLedger(writer: Writer, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const first = await allotIds(writer, "ledger", entries.length);
  const before = await writer
    .selectFrom("ledger")
    .select("hash")
    .where("seq", "=", first - 1)
    .executeTakeFirst();
  let previous = before?.hash ?? GENESIS;
  const lines: Row<"ledger">[] = [];
  for (const [i, { time, actor, action, table, id }] of entries.entries()) {
    const rowhash = await rowHash(writer, table, id);
    if (rowhash === null) throw new Error(`there is no ${table} ${id} to vouch for`);
    const line = { seq: first + i, time, actor, action, subject: `${table} ${id}`, rowhash, previous };
    previous = hashOfLine(line);
    lines.push({ ...line, hash: previous });
  }
  await insertRows(writer, "ledger", lines);
}

export interface LedgerHead {
  /** 0 while the ledger is empty. */
  readonly seq: number;
  readonly hash: string;
}

export async function ledgerHead(reader: Reader): Promise<LedgerHead> {
  const row = await reader
    .selectFrom("ledger")
    .select(["seq", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? { seq: row.seq, hash: row.hash } : { seq: 0, hash: GENESIS };
}

export interface LedgerReport {
  readonly lines: number;
  /** Rows that lines vouch for. */
  readonly rows: number;
  readonly head: LedgerHead;
  /** What is wrong, each naming its line or row; the first hundred. */
  readonly faults: readonly string[];
}

const PAGE = 2_000;
const MOST_FAULTS = 100;

/** `heads`: lines that were noted earlier and must still be there as they were. */
export async function verifyLedger(reader: Reader, heads: readonly LedgerHead[] = []): Promise<LedgerReport> {
  const faults: string[] = [];
  const fault = (text: string) => {
    if (faults.length < MOST_FAULTS) faults.push(text);
  };
  /** The newest line of each row: an earlier one vouches for what the row was. */
  const vouched = new Map<string, { readonly seq: number; readonly rowhash: string }>();
  let last: LedgerHead = { seq: 0, hash: GENESIS };
  for (;;) {
    const page = await reader
      .selectFrom("ledger")
      .selectAll()
      .where("seq", ">", last.seq)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    for (const { hash, ...line } of page) {
      if (line.seq !== last.seq + 1) fault(`ledger ${last.seq + 1} is missing: line ${line.seq} follows ${last.seq}`);
      if (line.previous !== last.hash) fault(`ledger ${line.seq} does not follow what stands before it`);
      if (hashOfLine(line) !== hash) fault(`ledger ${line.seq} was changed`);
      const noted = heads.find(({ seq }) => seq === line.seq);
      if (noted && noted.hash !== hash) fault(`ledger ${line.seq} is not the line that was noted`);
      vouched.set(line.subject, { seq: line.seq, rowhash: line.rowhash });
      last = { seq: line.seq, hash };
    }
    if (page.length < PAGE) break;
  }
  for (const { seq } of heads) if (seq > last.seq) fault(`ledger ${seq} was noted and is missing: the end was cut off`);
  await verifyCount(reader, last.seq, fault);
  for (const table of Object.keys(audited) as AuditedTable[]) await verifyRows(reader, table, vouched, fault);
  return { lines: last.seq, rows: vouched.size, head: last, faults };
}

/** Numbers are allotted in a table of their own, which knows of lines that were cut off. */
async function verifyCount(reader: Reader, last: number, fault: (text: string) => void): Promise<void> {
  const row = await reader.selectFrom("lastid").select("keyvalue").where("keyname", "=", "ledger").executeTakeFirst();
  if ((row?.keyvalue ?? 0) > last) fault(`ledger ${last + 1} to ${row?.keyvalue} are missing: the end was cut off`);
}

async function verifyRows(
  reader: Reader,
  table: AuditedTable,
  vouched: ReadonlyMap<string, { readonly seq: number; readonly rowhash: string }>,
  fault: (text: string) => void,
): Promise<void> {
  const key = keyOf(table);
  const ids = [...vouched.keys()].flatMap((subject) =>
    subject.startsWith(`${table} `) ? [Number(subject.slice(table.length + 1))] : [],
  );
  if (ids.length === 0) return;
  const left = new Set(ids);
  // Rows from before the ledger began are vouched for by none.
  let after = Math.min(...ids) - 1;
  for (;;) {
    const { rows } = await sql<
      Record<string, unknown>
    >`SELECT * FROM ${sql.table(table)} WHERE ${sql.ref(key)} > ${after} ORDER BY ${sql.ref(key)} LIMIT ${PAGE}`.execute(
      reader,
    );
    for (const row of rows) {
      const id = Number(row[key]);
      const line = vouched.get(`${table} ${id}`);
      left.delete(id);
      after = id;
      if (!line) fault(`${table} ${id} was put in without a line of the ledger`);
      else if (hashOfRow(table, row) !== line.rowhash) fault(`${table} ${id} was changed after line ${line.seq}`);
    }
    if (rows.length < PAGE) break;
  }
  for (const part of chunks([...left], 10)) fault(`${part.map((id) => `${table} ${id}`).join(", ")} was taken out`);
}
