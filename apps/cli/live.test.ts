/**
 * `harken live` as a user runs it, against servers in a second process that serve a simulated network: its past by FDSN, the rest by SeedLink a hundred
 * times faster than it was. The event is the simulator's truth.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "@harken/api";
import { geodesicKm } from "@harken/core";
import { environment, harken } from "./testCommand.ts";

const program = fileURLToPath(new URL("./harken.js", import.meta.url));
const openWorld = fileURLToPath(new URL("../../center/testdata/openWorldProgram.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "harken-live-"));
const running = new Set<ChildProcess>();
after(() => {
  for (const { pid } of running) process.kill(-pid!, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [...args], { stdio: "pipe", detached: true, env: environment });
  running.add(child);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      running.delete(child);
      resolve();
    });
  });
  return {
    child,
    output: () => output,
    async until(words: RegExp, seconds: number): Promise<RegExpExecArray> {
      for (const deadline = Date.now() + 1_000 * seconds; Date.now() < deadline; ) {
        const found = words.exec(output);
        if (found) return found;
        if (!running.has(child)) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.fail(`${words} did not come within ${seconds} s:\n${output}`);
    },
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
  };
}

async function waitFor<T>(what: string, seconds: number, look: () => Promise<T | null>): Promise<T> {
  for (const deadline = Date.now() + 1_000 * seconds; Date.now() < deadline; ) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  assert.fail(`waited in vain for ${what}`);
}

test("past data by FDSN and live ones by SeedLink make the hidden event; a second start goes on without the servers", {
  timeout: 600_000,
}, async () => {
  const stationCodes = ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV", "ILAR", "FINES", "KBZ", "STKA"];
  // On a centre's interval, and all of it before now.
  const startTime = Math.floor((Date.now() / 1_000 - 1_100) / 1_200) * 1_200;
  const world = run(
    openWorld,
    JSON.stringify({ folder: join(folder, "world"), startTime, pastSec: 240, stationCodes }),
  );
  const { fdsn, port, event } = JSON.parse((await world.until(/^ready (.*)$/m, 120))[1]!);
  const config = join(folder, "live.json");
  const channels = ["IM.*..BH?", "XX.NONE.00.BH?"];
  const source = { name: "World", fdsn, channels, seedlink: { host: "127.0.0.1", port } };
  writeFileSync(config, JSON.stringify({ sources: [source] }));
  const dataDir = join(folder, "centre");
  const options = ["--config", config, "--data", dataDir, "--port", "0", "--no-pages", "--idle", "5", "--workers", "2"];
  const live = run(program, "live", ...options);
  const [, url, count] = await live.until(/Harken is at (http:\S+) {2}\((\d+) stations/, 120);
  assert.equal(Number(count), stationCodes.length);
  assert.match(live.output(), /^World does not have XX\.NONE\.00\.BH\?\.$/m);
  await live.until(/^World: \d+\.\d MB of past data\.$/m, 60);
  const log = () => readFileSync(join(dataDir, "log", "center.log"), "utf8");
  await waitFor("the subscription", 60, async () => (/"seedlink\.up"/.test(log()) ? true : null));
  world.child.stdin.write("go\n");
  const client = createClient(url!, (address, init) => fetch(address, init));
  const found = await waitFor("the event on the list", 240, async () => {
    const { events } = await client.events("SEL1");
    return events.find(({ time }) => Math.abs(time - event.time) < 10) ?? null;
  });
  const { latitudeDeg, longitudeDeg } = found;
  assert.ok(geodesicKm(latitudeDeg, longitudeDeg, event.latitudeDeg, event.longitudeDeg) < 100);
  await live.until(/^World: 10 of 10 stations heard, the newest data are \d+ s old\.$/m, 60);
  await live.stop();
  await world.stop();

  // The metadata are to be fetched again, and cannot be.
  writeFileSync(config, JSON.stringify({ sources: [source], metadataHours: 0 }));
  const again = run(program, "live", ...options);
  const [, later] = await again.until(/Harken is at (http:\S+) {2}\(10 stations/, 120);
  assert.match(
    again.output(),
    /^World: The FDSN server .* cannot be reached.*; what is kept of an earlier start is used\.$/m,
  );
  const { events } = await createClient(later!, (address, init) => fetch(address, init)).events("SEL1");
  assert.ok(events.some(({ key }) => key === found.key));
  await again.stop();
});

test("without the internet a sentence says what to do; the preset is printed as a configuration", async () => {
  const { status, stdout } = await harken("live", "--show-preset");
  assert.equal(status, 0);
  const preset = JSON.parse(stdout);
  // Names that have no address anywhere (RFC 6761), as all have on such a machine.
  for (const source of preset.sources) source.fdsn = `https://${source.name.toLowerCase()}.invalid`;
  const config = join(folder, "unreachable.json");
  writeFileSync(config, JSON.stringify(preset));
  const ran = await harken("live", "--config", config, "--data", join(folder, "nowhere"), "--port", "0", "--no-pages");
  assert.equal(ran.status, 4);
  assert.match(ran.stderr, /^LIVE_UNREACHABLE: None of the servers tells of a station .*internet.*`harken start`/m);
});
