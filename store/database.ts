/**
 * Opening the database: SQLite in the data folder by default, PostgreSQL where a URL is given; the same schema and the same migrations.
 *
 *     const store = await openStore({ file: "data/harken.db" });
 *     const store = await openStore({ url: process.env.DATABASE_URL });
 */
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { Pool, types } from "pg";
import { storeErrors } from "./errors.ts";
import { sqliteDialect } from "./sqlite.ts";
import { createStatements, laterTables, type Tables, tables } from "./tables.ts";
import { views } from "./views.ts";

export type Database = Kysely<Tables>;
/** A database or a transaction on it: what the reading functions take. */
export type Reader = Kysely<Tables> | Transaction<Tables>;
/** The writing functions take a transaction, so that rows and claim state are committed together. */
export type Writer = Transaction<Tables>;

export interface Store {
  readonly engine: "sqlite" | "postgresql";
  readonly db: Database;
  /** Runs `work` in one transaction; a throw rolls everything back. */
  transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  /** Reads the database as it is now, however long it takes, while others write. */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Database file of the embedded engine. */
  readonly file?: string | undefined;
  /** `postgresql://...`; takes precedence over `file`. */
  readonly url?: string | undefined;
  /** Not beyond this migration: for a dump of an older version. */
  readonly migration?: string | undefined;
}

const firstTables = (Object.keys(tables) as (keyof Tables)[]).filter(
  (name) => !Object.values<readonly string[]>(laterTables).some((later) => later.includes(name)),
);

async function makeTables(db: Kysely<unknown>, names: readonly (keyof Tables)[]): Promise<void> {
  for (const statement of createStatements(names)) await sql.raw(statement).execute(db);
}

/**
 * Migrations in order of name; each runs once. A change of the schema adds a migration and never edits one that was released: a table that is
 * changed must go on being created as it was, and be altered by the new migration.
 */
const migrations: Readonly<Record<string, Migration>> = {
  "0001-first": {
    async up(db) {
      await makeTables(db, firstTables);
      for (const [name, select] of Object.entries(views))
        await sql.raw(`CREATE VIEW "${name}" AS ${select}`).execute(db);
    },
  },
  "0002-intake": { up: (db) => makeTables(db, laterTables["0002-intake"]) },
  "0003-review": { up: (db) => makeTables(db, laterTables["0003-review"]) },
  "0004-radionuclide": { up: (db) => makeTables(db, laterTables["0004-radionuclide"]) },
  "0005-noise": { up: (db) => makeTables(db, laterTables["0005-noise"]) },
  "0006-sample-edits": { up: (db) => makeTables(db, laterTables["0006-sample-edits"]) },
  "0007-people": { up: (db) => makeTables(db, laterTables["0007-people"]) },
  "0008-timetable": {
    async up(db) {
      await makeTables(db, laterTables["0008-timetable"]);
      // The network's intervals had no name while one list was made of them.
      await sql`UPDATE "interval" SET "name" = 'SEL1' WHERE "stage" = 'network' AND "name" = '-'`.execute(db);
    },
  },
  "0009-messages": { up: (db) => makeTables(db, laterTables["0009-messages"]) },
  "0010-subscriptions": { up: (db) => makeTables(db, laterTables["0010-subscriptions"]) },
  "0011-ledger": { up: (db) => makeTables(db, laterTables["0011-ledger"]) },
  "0012-sample-quality": { up: (db) => makeTables(db, laterTables["0012-sample-quality"]) },
};

export const newestMigration: string = Object.keys(migrations).at(-1)!;

// Pools of PostgreSQL connections; a worker machine needs few, since each claim is one short transaction.
const POOL_SIZE = 8;
const INT8_OID = 20;

function postgresDialect(url: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    // int8 as number: every id and count of ours is below 2^53.
    types: {
      getTypeParser: ((oid: number, format: "text" | "binary") =>
        oid === INT8_OID ? Number : types.getTypeParser(oid, format)) as never,
    },
  });
  // An idle connection that breaks is replaced by the pool at the next query, which reports its own error.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}

/** Opens and migrates. Throws DATABASE_UNREACHABLE or DATABASE_TOO_NEW. */
export async function openStore({ file, url, migration }: StoreOptions): Promise<Store> {
  const where = url ? url.replace(/:[^:@/]*@/, ":***@") : (file ?? ":memory:");
  let db: Database;
  try {
    db = new Kysely<Tables>({ dialect: url ? postgresDialect(url) : sqliteDialect(file ?? ":memory:") });
  } catch (cause) {
    throw storeErrors.make("DATABASE_UNREACHABLE", { where, reason: reasonOf(cause) }, cause);
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await (migration === undefined ? migrator.migrateToLatest() : migrator.migrateTo(migration));
  if (error) {
    await db.destroy();
    const reason = reasonOf(error);
    throw storeErrors.make(
      /corrupted migrations/.test(reason) ? "DATABASE_TOO_NEW" : "DATABASE_UNREACHABLE",
      { where, reason },
      error,
    );
  }
  return {
    engine: url ? "postgresql" : "sqlite",
    db,
    transaction: (work) => db.transaction().execute(work),
    snapshot: (work) => (url ? postgresSnapshot(db, work) : sqliteSnapshot(file, db, work)),
    close: () => db.destroy(),
  };
}

function postgresSnapshot<T>(db: Database, work: (reader: Reader) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work);
}

/** On a connection of its own: the other one goes on writing. */
async function sqliteSnapshot<T>(
  file: string | undefined,
  db: Database,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  if (file === undefined || file === ":memory:") return db.transaction().execute(work);
  const own = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  try {
    await sql`BEGIN`.execute(own);
    // A transaction of SQLite sees what there is at its first read.
    await sql`SELECT 1 FROM "lastid" LIMIT 1`.execute(own);
    return await work(own);
  } finally {
    await own.destroy();
  }
}

function reasonOf(cause: unknown): string {
  // A refused connection to "localhost" comes as an AggregateError with an empty message.
  if (cause instanceof AggregateError && cause.message === "") return cause.errors.map(reasonOf).join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
