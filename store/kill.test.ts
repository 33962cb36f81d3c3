/** A writer killed with SIGKILL at random moments never loses what it acknowledged and never doubles a row after it resumes. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { openArchive, readPieces, readWaveforms } from "./archive.ts";
import { loadArrivals } from "./arrivals.ts";
import { openStore } from "./database.ts";
import { loadIntervals } from "./intervals.ts";
import { expectedArrival, expectedSegment, INTERVAL_COUNT, INTERVAL_SEC } from "./testdata/killedWriter.ts";

const program = fileURLToPath(new URL("./testdata/killedWriter.ts", import.meta.url));

/** Runs the writer until it ends (true) or is killed after `delayMs` (false); adds the intervals it acknowledged to `acknowledged`. */
function run(folder: string, delayMs: number | null, acknowledged: Set<number>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "pipe"] });
    let errors = "";
    let rest = "";
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.stdout.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        // The clock starts when the writer is at work, so that most kills fall into writes and not into start-up.
        if (line === "ready" && delayMs !== null) timer = setTimeout(() => child.kill("SIGKILL"), delayMs);
        else if (line.startsWith("done ")) acknowledged.add(Number(line.slice(5)));
      }
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(`the writer ended with ${code}: ${errors}`));
    });
  });
}

test("kill -9 at random moments", { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "harken-kill-"));
  try {
    const random = randomStream(20261124, "kill");
    const acknowledged = new Set<number>();
    let killed = 0;
    for (let i = 0; i < testScale(60, 8); i++) {
      if (await run(folder, random.uniform() * 60, acknowledged)) break;
      killed++;
      const store = await openStore({ file: join(folder, "harken.db") });
      const done = new Set(
        (await loadIntervals(store.db, "station"))
          .filter(({ state }) => state === "done")
          .map(({ startTime }) => startTime),
      );
      for (const start of acknowledged) assert.ok(done.has(start), `interval ${start} was acknowledged and is lost`);
      await store.close();
    }
    t.diagnostic(
      `${killed} kills, ${acknowledged.size} of ${INTERVAL_COUNT} intervals acknowledged before the last run`,
    );
    assert.ok(killed >= 3, "the writer was too quick to be killed");
    assert.equal(await run(folder, null, acknowledged), true);

    const store = await openStore({ file: join(folder, "harken.db") });
    const archive = openArchive(join(folder, "archive"));
    const starts = Array.from({ length: INTERVAL_COUNT }, (_, i) => i * INTERVAL_SEC);
    assert.deepEqual(
      await loadArrivals(store.db),
      starts.map((start) => expectedArrival(start)),
    );
    const channel = expectedSegment(0).channel;
    const [whole, ...more] = await readWaveforms(store.db, archive, channel, -1, 1e9);
    assert.equal(more.length, 0, "the archive has a gap or a repetition");
    assert.deepEqual(whole!.samples, Int32Array.from(starts.flatMap((start) => [...expectedSegment(start).samples])));
    // Readers of the SDS tree see the same, without the index: no bytes but those indexed.
    const rows = await store.db.selectFrom("base_wfdisc").selectAll().orderBy("foff").execute();
    const file = readFileSync(join(folder, "archive", rows[0]!.dir, rows[0]!.dfile));
    assert.equal(
      rows.reduce((end, { foff, bytes }) => {
        assert.equal(foff, end);
        return foff + bytes;
      }, 0),
      file.length,
    );
    assert.equal((await readPieces(archive, [], 0, 1)).length, 0);
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
