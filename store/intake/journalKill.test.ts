/** A journal whose writer is killed with SIGKILL at random moments holds every entry that was acknowledged, once and unchanged. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { expectedPayload } from "../testdata/killedJournal.ts";
import { openJournal } from "./journal.ts";

const program = fileURLToPath(new URL("../testdata/killedJournal.ts", import.meta.url));

function runAndKill(folder: string, from: number, delayMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, String(from)], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      timer ??= setTimeout(() => child.kill("SIGKILL"), delayMs);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (signal !== "SIGKILL") return reject(new Error(`the writer ended with ${code}: ${errors}`));
      // The last line may be cut off.
      resolve(
        output
          .split("\n")
          .slice(0, -1)
          .flatMap((line) => (line.startsWith("done ") ? [Number(line.slice(5))] : [])),
      );
    });
  });
}

test("kill -9 at random moments", { timeout: 300_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "harken-journal-kill-"));
  try {
    const random = randomStream(20261125, "journal kill");
    const acknowledged = new Set<number>();
    const kills = testScale(100, 6);
    for (let i = 0; i < kills; i++) {
      for (const number of await runAndKill(folder, 1_000_000 * i, random.uniform() * 150)) acknowledged.add(number);
      const { journal } = await openJournal(folder, { maxFileBytes: 200_000 });
      const cursor = journal.cursor(1);
      const seen = new Set<number>();
      let sequence = 0;
      for (let more = await cursor.next(1_000_000); more.length > 0; more = await cursor.next(1_000_000))
        for (const entry of more) {
          assert.equal(entry.sequence, ++sequence);
          const number = Number(entry.source);
          assert.ok(!seen.has(number), `${number} stands twice`);
          seen.add(number);
          assert.deepEqual(Buffer.compare(entry.payload, expectedPayload(number)), 0);
        }
      for (const number of acknowledged) assert.ok(seen.has(number), `${number} was acknowledged and is lost`);
      await journal.close();
    }
    t.diagnostic(`${kills} kills, ${acknowledged.size} entries acknowledged`);
    assert.ok(acknowledged.size > 20 * kills);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
