/** The two engines for the store's tests: SQLite in a temporary folder, and a private PostgreSQL. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { privatePostgres } from "@harken/testing";
import { openStore, type Store } from "./database.ts";

export interface TestEngine {
  readonly name: string;
  /** Why it cannot run here; false when it can. */
  readonly skip: string | false;
  start(): Promise<void>;
  /** A store on an empty database. */
  open(): Promise<Store>;
  /** A second connection to the newest database. */
  openAgain(): Promise<Store>;
  stop(): Promise<void>;
}

export function sqliteEngine(): TestEngine {
  let folder = "";
  let count = 0;
  return {
    name: "SQLite",
    skip: false,
    async start() {
      folder = mkdtempSync(join(tmpdir(), "harken-store-"));
    },
    open: () => openStore({ file: join(folder, `${++count}.db`) }),
    openAgain: () => openStore({ file: join(folder, `${count}.db`) }),
    async stop() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function postgresEngine(): TestEngine {
  const server = privatePostgres();
  let url = "";
  return {
    name: "PostgreSQL",
    skip: server.skip,
    start: () => server.start(),
    open: () => openStore({ url: (url = server.createDatabase()) }),
    openAgain: () => openStore({ url }),
    stop: () => server.stop(),
  };
}

test("a database that cannot be reached is named, without its password", async () => {
  const error = await openStore({ url: "postgresql://me:secret@127.0.0.1:1/none" }).then(
    () => null,
    (cause: Error & { code?: string }) => cause,
  );
  assert.equal(error?.code, "DATABASE_UNREACHABLE");
  assert.ok(!error.message.includes("secret"), error.message);
});
