/**
 * A centre on outside data asks auxiliary stations for the segments of its events: one by HTTPS's way, which fails the first time, one by mail, whose answer comes by
 * itself, and one that refuses. They answer from what a simulated world says they recorded.
 */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { writeMiniSeed2 } from "@harken/formats";
import { createWorld, demoWorldConfig, synthesize } from "@harken/simulator";
import { loadArrivals, loadEvents, loadRequests, openStore } from "@harken/store";
import { AcquisitionSettings, checkSettings } from "../acquisition/settings.ts";
import { until } from "../acquisition/testRig.ts";
import { centerRecipe } from "../recipe.ts";
import { startCenter } from "../start.ts";
import { createCarriers, messageOfMail } from "./carriers.ts";
import { readTimetable } from "./report.ts";
import { createResponder } from "./responder.ts";
import { centerTimetable } from "./timetable.ts";

const auxiliary = ["JNU", "SEY", "TLY"];

test("segments that are asked for over the web and by mail come into the list that hears them", {
  timeout: 240_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "harken-requests-"));
  const at = (...names: string[]) => join(folder, ...names);
  const startTime = Math.floor((Date.now() / 1_000 - 1_100) / 1_200) * 1_200;
  const stationCodes = ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV", "ILAR", "FINES", "CMAR", ...auxiliary];
  const world = createWorld(
    { ...demoWorldConfig, startTime, hours: 0.3, stationCodes, arrayCodes: [] },
    createEarthModel("ak135"),
  );
  const { stations } = world.inventory;
  const end = startTime + 1_080;
  const asked = stations.filter(({ code }) => auxiliary.includes(code));
  const respond = createResponder(
    "STATIONS",
    asked.filter(({ code }) => code !== "SEY"),
    async (station, from, to) => synthesize(world, station, Math.max(startTime, from), Math.min(end, to)),
  );
  const posts: (string | undefined)[] = [];
  const web = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    posts.push(request.headers.authorization);
    if (posts.length === 1) return void response.writeHead(503).end("busy");
    response.end(await respond(Buffer.concat(body)));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => web.once("listening", resolve));
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
  writeFileSync(at("token"), "secret\n");
  mkdirSync(at("in"));
  for (const station of stations.filter(({ code }) => !auxiliary.includes(code)))
    writeFileSync(at("in", `${station.code}.mseed`), writeMiniSeed2(synthesize(world, station, startTime, end)));
  const [sel1, sel2] = centerTimetable.pipelines;
  const settings = checkSettings(
    AcquisitionSettings,
    {
      ...{ port: 0, dataPort: 0, folders: ["in"] },
      requests: {
        from: "idc@example.org",
        stations: [
          { code: "JNU", url, tokenFile: "token" },
          { code: "SEY", url },
          { code: "TLY", mail: "autodrm@example.org" },
        ],
      },
    },
    "test",
  );
  const center = await startCenter({
    ...{ dataDir: at("centre"), port: 0, host: "127.0.0.1", earthModel: "ak135", workers: 2, simulate: null },
    log: () => undefined,
    // Lists within seconds instead of hours.
    recipe: {
      ...centerRecipe,
      timetable: {
        ...centerTimetable,
        pipelines: [sel1!, { ...sel2!, delaySec: 60 }],
        requests: { ...centerTimetable.requests, retrySec: 1 },
      },
    },
    // Known without their roles, as StationXML has them.
    acquire: {
      ...{ settings, settingsFolder: folder, stations: stations.map((station) => ({ ...station, role: null })) },
      rule: { graceSec: 120, idleSec: 2, lateSec: 1 },
    },
  });
  const store = await openStore({ file: at("centre", "harken.db") });
  t.after(async () => {
    await center.stop();
    await store.close();
    web.close();
    rmSync(folder, { recursive: true, force: true });
  });
  // The mail program and the AutoDRM behind it: each mail is answered once, by a mail.
  const answered = new Set<string>();
  const deliver = async () => {
    for (const name of existsSync(at("outbox"))
      ? readdirSync(at("outbox")).filter((one) => one.endsWith(".eml"))
      : []) {
      if (answered.has(name)) continue;
      answered.add(name);
      const mail = readFileSync(at("outbox", name), "utf8");
      assert.match(mail, /^From: idc@example\.org\nTo: autodrm@example\.org\nSubject: R\d{14}-\d+\n/);
      assert.match(mail, /^MSG_ID R\d{14}-\d+ HARKEN\nE-MAIL idc@example\.org$/m);
      const text = Buffer.from(await respond(messageOfMail(Buffer.from(mail)))).toString("latin1");
      writeFileSync(at(name), `From: autodrm@example.org\nContent-Type: text/plain\n\n${text}`);
      mkdirSync(at("replies"), { recursive: true });
      renameSync(at(name), at("replies", name));
    }
  };
  const stateOf = async (code: string) => {
    const own = (await loadRequests(store.db)).filter(({ station }) => station === code);
    return own.length > 0 ? own : null;
  };
  await until(
    "answers over the web and by mail",
    async () => {
      await deliver();
      const [jnu, tly, sey] = await Promise.all(["JNU", "TLY", "SEY"].map(stateOf));
      return (
        (jnu?.some(({ state }) => state === "answered") ?? false) &&
        (tly?.some(({ state }) => state === "answered") ?? false) &&
        (sey?.every(({ state }) => state === "failed") ?? false)
      );
    },
    180_000,
  );
  assert.ok(posts.includes("Bearer secret"));
  assert.match((await stateOf("SEY"))![0]!.lastProblem, /No such channel is here/);
  const { requests } = await readTimetable({ file: at("centre", "harken.db") }, {});
  assert.deepEqual(
    requests.map(({ station, answered: yes, failed }) => [station, yes > 0, failed > 0]),
    [
      ["JNU", true, false],
      ["SEY", false, true],
      ["TLY", true, false],
    ],
  );
  await until(
    "the second list hears them",
    async () => {
      const events = await loadEvents(store.db, { list: "SEL2" });
      const heard = new Set(
        events.flatMap(({ event }) => preferredOrigin(event).associations.map(({ station }) => station)),
      );
      return heard.has("JNU") && heard.has("TLY");
    },
    60_000,
  );
  const first = await loadEvents(store.db, { list: "SEL1" });
  const inFirst = first.flatMap(({ event }) => preferredOrigin(event).associations.map(({ station }) => station));
  assert.ok(!inFirst.some((code) => auxiliary.includes(code)));
  const heard = new Set((await loadArrivals(store.db)).map(({ station }) => station));
  assert.ok(heard.has("JNU") && heard.has("TLY"));
});

test("a station without a way, and mail without an address, are told at the start", () => {
  const carriers = (settings: object) => createCarriers({ outbox: "out", inbox: "in", ...settings } as never, "/");
  assert.throws(() => carriers({ stations: [{ code: "JNU" }] }), /JNU has neither url nor mail/);
  assert.throws(() => carriers({ stations: [{ code: "JNU", mail: "a@b" }] }), /address/);
});
