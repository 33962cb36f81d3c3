/**
 * What the scripts need from the machine: child processes with captured output, and Debian packages that are installed where that is
 * allowed and named with the exact command where it is not.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");

export interface Finished {
  readonly status: number;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a command to its end, both streams captured in order of arrival; `seconds` is wall-clock. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const finish = (status: number) =>
      resolve({ status, output: Buffer.concat(chunks).toString(), seconds: (performance.now() - started) / 1000 });
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(127);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/** Runs jobs with at most `slots` at a time, in order of start. */
export async function runAll<T>(slots: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await jobs[index]!();
    }
  };
  await Promise.all(Array.from({ length: Math.min(slots, jobs.length) }, worker));
  return results;
}

/** Debian packages that some tests need, with a file that shows each is there. */
const debianPackages: readonly { readonly name: string; readonly files: readonly string[]; readonly use: string }[] = [
  { name: "chromium", files: ["/usr/bin/chromium"], use: "browser tests and pictures" },
  {
    name: "postgresql",
    files: ["/usr/lib/postgresql/15/bin/postgres", "/usr/lib/postgresql/17/bin/postgres"],
    use: "the PostgreSQL store",
  },
  { name: "nats-server", files: ["/usr/sbin/nats-server", "/usr/bin/nats-server"], use: "the NATS bus" },
  { name: "libxml2-utils", files: ["/usr/bin/xmllint"], use: "validation against XML schemas" },
  { name: "fonts-dejavu-core", files: ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"], use: "text in pictures" },
];

/** Installs what is missing when this is root on Debian; otherwise says the command. Tests that still miss a tool skip with that reason. */
export function ensureDebianPackages(): void {
  const missing = debianPackages.filter(({ files }) => !files.some((file) => existsSync(file)));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  const uses = missing.map(({ name, use }) => `${name} (${use})`).join(", ");
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    process.stdout.write(
      `Missing Debian packages: ${uses}. Tests that need them are skipped. To install: sudo sh -c '${command}'\n`,
    );
    return;
  }
  process.stdout.write(`Installing ${uses}\n`);
  // The Debian postgresql package starts a cluster of its own; the tests start private ones, so that is left alone.
  const result = spawnSync("sh", ["-c", command], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (result.status !== 0) {
    process.stdout.write(
      `Could not install ${names.join(" ")}: ${(result.stderr || result.stdout).trim().split("\n").at(-1)}\n`,
    );
  }
}
