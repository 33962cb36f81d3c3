/**
 * The whole database as text, one file for each table, and back: the same on both engines, so that what was backed up on one can be restored on the
 * other. Rows are read in one snapshot while the centre writes on.
 *
 *     const manifest = await dumpDatabase(store, folder);
 *     await loadDatabase({ file: "new/harken.db" }, folder, manifest);
 *
 * A line is a row as JSON, columns in the order of the schema, rows in the order of the key: equal databases give equal files.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, createGzip } from "node:zlib";
import { type RawBuilder, sql } from "kysely";
import { newestMigration, openStore, type Reader, type Store, type StoreOptions } from "./database.ts";
import { storeErrors } from "./errors.ts";
import { type LedgerHead, ledgerHead } from "./ledger.ts";
import { insertRows } from "./rows.ts";
import { type Tables, tables } from "./tables.ts";

export interface DumpedTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the text, before it was compressed. */
  readonly sha256: string;
}

export interface DatabaseDump {
  /** The newest migration of the schema that it was made of. */
  readonly migration: string;
  readonly ledger: LedgerHead;
  readonly tables: readonly DumpedTable[];
}

const PAGE = 2_000;
const fileOf = (folder: string, table: string) => join(folder, `${table}.ndjson.gz`);

/** `inSnapshot` is run while the snapshot stands. */
export async function dumpDatabase(
  store: Store,
  folder: string,
  inSnapshot: (reader: Reader) => Promise<void> = async () => undefined,
): Promise<DatabaseDump> {
  await mkdir(folder, { recursive: true });
  return store.snapshot(async (reader) => {
    const dumped: DumpedTable[] = [];
    for (const table of Object.keys(tables) as (keyof Tables)[]) dumped.push(await dumpTable(reader, table, folder));
    await inSnapshot(reader);
    return { migration: newestMigration, ledger: await ledgerHead(reader), tables: dumped };
  });
}

async function dumpTable(reader: Reader, table: keyof Tables, folder: string): Promise<DumpedTable> {
  const columns = Object.keys(tables[table].columns);
  const hash = createHash("sha256");
  const gzip = createGzip({ level: 1 });
  const file = createWriteStream(fileOf(folder, table), { flush: true });
  gzip.pipe(file);
  let rows = 0;
  for await (const page of pagesOf(reader, table)) {
    const text = page.map((row) => `${JSON.stringify(columns.map((column) => row[column] ?? null))}\n`).join("");
    hash.update(text);
    rows += page.length;
    if (!gzip.write(text)) await once(gzip, "drain");
  }
  gzip.end();
  await once(file, "close");
  return { table, columns, rows, sha256: hash.digest("hex") };
}

/** Pages in the order of the key, which is unique: each begins after the last row of the one before. */
async function* pagesOf(reader: Reader, table: keyof Tables): AsyncGenerator<readonly Record<string, unknown>[]> {
  const key = tables[table].key as readonly string[];
  const names = sql.join(key.map((name) => sql.ref(name)));
  let last: readonly unknown[] | null = null;
  for (;;) {
    const after: RawBuilder<unknown> = last ? sql`WHERE (${names}) > (${sql.join(last)})` : sql``;
    const { rows }: { rows: Record<string, unknown>[] } = await sql<
      Record<string, unknown>
    >`SELECT * FROM ${sql.table(table)} ${after} ORDER BY ${names} LIMIT ${PAGE}`.execute(reader);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    const end: Record<string, unknown> = rows.at(-1)!;
    last = key.map((name) => end[name]);
  }
}

/** Into a new database. Throws RESTORE_REFUSED for one that is not empty, for damage and for a dump of a newer version; nothing is left half done. */
export async function loadDatabase(where: StoreOptions, folder: string, dump: DatabaseDump): Promise<void> {
  const refuse = (reason: string, cause?: unknown) => storeErrors.make("RESTORE_REFUSED", { reason }, cause);
  const older = await openStore({ ...where, migration: dump.migration });
  try {
    await older.transaction(async (writer) => {
      for (const dumped of dump.tables) {
        const table = dumped.table as keyof Tables;
        if (!Object.hasOwn(tables, table)) throw refuse(`there is no table ${dumped.table} in this version`);
        const any = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(writer);
        if (any.rows.length > 0) throw refuse("the database is not empty");
        const hash = createHash("sha256");
        let rows = 0;
        let page: Record<string, unknown>[] = [];
        const put = async () => {
          await insertRows(writer, table, page as never);
          rows += page.length;
          page = [];
        };
        const lines = createInterface({
          input: createReadStream(fileOf(folder, table)).pipe(createGunzip()),
          crlfDelay: Infinity,
        });
        for await (const line of lines) {
          hash.update(`${line}\n`);
          const values = JSON.parse(line) as unknown[];
          page.push(Object.fromEntries(dumped.columns.map((column, i) => [column, values[i]])));
          if (page.length >= PAGE) await put();
        }
        await put();
        if (rows !== dumped.rows || hash.digest("hex") !== dumped.sha256)
          throw refuse(`the rows of ${table} are damaged`);
      }
    });
  } catch (cause) {
    throw cause instanceof Error && "code" in cause && cause.code === "RESTORE_REFUSED"
      ? cause
      : refuse(String(cause), cause);
  } finally {
    await older.close();
  }
  // What came after the dump's version.
  await (await openStore(where)).close();
}
