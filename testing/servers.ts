/**
 * Private servers for tests: a PostgreSQL cluster that runs as a user of its own and listens on a socket in its folder, and a NATS server with
 * JetStream on a free port.
 *
 *     const postgres = privatePostgres();
 *     test("...", { skip: postgres.skip }, async () => { await postgres.start(); const url = postgres.createDatabase(); ... await postgres.stop(); });
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface PrivateServer {
  /** Why it cannot run here; false when it can. */
  readonly skip: string | false;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

export interface PrivatePostgres extends PrivateServer {
  /** Address of a new empty database. */
  createDatabase(): string;
}

export interface PrivateNats extends PrivateServer {
  /** Address, once started. */
  url(): string;
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

export function privatePostgres(): PrivatePostgres {
  const user = userId();
  let folder = "";
  let count = 0;
  const run = (program: string, args: string[]) => {
    const { status, stderr, stdout } = spawnSync(join(POSTGRES_BIN!, program), args, {
      ...user,
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}${stdout}`);
  };
  return {
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
    createDatabase() {
      const name = `test${++count}`;
      run("createdb", ["-h", folder, "-U", "harken", name]);
      return `postgresql://harken@/${name}?host=${encodeURIComponent(folder)}`;
    },
    async stop() {
      if (!folder) return;
      run("pg_ctl", ["-D", join(folder, "data"), "-m", "immediate", "-w", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const READY_MS = 10_000;

export function privateNats(): PrivateNats {
  let server: ChildProcess | undefined;
  let folder = "";
  let port = 0;
  return {
    skip: spawnSync("nats-server", ["--version"]).status === 0 ? false : "nats-server is not on this machine",
    url: () => `nats://127.0.0.1:${port}`,
    async start() {
      port = await freePort();
      folder = mkdtempSync(join(tmpdir(), "harken-nats-"));
      server = spawn("nats-server", ["-a", "127.0.0.1", "-p", String(port), "-js", "-sd", folder], { stdio: "ignore" });
      for (const deadline = Date.now() + READY_MS; !(await answers(port)); ) {
        if (Date.now() > deadline) throw new Error(`nats-server does not answer at port ${port}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      if (!server) return;
      const ended = new Promise((resolve) => server!.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
