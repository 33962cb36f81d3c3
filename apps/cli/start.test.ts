/** `harken start`, which is what `npm start` runs, as a user meets it: from nothing to an event, Ctrl-C, and a second start. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient, type Status } from "@harken/api";
import { loadIntervals, openStore } from "@harken/store";
import { chromium } from "playwright-core";
import { environment, harken } from "./testCommand.ts";

const program = fileURLToPath(new URL("./harken.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "harken-start-"));
const running = new Set<ChildProcess>();
after(() => {
  // The command hands over to a process of its own: the whole group goes.
  for (const { pid } of running) process.kill(-pid!, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
const dataDir = join(folder, "data");
const world = ["--data", dataDir, "--hours", "0.6"];

/** Longest time from a fresh folder to the first event on two cores, s. */
const FIRST_EVENT_SEC = 90;

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, "start", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: environment,
  });
  running.add(child);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) =>
    child.on("close", (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return {
    child,
    ended,
    output: () => output,
    async until(words: RegExp, seconds: number): Promise<RegExpExecArray> {
      for (const deadline = Date.now() + 1000 * seconds; Date.now() < deadline; ) {
        const found = words.exec(output);
        if (found) return found;
        if (!running.has(child)) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.fail(`${words} did not come within ${seconds} s:\n${output}`);
    },
  };
}

const clientOf = (url: string) => createClient(url, (address, init) => fetch(address, init));

async function stateCounts(): Promise<Map<string, number>> {
  const store = await openStore({ file: join(dataDir, "harken.db") });
  const records = await Promise.all(["acquire", "station", "network"].map((stage) => loadIntervals(store.db, stage)));
  await store.close();
  const counts = new Map<string, number>();
  for (const { state } of records.flat()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

test("from a fresh folder to the first event and its page; Ctrl-C; the second start goes on", {
  timeout: 300_000,
}, async (t) => {
  const began = performance.now();
  const first = start(...world, "--port", "0");
  const [, url] = await first.until(/Harken is at (http:\S+)/, 60);
  const client = clientOf(url!);
  assert.match(await (await fetch(url!)).text(), /<title>Harken/);
  await first.until(/First event after (\d+) s\./, FIRST_EVENT_SEC);
  t.diagnostic(`first event ${((performance.now() - began) / 1000).toFixed(0)} s after the command`);
  const { events } = await client.events("SEL1");
  assert.ok(events.length >= 1);
  const detail = await client.event(events[0]!.key);
  assert.ok(detail.origins[0]!.associations.length >= 3);
  assert.match(first.output(), /^\d+ %.*\. Data from 2026-05-25T\d\d:\d\d:\d\dZ, interval \d+ of 2/m);
  const before = await client.status();

  // A terminal sends Ctrl-C to every process of the command, and each passes it on.
  for (let i = 0; i < 3; i++) first.child.kill("SIGINT");
  assert.equal(await first.ended, 0, first.output());
  assert.match(first.output(), /Stopping \(SIGINT\); what is done is kept\./);
  const stopped = await stateCounts();
  assert.equal(stopped.get("claimed") ?? 0, 0, "no interval is left half done");
  assert.ok(stopped.get("done")! >= before.progress.done);

  const second = start(...world, "--port", "0");
  const [, again] = await second.until(/Harken is at (http:\S+)/, 60);
  const resumed: Status = await clientOf(again!).status();
  assert.ok(resumed.progress.done >= stopped.get("done")! || resumed.progress.stage === "none");
  assert.ok(resumed.counts.events >= 1, "the events are there at once");
  const [, all] = await second.until(/All data are processed: (\d+) events/, 120);
  assert.ok(Number(all) >= 1);
  const ended = await clientOf(again!).status();
  assert.deepEqual([ended.state, ended.progress.done], ["caught-up", ended.progress.total]);

  const truth = await clientOf(again!).truth();
  assert.ok(truth.available && truth.comparedTo !== null);
  assert.match(await clientOf(again!).bulletinFile("SEL1", "ims"), /DATA_TYPE BULLETIN IMS1\.0:short/);

  await lookAt(again!, ended.counts.events);

  // The folder and the address are in use meanwhile.
  const sameFolder = await harken("start", ...world, "--port", "0");
  assert.equal(sameFolder.status, 4);
  assert.match(sameFolder.stderr, /^FOLDER_IN_USE: .*--data/);
  second.child.kill("SIGTERM");
  assert.equal(await second.ended, 0);
  assert.deepEqual([...(await stateCounts()).keys()], ["done"]);
  const log = readFileSync(join(dataDir, "log", "center.log"), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of log) assert.ok(typeof JSON.parse(line).code === "string", line);
});

/** The page as a browser shows it: the list, the traces of an event with its picks, the comparison with the truth; and no complaint. */
async function lookAt(url: string, eventCount: number): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url);
    await page.waitForSelector("[data-event-key]");
    assert.equal(await page.locator("[data-event-key]").count(), eventCount);
    await page.locator("[data-event-key]").first().click();
    await page.waitForSelector("canvas.traces");
    await page.getByText(/^\d+ traces$/).waitFor({ timeout: 30_000 });
    const ink = await page.evaluate(`(() => {
      const canvas = document.querySelector("canvas.traces");
      const { data } = canvas.getContext("2d").getImageData(120, 24, canvas.width - 120, canvas.height - 24);
      let [trace, pick, prediction] = [0, 0, 0];
      for (let i = 0; i < data.length; i += 4) {
        const [red, green, blue] = [data[i], data[i + 1], data[i + 2]];
        if (red < 90 && green < 100 && blue < 110) trace++;
        else if (red > 150 && green < 80 && blue < 80) pick++;
        else if (red < 80 && green < 140 && blue > 170) prediction++;
      }
      return { trace, pick, prediction };
    })()`);
    const { trace, pick, prediction } = ink as Record<string, number>;
    assert.ok(trace! > 2000 && pick! > 100 && prediction! > 100, JSON.stringify(ink));
    assert.ok((await page.locator("ul[aria-label=Picks] li").count()) >= 3);
    await page.keyboard.press("t");
    await page.waitForSelector("text=against the hidden events");
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

test("a command that is killed takes its centre with it", { timeout: 60_000 }, async () => {
  const started = start(...world, "--port", "0");
  const [, url] = await started.until(/Harken is at (http:\S+)/, 60);
  started.child.kill("SIGKILL");
  for (let attempt = 0; attempt < 100; attempt++) {
    const answers = await fetch(url!).then(
      () => true,
      () => false,
    );
    if (!answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("the centre still answers");
});

test("refusals: another world in the folder, an address in use, a folder that cannot be", {
  timeout: 60_000,
}, async () => {
  const otherWorld = await harken("start", ...world, "--seed", "7", "--port", "0");
  assert.equal(otherWorld.status, 2);
  assert.match(otherWorld.stderr, /^OTHER_WORLD: .*different seed.*--data/);

  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as { port: number };
  const taken = await harken("start", "--data", join(folder, "other"), "--port", String(port));
  assert.equal(taken.status, 4);
  assert.match(taken.stderr, /^ADDRESS_IN_USE: .*--port/);
  listener.close();

  const noFolder = await harken("start", "--data", join(program, "data"), "--port", "0");
  assert.equal(noFolder.status, 4);
  assert.match(noFolder.stderr, /^FOLDER_NOT_WRITABLE: /);
  assert.equal((await harken("start", "--port", "99999")).status, 2);
});
