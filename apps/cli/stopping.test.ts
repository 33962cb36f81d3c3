/** A command that was handed over by another Node, as one of version 20 does: what is refused ends at once, what runs ends with its parent. */
import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { environment } from "./testCommand.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "harken-stopping-"));
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Long for a loaded machine; a command that hangs never ends. */
const ENDS_WITHIN_MS = 60_000;

function handOver(...args: readonly string[]) {
  const child = fork(main, args, {
    silent: true,
    env: { ...environment, NODE_TEST_CONTEXT: undefined },
    // Without the flags of the test runner.
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`it has not ended:\n${output}`)), ENDS_WITHIN_MS);
    // Not "close", which does not come once the parent has disconnected.
    child.on("exit", (code) => {
      clearTimeout(late);
      children.delete(child);
      resolve(code);
    });
  });
  return { child, ended, output: () => output };
}

for (const command of ["acquire", "station"])
  test(`${command}: a configuration that is not there ends the command though its parent listens`, async () => {
    const { ended, output } = handOver(command, "--config", join(folder, "none.json"));
    assert.equal(await ended, 2);
    assert.match(output(), /^NOT_FOUND: /);
  });

test("a centre ends, cleanly, with the command that handed over to it", async () => {
  const data = join(folder, "data");
  const { child, ended, output } = handOver(
    "start",
    "--data",
    data,
    "--port",
    "0",
    "--hours",
    "0.25",
    "--workers",
    "1",
  );
  for (const deadline = Date.now() + ENDS_WITHIN_MS; !output().includes("Harken is at"); ) {
    assert.ok(Date.now() < deadline, output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.disconnect();
  assert.equal(await ended, 0, output());
  assert.match(output(), /Stopping \(its command has ended\); what is done is kept\./);
});
