/** A whole centre killed with SIGKILL at random moments comes to the same end as one that was left in peace: rows, versions, and bytes. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { randomStream } from "@harken/core";
import { demoWorldConfig } from "@harken/simulator";
import { loadArrivals, loadEvents, loadIntervals, loadRequests, openStore } from "@harken/store";
import { testScale } from "@harken/testing";

const program = fileURLToPath(new URL("./testdata/killedCenter.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "harken-center-kill-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The stations' intervals whose data come late (see `killedCenter.ts`). */
const { startTime } = demoWorldConfig;
const lateStations = [`station PETK ${startTime + 540}`, `station USRK ${startTime + 840}`];

/** Runs the centre to its end (true), or kills it `delayMs` after it is at work (false). */
function run(dataDir: string, delayMs: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dataDir], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (delayMs !== null && timer === undefined && output.includes("ready"))
        timer = setTimeout(() => child.kill("SIGKILL"), delayMs);
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve(false);
      else if (code === 0 && output.includes("done")) resolve(true);
      else reject(new Error(`the centre ended with ${code} ${signal}: ${errors}`));
    });
  });
}

async function doneIntervals(dataDir: string): Promise<Set<string>> {
  const store = await openStore({ file: join(dataDir, "harken.db") });
  const records = await Promise.all(
    ["acquire", "station", "network", "request"].map((stage) => loadIntervals(store.db, stage)),
  );
  await store.close();
  const done = records.flat().filter(({ state }) => state === "done");
  return new Set(done.map(({ stage, name, startTime }) => `${stage} ${name} ${startTime}`));
}

/** Everything that does not depend on the order in which stations were worked on, nor on the clock. */
async function outcome(dataDir: string) {
  const store = await openStore({ file: join(dataDir, "harken.db") });
  const versions = await store.db
    .selectFrom("base_event_version as v")
    .innerJoin("base_event as e", "e.evid", "v.evid")
    .select(["e.eventkey", "v.list", "v.version", "v.supersedes", "v.state", "v.time", "v.contenthash"])
    .orderBy("e.eventkey")
    .orderBy("v.list")
    .orderBy("v.version")
    .execute();
  const index = await store.db
    .selectFrom("base_wfdisc")
    .select(["dir", "dfile", "foff", "bytes", "sha256", "time", "nsamp"])
    .orderBy("dfile")
    .orderBy("foff")
    .execute();
  const result = {
    events: await loadEvents(store.db),
    requests: await loadRequests(store.db),
    arrivals: await loadArrivals(store.db),
    versions: versions.map((row) => ({ ...row })),
    index: index.map((row) => ({ ...row })),
    files: archiveFiles(join(dataDir, "archive")),
  };
  await store.close();
  return result;
}

function archiveFiles(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(root, path), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

test("start, kill -9, start again, until it is through: the end is that of an undisturbed run", {
  timeout: 600_000,
}, async (t) => {
  const undisturbed = join(folder, "undisturbed");
  const disturbed = join(folder, "disturbed");
  const started = performance.now();
  assert.equal(await run(undisturbed, null), true);
  // Kills fall over the whole of the work, since each run goes on where the one before was killed.
  const longestMs = (performance.now() - started) / 3;

  const random = randomStream(20_261_125, "kill centre");
  let done = new Set<string>();
  let killed = 0;
  for (let i = 0; i < testScale(25, 4); i++) {
    if (await run(disturbed, random.uniform() * longestMs)) break;
    killed++;
    const now = await doneIntervals(disturbed);
    // Late data open lists and their requests again, which then wait for their turn; nothing else may undo what was done.
    const isLate = lateStations.some((late) => now.has(late) && !done.has(late));
    for (const interval of done)
      assert.ok(
        now.has(interval) || (isLate && /^(?:network|request) /.test(interval)),
        `${interval} was done and is lost`,
      );
    done = now;
  }
  t.diagnostic(`${killed} kills, ${done.size} intervals done before the last run`);
  assert.ok(killed >= 3, "the centre was too quick to be killed");
  assert.equal(await run(disturbed, null), true);

  const [expected, found] = [await outcome(undisturbed), await outcome(disturbed)];
  assert.ok(expected.events.length >= 1 && expected.arrivals.length > 10, "there is something to compare");
  assert.deepEqual(found.arrivals, expected.arrivals);
  assert.deepEqual(found.events, expected.events);
  assert.deepEqual(found.versions, expected.versions);
  assert.ok(
    expected.requests.some(({ state }) => state === "answered"),
    "segments were asked for",
  );
  assert.deepEqual(found.requests, expected.requests);
  assert.deepEqual(found.index, expected.index);
  assert.deepEqual(found.files, expected.files);
});
