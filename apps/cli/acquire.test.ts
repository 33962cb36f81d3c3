/**
 * From a station's folder over sockets to arrivals in the store, with the commands as users run them: ten simulated stations of a hidden event,
 * two of them behind `harken station` with signed frames, the others' files in the centre's folder. The event is the simulator's truth.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { geodesicKm, preferredOrigin } from "@harken/core";
import { loadArrivals, loadEvents, loadPackets, openStore } from "@harken/store";
import { environment, harken, makeRecordings } from "./testCommand.ts";

const program = fileURLToPath(new URL("./harken.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "harken-acquire-"));
const running = new Set<ChildProcess>();
after(() => {
  for (const { pid } of running) process.kill(-pid!, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: environment,
  });
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

/** `holds` gives "" when it does, else what is missing. */
async function waitFor(what: string, holds: () => Promise<string>): Promise<void> {
  for (const deadline = Date.now() + 180_000; ; ) {
    const missing = await holds();
    if (missing === "") return;
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what}: ${missing}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("from the stations' samples over signed frames to the hidden event", { timeout: 600_000 }, async () => {
  const { truth, metadata, files, stations } = makeRecordings(folder);
  const signed = ["MJAR", "USRK"];
  const keys = join(folder, "keys");
  for (const [i, name] of signed.entries())
    assert.equal((await harken("keys", name, String(i + 1), "--out", keys)).status, 0);
  const inbox = join(folder, "inbox");
  mkdirSync(inbox);
  const config = join(folder, "acquire.json");
  const settings = {
    ...{ name: "IDC", port: 0, dataPort: 0, maxAgeDays: 36_500, acknackSec: 0.5, folders: ["inbox"] },
    stations: signed.map((name) => ({ name, network: "IM" })),
    keys: signed.map((owner, i) => ({ keyId: i + 1, owner, file: `keys/${owner}-${i + 1}.pub.pem` })),
  };
  writeFileSync(config, JSON.stringify(settings));
  const dataDir = join(folder, "centre");
  const acquire = () =>
    run(
      "acquire",
      "--config",
      config,
      "--data",
      dataDir,
      "--metadata",
      metadata,
      "--port",
      "0",
      "--no-pages",
      "--idle",
      "4",
      "--workers",
      "2",
    );
  const centre = acquire();
  const [, port] = await centre.until(/connection manager at \S+ port (\d+)/, 60);
  const senders = signed.map((name, i) => {
    const own = join(folder, name);
    mkdirSync(join(own, "in"), { recursive: true });
    const file = files.find((path) => path.includes(`${name}.`))!;
    copyFileSync(file, join(own, "in", `${name}.mseed`));
    const keyFile = join(keys, `${name}-${i + 1}.pem`);
    writeFileSync(
      join(own, "station.json"),
      JSON.stringify({
        ...{ name, folders: ["in"], frameKey: i + 1, channelKey: i + 1 },
        links: [{ host: "127.0.0.1", port: Number(port) }],
        keys: [{ keyId: i + 1, owner: name, file: keyFile }],
      }),
    );
    return run("station", "--config", join(own, "station.json"), "--data", join(own, "data"));
  });
  const deliver = (names: readonly string[]) => {
    for (const name of names)
      copyFileSync(files.find((path) => path.endsWith(`/${name}.mseed`))!, join(inbox, `${name}.mseed`));
  };
  const [late, ...others] = stations.filter((name) => !signed.includes(name)).reverse();
  deliver(others);
  for (const sender of senders) await sender.until(/"code":"file.taken"/, 60);
  const store = await openStore({ file: join(dataDir, "harken.db") });
  await waitFor("an event", async () => ((await loadEvents(store.db)).length > 0 ? "" : "there is none"));
  // Whose data come late, when the interval is done, is worked on again.
  deliver([late!]);
  const silent = async () => {
    const heard = new Set((await loadArrivals(store.db)).map(({ station }) => station));
    return stations.filter((code) => !heard.has(code));
  };
  await waitFor("arrivals of all stations", async () => (await silent()).join(" "));
  for (const sender of senders) await sender.stop();
  await centre.stop();
  const packets = await loadPackets(store.db);
  for (const name of signed) {
    const own = packets.filter(({ source }) => source === `${name}:0`);
    assert.ok(
      own.length >= 100 && own.every(({ verdict }) => verdict === "verified"),
      `${name}: ${own.length} packets`,
    );
  }
  const arrivals = await loadArrivals(store.db);
  for (const code of stations)
    assert.ok(
      arrivals.some(({ station }) => station === code),
      `${code} has no arrival`,
    );
  const origin = preferredOrigin((await loadEvents(store.db))[0]!.event);
  assert.ok(Math.abs(origin.time - truth.time) < 10, `${origin.time - truth.time} s from the truth`);
  assert.ok(geodesicKm(origin.latitudeDeg, origin.longitudeDeg, truth.latitudeDeg, truth.longitudeDeg) < 100);
  assert.equal(readdirSync(join(inbox, "done")).length, stations.length - signed.length);
  await store.close();
  const period = ["--data", dataDir, "--from", "2026-05-25T00:05", "--to", "2026-05-25T00:15"];
  const { status, stdout } = await harken("health", ...period);
  assert.equal(status, 0);
  assert.match(stdout, /^IM +MJAR +\d+ +\d+\.\d+ .* 100\.000 /m);
  assert.match(stdout, /^ +MJAR +\d+ +0$/m, "signatures of its frames, none of them wrong");
  assert.match(stdout, /adjusted leaves out outages with a recorded reason/);
});
