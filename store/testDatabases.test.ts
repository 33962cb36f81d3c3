/** The two engines for the store's tests: SQLite in a temporary folder, and a private PostgreSQL cluster that runs as its own user. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
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

const POSTGRES_BIN = ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin"].find(
  existsSync,
);
// PostgreSQL refuses to run as root; "postgres" and "nobody" are the users that a machine with it has.
const isRoot = process.getuid?.() === 0;

function userId(): { uid: number; gid: number } | null {
  if (!isRoot) return { uid: process.getuid!(), gid: process.getgid!() };
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return null;
}

export function postgresEngine(): TestEngine {
  const user = userId();
  let folder = "";
  let count = 0;
  const run = (program: string, args: string[]) => {
    const options = {
      ...user,
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
    } as const;
    const { status, stderr, stdout } = spawnSync(join(POSTGRES_BIN!, program), args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}${stdout}`);
  };
  // A socket in the private folder: no port to collide with.
  const url = () => `postgresql://harken@/test${count}?host=${encodeURIComponent(folder)}`;
  return {
    name: "PostgreSQL",
    skip: !POSTGRES_BIN ? "PostgreSQL is not on this machine" : !user ? "no user to run PostgreSQL as" : false,
    async start() {
      folder = mkdtempSync(join(tmpdir(), "harken-pg-"));
      if (isRoot) chownSync(folder, user!.uid, user!.gid);
      run("initdb", ["-D", join(folder, "data"), "-U", "harken", "-A", "trust", "-E", "UTF8", "--no-sync"]);
      run("pg_ctl", [
        ...["-D", join(folder, "data"), "-w", "-l", join(folder, "log")],
        ...["-o", `-c listen_addresses='' -c unix_socket_directories='${folder}' -c shared_buffers=16MB`, "start"],
      ]);
    },
    open: async () => {
      count++;
      run("createdb", ["-h", folder, "-U", "harken", `test${count}`]);
      return openStore({ url: url() });
    },
    openAgain: () => openStore({ url: url() }),
    async stop() {
      if (!folder) return;
      run("pg_ctl", ["-D", join(folder, "data"), "-m", "immediate", "-w", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
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
