/**
 * A whole centre through the timetable on a small simulated network: lists at their times, segments of auxiliary stations asked of a responder that
 * answers from an archive, late data, identity of events from SEL1 to SEL3, and every interval of the past had again from the archive.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createWorld, demoWorldConfig, synthesize } from "@harken/simulator";
import {
  loadArrivals,
  loadEvents,
  loadIntervals,
  loadRequests,
  openArchive,
  openStore,
  preferredHistory,
  putPieces,
  type Store,
} from "@harken/store";
import { centerRecipe } from "../recipe.ts";
import { startCenter } from "../start.ts";
import { replayIntervals } from "./replay.ts";
import { readTimetable } from "./report.ts";
import { archiveSource, createResponder, type Responder } from "./responder.ts";
import { centerTimetable } from "./timetable.ts";

const HOUR_SEC = 3600;
const folder = mkdtempSync(join(tmpdir(), "harken-timetable-"));
const dataDir = join(folder, "centre");
const auxiliary = ["JNU", "SEY", "TLY"];
const simulate = {
  ...demoWorldConfig,
  hours: 0.75,
  stationCodes: ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV", "ILAR", "FINES", "CMAR", ...auxiliary],
  arrayCodes: [],
  soundCodes: ["H11"],
};
/** USRK's link is down while the first interval is recorded, and sends it five hours later. */
const late = { station: "USRK", from: simulate.startTime, to: simulate.startTime + 600, delaySec: 5 * HOUR_SEC };
const seen: string[] = [];
let store: Store;
let archived: Store;

/** The auxiliary stations' own archive. SEY has recorded nothing, and the first message to TLY is lost. */
async function stationsAnswer(): Promise<Responder> {
  const world = createWorld(simulate, createEarthModel("ak135"));
  const stations = world.inventory.stations.filter(({ code }) => auxiliary.includes(code));
  archived = await openStore({ file: join(folder, "stations.db") });
  const archive = openArchive(join(folder, "stations"));
  for (const station of stations.filter(({ code }) => code !== "SEY")) {
    const { startTime, hours } = simulate;
    const pieces = await archive.append(synthesize(world, station, startTime, startTime + hours * HOUR_SEC));
    await archived.transaction((writer) => putPieces(writer, pieces, { runId: 0, now: 0 }));
  }
  const respond = createResponder("STATIONS", stations, archiveSource(archived.db, archive));
  let isLost = false;
  return async (request) => {
    const text = new TextDecoder().decode(request);
    seen.push(text);
    if (text.includes("STA_LIST TLY") && !isLost) {
      isLost = true;
      throw new Error("the message was lost");
    }
    return respond(request);
  };
}

