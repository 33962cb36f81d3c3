/** The station's page as a browser asks it: state, settings that are changed, kept and taken back, commands, and who is not let in. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { newFolder, removeFolder } from "../acquisition/testRig.ts";
import type { StationState } from "./page.ts";
import { startStationService } from "./stationService.ts";

const links = [{ host: "127.0.0.1", port: 9 }];
const clock = () => Date.now() / 1_000;

async function started(t: { after: (end: () => Promise<void>) => void }, settings: Record<string, unknown>) {
  const folder = newFolder();
  const settingsFile = join(folder, "station.json");
  writeFileSync(settingsFile, JSON.stringify({ name: "TST", links, page: { port: 0 }, ...settings }));
  writeFileSync(join(folder, "password"), "let me in\n");
  const service = await startStationService({
    settingsFile,
    dataDir: join(folder, "data"),
    clock,
    log: () => undefined,
  });
  t.after(async () => {
    await service.stop();
    removeFolder(folder);
  });
  return { service, settingsFile, folder, url: service.url! };
}

test("the page shows the state; settings that fit are kept and the station starts anew, those that do not change nothing", async (t) => {
  const { service, settingsFile, url } = await started(t, {});
  const page = await fetch(url);
  assert.match(page.headers.get("content-security-policy")!, /default-src 'none'/);
  assert.match(await page.text(), /<title>Station<\/title>/);
  for (const path of ["/page.js", "/page.css"]) assert.equal((await fetch(url + path)).status, 200);
  const state = (await (await fetch(`${url}/state`)).json()) as StationState;
  assert.deepEqual([state.name, state.frames, state.link.isUp], ["TST", { first: "1", last: "0" }, false]);
  assert.ok(state.told.some(({ code }) => code === "station.started"));
  const put = (body: string) => fetch(`${url}/settings`, { method: "PUT", body });
  const before = service.station();
  const old = readFileSync(settingsFile, "utf8");
  for (const [text, reason] of [
    ["{", /BAD_SETTINGS|no configuration/],
    ['{"name":"TST"}', /links/],
    [JSON.stringify({ name: "OTH", links }), /frames on the disk are of TST/],
  ] as const) {
    const refused = await put(text);
    assert.equal(refused.status, 400);
    assert.match(await refused.text(), reason);
  }
  assert.equal(service.station(), before);
  // Settings that are right but cannot be started by: their key is not there.
  const keyless = await put(
    JSON.stringify({ name: "TST", links, keys: [{ keyId: 1, owner: "TST", file: "none.pem" }] }),
  );
  assert.equal(keyless.status, 400);
  assert.match(await keyless.text(), /none\.pem/);
  assert.equal(readFileSync(settingsFile, "utf8"), old);
  const next = JSON.stringify({ name: "TST", links, page: { port: 0 }, frameSec: 5 });
  assert.equal((await put(next)).status, 204);
  assert.notEqual(service.station(), before);
  assert.equal(await (await fetch(`${url}/settings`)).text(), next);
  assert.equal(readFileSync(`${settingsFile}.before`, "utf8"), old);
  assert.equal((await fetch(`${url}/commands`, { method: "POST", body: "x" })).status, 409);
});

test("a command that is handed in on the page is answered there", async (t) => {
  const { url } = await started(t, { commands: {} });
  const answer = await fetch(`${url}/commands`, { method: "POST", body: "nothing" });
  assert.match(await answer.text(), /^ The command is refused: it holds no one command$/m);
});

test("other sites' pages, names that point here, and strangers are not let in", async (t) => {
  const { url } = await started(t, { page: { port: 0, passwordFile: "password" } });
  assert.equal((await fetch(`${url}/state`)).status, 401);
  const authorization = `Basic ${Buffer.from("station:let me in").toString("base64")}`;
  assert.equal((await fetch(`${url}/state`, { headers: { authorization } })).status, 200);
  const { status } = await fetch(`${url}/state`, { headers: { authorization: `${authorization}x` } });
  assert.equal(status, 401);
  const foreign = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(`${url}/settings`, { method: "PUT", headers: { authorization, ...headers } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      });
      asked.on("error", reject).end("{}");
    });
  assert.equal(await foreign({ origin: "http://evil.example" }), 403);
  assert.equal(await foreign({ host: "evil.example" }), 403);
  await assert.rejects(started(t, { page: { host: "0.0.0.0", port: 0 } }), {
    code: "BAD_SETTINGS",
    message: /passwordFile/,
  });
});