before(async () => {
  const center = await startCenter({
    ...{ dataDir, port: 0, host: "127.0.0.1", earthModel: "ak135", workers: 2, log: () => undefined, simulate },
    recipe: { ...centerRecipe, intervalSec: 600, tailSec: 60 },
    ...{ deliveries: [late], responder: await stationsAnswer() },
  });
  await center.whenCaughtUp;
  await center.stop();
  store = await openStore({ file: join(dataDir, "harken.db") });
});
after(async () => {
  await store?.close();
  await archived?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("each list is made of every interval at its time by the data's clock; late data open those that the rule names", async () => {
  const { intervals } = await readTimetable({ file: join(dataDir, "harken.db") }, {});
  assert.ok(intervals.length >= 4);
  for (const { from, lists, stations, stationsDone } of intervals) {
    assert.equal(stationsDone, stations);
    assert.deepEqual(
      lists.map(({ list, state }) => `${list} ${state}`),
      ["SEL1 done", "SEL2 done", "SEL3 done"],
    );
    for (const [i, { madeAt, dueAt }] of lists.entries()) {
      const { delaySec } = centerTimetable.pipelines[i]!;
      // USRK's data came at five hours: too late for SEL1, after SEL2 and before SEL3.
      const lateAt = simulate.startTime + 600 + 5 * HOUR_SEC;
      if (i === 0) assert.ok(madeAt! <= dueAt, "SEL1 does not come late");
      else assert.equal(madeAt, i === 1 && dueAt < lateAt ? lateAt : dueAt, `${delaySec} s after ${from}`);
    }
  }
});

test("SEL1 hears primary stations alone; what came late and what was asked for is heard by SEL2 and SEL3", async () => {
  const stationsOf = async (list: string) => {
    const listed = await loadEvents(store.db, { list });
    return new Set(listed.flatMap(({ event }) => preferredOrigin(event).associations.map(({ station }) => station)));
  };
  const [sel1, sel2, sel3] = [await stationsOf("SEL1"), await stationsOf("SEL2"), await stationsOf("SEL3")];
  assert.ok(!auxiliary.some((code) => sel1.has(code)), [...sel1].join());
  for (const heard of [sel2, sel3]) assert.ok(heard.has("JNU") && heard.has("TLY"), [...heard].join());
  const first = (await loadIntervals(store.db, "network")).filter(({ startTime }) => startTime === simulate.startTime);
  const heardFirst = first.map(({ result }) => result["arrivals"] as number);
  assert.ok(heardFirst[1]! > heardFirst[0]! && heardFirst[2] === heardFirst[1], heardFirst.join());
});

test("an event keeps its name from SEL1 to SEL3, and its history names what each list preferred", async () => {
  const [sel1, sel3] = await Promise.all(["SEL1", "SEL3"].map((list) => loadEvents(store.db, { list })));
  const kept = sel1!.filter(({ event }) => sel3!.some((other) => other.event.key === event.key));
  assert.ok(kept.length >= 1);
  for (const { event } of kept) {
    const history = await preferredHistory(store.db, event.key);
    const lists = [...new Set(history.map(({ list }) => list))];
    assert.deepEqual(lists, ["SEL1", "SEL2", "SEL3"]);
    for (const list of lists) assert.equal(history.findLast((one) => one.list === list)?.state, "current");
    const last = sel3!.find((other) => other.event.key === event.key)!.event;
    assert.equal(history.findLast(({ list }) => list === "SEL3")?.originKey, last.preferredOriginKey);
    // The last list still holds the origin that the first list preferred when it took the event over.
    const origins = last.origins.map(({ key }) => key);
    assert.ok(history.some(({ list, originKey }) => list === "SEL1" && origins.includes(originKey)));
    assert.ok(last.preferredOriginKey.includes("-SEL2-") || last.preferredOriginKey.includes("-SEL3-"));
  }
});

test("requests are IMS2.0 messages sent when their data are recorded, tried again, given up, and never twice for the same data", async () => {
  const requests = await loadRequests(store.db);
  const of = (code: string) => requests.filter(({ station }) => station === code);
  assert.ok(of("JNU").every(({ state, attempts }) => state === "answered" && attempts === 1));
  assert.ok(of("TLY").some(({ state, attempts }) => state === "answered" && attempts === 2));
  for (const request of of("SEY")) {
    assert.equal(request.state, "failed");
    assert.equal(request.attempts, centerTimetable.requests.maxAttempts);
    assert.match(request.lastProblem, /No data of that time/);
  }
  for (const { answeredTime, to } of requests) assert.ok(answeredTime === null || answeredTime >= to);
  for (const one of requests)
    for (const other of requests)
      assert.ok(one === other || one.station !== other.station || one.to <= other.from || other.to <= one.from);
  assert.ok(seen.every((text) => /^BEGIN IMS2\.0\nMSG_TYPE REQUEST\nMSG_ID R\d{14}-\d+ HARKEN\nTIME /.test(text)));
  const { requests: statistics } = await readTimetable({ file: join(dataDir, "harken.db") }, {});
  assert.deepEqual(
    statistics.map(({ station, answered, failed }) => [station, answered > 0, failed > 0]),
    [
      ["JNU", true, false],
      ["SEY", false, true],
      ["TLY", true, false],
    ],
  );
});

test("every interval of the past, worked on again from the archive, gives the rows that stand", {
  timeout: 120_000,
}, async (t) => {
  const before = await loadArrivals(store.db);
  const replayed = await replayIntervals({ dataDir, workers: 2 });
  const changed = replayed.filter(({ outcome }) => outcome === "changed");
  for (const { stage, name, detail } of changed) t.diagnostic(`${stage} ${name}: ${detail}`);
  assert.deepEqual(
    replayed.filter(({ outcome }) => outcome === "different"),
    [],
  );
  // USRK's second interval was worked on before the first one's data came.
  assert.ok(changed.every(({ stage, name }) => stage === "station" && name === "USRK"));
  const lists = replayed.filter(({ stage, outcome }) => stage === "network" && outcome === "same");
  assert.equal(lists.length, 3 * new Set(lists.map(({ from }) => from)).size);
  assert.ok(lists.some(({ rows }) => rows > 0));
  assert.equal(
    replayed.filter(({ stage }) => stage === "station").reduce((sum, { rows }) => sum + rows, 0) > before.length / 2,
    true,
  );
  assert.deepEqual(await loadArrivals(store.db), before);
});
