/**
 * Review as an analyst does it, on arrivals whose times and directions are those of a known source in ak135: the truth is known in closed form. Two
 * sources an hour apart; the automatic list has the first with one arrival of the second, and not the second.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { EditAction } from "@harken/api";
import { type Arrival, distanceAzimuth, geodesicKm, positionAt, preferredOrigin, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import {
  createLocalBus,
  loadArrivals,
  loadArrivalsByKey,
  loadEdits,
  loadEvents,
  openStore,
  putArrivals,
  putEvents,
  putStations,
  type Store,
} from "@harken/store";
import { reviseOrigin } from "@harken/waveform";
import { centerRecipe } from "../recipe.ts";
import { choiceOf } from "./draft.ts";
import type { ReviewContext } from "./plan.ts";
import { createReview, type Review } from "./review.ts";

const earth = createEarthModel("ak135");
const T0 = 1_780_000_000;
const stamp = { runId: 1, now: T0 };
const truths = [
  { name: "A", time: T0 + 600, latitudeDeg: 41.3, longitudeDeg: 129.1, depthKm: 0 },
  { name: "B", time: T0 + 1200, latitudeDeg: 38, longitudeDeg: 142, depthKm: 30 },
] as const;

const stations: Station[] = [8, 25, 38, 52, 66, 80].map((delta, i) => ({
  ...{ code: `ST${i}`, network: "XX", name: `Station ${i}`, technology: "seismic", kind: "array", role: "primary" },
  ...positionAt(40, 135, (i * 137.5) % 360, delta),
  ...{ elevationKm: 0, sites: [], channels: [] },
}));

/** The first P of a source at a station, without any error. */
function arrivalOf(truth: (typeof truths)[number], station: Station): Arrival {
  const path = distanceAzimuth(truth.latitudeDeg, truth.longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const [phase, ray] = ["Pn", "P"]
    .flatMap((name) => {
      const found = earth.predict(name, path.deltaDeg, truth.depthKm);
      return found ? [[name, found] as const] : [];
    })
    .sort((a, b) => a[1].timeSec - b[1].timeSec)[0]!;
  const correction = earth.correction(phase, {
    ...{ deltaDeg: path.deltaDeg, depthKm: truth.depthKm, sourceLatitudeDeg: truth.latitudeDeg },
    ...{ eventStationAzimuthDeg: path.azimuthDeg, stationElevationKm: station.elevationKm },
  });
  const nothing = { firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: null, fkQuality: null };
  return {
    ...{ key: `${truth.name}-${station.code}`, station: station.code, channel: "SHZ", phase, author: "test", snr: 20 },
    time: truth.time + ray.timeSec + correction.ellipticitySec,
    ...{ timeErrorSec: 0.3, azimuthDeg: path.backAzimuthDeg, azimuthErrorDeg: 3 },
    ...{ slownessSecPerDeg: ray.slownessSecPerDeg, slownessErrorSecPerDeg: 0.5, amplitudes: [], ...nothing },
  };
}

const arrivals = truths.flatMap((truth) => stations.map((station) => arrivalOf(truth, station)));
const byKey = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
const phaseOf = (key: string) => byKey.get(key)!.phase;
const list = "LEB";
const FIRST = "SEL1-a";

const bus = createLocalBus();
let store: Store;
let review: Review;
let now = T0 + 10_000;

before(async () => {
  store = await openStore({ file: ":memory:" });
  const byCode = new Map(stations.map((station) => [station.code, station]));
  const stationOf = (code: string) => byCode.get(code);
  // The automatic event: what the locator makes of five arrivals of A and one of B in the place of the sixth.
  const keys = [...stations.slice(0, 5).map(({ code }) => `A-${code}`), "B-ST5"];
  const choices = keys.map((key) => choiceOf(byKey.get(key)!, phaseOf(key)));
  const input = { key: "o1", author: "grid", choices, joining: [], arrivals: byKey, stationOf, depth: "free" } as const;
  const automatic = reviseOrigin({ ...input, start: null }, earth);
  assert.ok(automatic.ok);
  await store.transaction(async (writer) => {
    await putStations(writer, stations, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", [{ key: FIRST, preferredOriginKey: "o1", origins: [automatic.origin] }], stamp);
  });
  const pool: ReviewContext["pool"] = {
    revise: async ({ arrivals: given, stations: known, ...task }) => {
      const codes = new Map(known.map((station) => [station.code, station]));
      const keyed = new Map(given.map((arrival) => [arrival.key, arrival]));
      return reviseOrigin({ ...task, arrivals: keyed, stationOf: (code) => codes.get(code) }, earth);
    },
    measure: async () => assert.fail("there are no waves to measure"),
  };
  review = createReview({
    ...{ store, pool, bus, recipe: centerRecipe, runId: 1 },
    stations: () => stations,
    clock: () => now++,
  });
});
after(async () => {
  await bus.close();
  await store.close();
});

async function eventOf(key: string, inList = list) {
  const [listed] = await loadEvents(store.db, { list: inList, key });
  return listed;
}
async function edit(key: string, action: EditAction, analyst = "Ana") {
  const version = (await eventOf(key))?.version ?? 0;
  return review.edit(list, key, { analyst, expectedVersion: version, action });
}
const misfitKm = async (key: string, { latitudeDeg, longitudeDeg }: (typeof truths)[number]) => {
  const origin = preferredOrigin((await eventOf(key))!.event);
  return geodesicKm(origin.latitudeDeg, origin.longitudeDeg, latitudeDeg, longitudeDeg);
};
const held = async (key: string) =>
  preferredOrigin((await eventOf(key))!.event).associations.map(({ arrivalKey }) => arrivalKey);

test("an interval is opened: its automatic events are taken in, once, whoever opens it", async () => {
  const opened = await review.open(list, { analyst: "Ana", from: T0, to: T0 + 3600 });
  assert.deepEqual([opened.state, opened.analyst], ["open", "Ana"]);
  await review.open(list, { analyst: "Bea", from: T0, to: T0 + 3600 });
  assert.equal((await eventOf(FIRST))!.version, 1);
  assert.deepEqual((await eventOf(FIRST))!.event, (await eventOf(FIRST, "SEL1"))!.event);
  await assert.rejects(review.open(list, { analyst: "Bea", from: T0 + 60, to: T0 + 7200 }), { code: "OVERLAP" });
  await assert.rejects(review.open("SEL1", { analyst: "Bea", from: 0, to: 1 }), { code: "NOT_REVIEWED" });
  const reject = { analyst: "Ana", expectedVersion: 3, action: { kind: "reject" } } as const;
  await assert.rejects(review.edit(list, "none", reject), { code: "NO_EVENT" });
});

test("a wrong arrival out and the right one in: the event moves to its true place", async () => {
  const before = await misfitKm(FIRST, truths[0]);
  await edit(FIRST, { kind: "unassociate", arrivalKey: "B-ST5" });
  await edit(FIRST, { kind: "associate", arrivalKey: "A-ST5", phase: phaseOf("A-ST5") });
  const after = await misfitKm(FIRST, truths[0]);
  assert.ok(before > 20 && after < 1, `${before.toFixed(1)} km, then ${after.toFixed(2)} km`);
  const { event } = (await eventOf(FIRST))!;
  assert.deepEqual(
    event.origins.map(({ author }) => author),
    ["Ana", "grid"],
    "the automatic origin stays beside the analyst's",
  );
  const { associations } = preferredOrigin(event);
  assert.equal(associations.length, 6);
  assert.ok(associations.every(({ timeResidualSec }) => Math.abs(timeResidualSec!) < 0.1));
});

test("an arrival that joins and does not fit does not define until the analyst says so", async () => {
  await edit(FIRST, { kind: "associate", arrivalKey: "B-ST4", phase: phaseOf("B-ST4") });
  const flags = async () =>
    preferredOrigin((await eventOf(FIRST))!.event).associations.find(({ arrivalKey }) => arrivalKey === "B-ST4")!;
  assert.equal((await flags()).timeDefining, false);
  assert.ok((await misfitKm(FIRST, truths[0])) < 1);
  await edit(FIRST, { kind: "defining", arrivalKey: "B-ST4", time: true });
  assert.equal((await flags()).timeDefining, true);
  assert.ok((await misfitKm(FIRST, truths[0])) > 20);
  await edit(FIRST, { kind: "unassociate", arrivalKey: "B-ST4" });
});

test("undo and redo by version, also of picks", async () => {
  const { version, event } = (await eventOf(FIRST))!;
  const time = byKey.get("A-ST0")!.time;
  await edit(FIRST, { kind: "retime", arrivalKey: "A-ST0", time: time + 1.5, timeErrorSec: 0.1 });
  const [moved] = (await held(FIRST)).filter((key) => key.startsWith("ST0-pick"));
  const shown = async (inList: string) =>
    (await loadArrivals(store.db, { station: "ST0", notAsideIn: inList })).map(({ key }) => key);
  assert.ok(moved);
  assert.deepEqual((await shown(list)).sort(), ["B-ST0", moved], "the old onset is set aside");
  assert.deepEqual((await shown("SEL1")).sort(), ["A-ST0", "B-ST0"], "the automatic list has no part in the pick");
  const [stored] = await loadArrivalsByKey(store.db, [moved]);
  assert.deepEqual(
    [stored!.time, stored!.azimuthDeg, stored!.author],
    [time + 1.5, byKey.get("A-ST0")!.azimuthDeg, "Ana"],
  );

  const redo = (await eventOf(FIRST))!.version;
  await edit(FIRST, { kind: "restore", version });
  assert.deepEqual((await eventOf(FIRST))!.event, event);
  assert.deepEqual((await shown(list)).sort(), ["A-ST0", "B-ST0"]);
  await edit(FIRST, { kind: "restore", version: redo });
  assert.ok((await held(FIRST)).includes(moved));
  await edit(FIRST, { kind: "restore", version });
});

test("a pick on a trace, its phase renamed, the depth held and freed", async () => {
  const truth = truths[0];
  const { latitudeDeg, longitudeDeg } = stations[2]!;
  const { deltaDeg } = distanceAzimuth(truth.latitudeDeg, truth.longitudeDeg, latitudeDeg, longitudeDeg);
  const s = earth.predict("S", deltaDeg, 0)!;
  const { version } = (await eventOf(FIRST))!;
  const pick = { station: "ST2", channel: "XX.ST2..SHN", time: truth.time + s.timeSec, timeErrorSec: 1, phase: "S" };
  await edit(FIRST, { kind: "pick", ...pick });
  const of = async () =>
    preferredOrigin((await eventOf(FIRST))!.event).associations.find(({ arrivalKey }) =>
      arrivalKey.includes("pick-S"),
    )!;
  assert.equal((await of()).timeDefining, true);
  assert.ok(Math.abs((await of()).timeResidualSec!) < 2, "ellipticity aside, it stands where S is due");
  await edit(FIRST, { kind: "phase", arrivalKey: (await of()).arrivalKey, phase: "Sn" });
  assert.equal((await of()).phase, "Sn");
  await edit(FIRST, { kind: "depth", depth: { fixedKm: 20 } });
  assert.deepEqual(
    [(await eventOf(FIRST))!.event].map((event) => [preferredOrigin(event).depthKm, preferredOrigin(event).depthType]),
    [[20, "analyst"]],
  );
  await edit(FIRST, { kind: "restore", version });
});

test("a missed event is made of arrivals that belong to none, and takes one from another event in one edit", async () => {
  await edit(FIRST, { kind: "associate", arrivalKey: "B-ST3", phase: phaseOf("B-ST3") });
  const free = ["B-ST0", "B-ST1", "B-ST2", "B-ST4"].map((key) => ({ key, phase: phaseOf(key) }));
  const taken = { analyst: "Bea", arrivals: [...free, { key: "B-ST3", phase: "P" }] };
  await assert.rejects(review.create(list, taken), { code: "ARRIVAL_TAKEN" });
  const { changed } = await review.create(list, { analyst: "Bea", arrivals: free, depth: { fixedKm: 30 } });
  const second = changed[0]!;
  assert.ok((await misfitKm(second, truths[1])) < 2);
  const result = await edit(second, { kind: "associate", arrivalKey: "B-ST3", phase: phaseOf("B-ST3") }, "Bea");
  assert.deepEqual(result.changed, [second, FIRST]);
  assert.ok(!(await held(FIRST)).includes("B-ST3"));
  assert.equal((await held(second)).length, 5);
  const [, otherEdit] = await loadEdits(store.db, { list, limit: 2 });
  assert.deepEqual([otherEdit!.analyst, otherEdit!.action], ["Bea", "associate"]);
});

test("a new event may begin with an arrival that another one began with before; an arrival named twice takes part once", async () => {
  const second = (await loadEvents(store.db, { list })).find(({ event }) => event.key !== FIRST)!;
  const first = preferredOrigin(second.event)
    .associations.map(({ arrivalKey }) => byKey.get(arrivalKey)!)
    .reduce((one, other) => (other.time < one.time ? other : one));
  await edit(second.event.key, { kind: "unassociate", arrivalKey: first.key });
  const again = { key: first.key, phase: first.phase };
  const { changed } = await review.create(list, { analyst: "Ana", arrivals: [again, again] });
  assert.notEqual(changed[0], second.event.key);
  assert.deepEqual(await held(changed[0]!), [first.key]);
  await edit(changed[0]!, { kind: "reject" });
  await edit(second.event.key, { kind: "restore", version: second.version });
});

test("of two edits of the same version one is refused, names the other, and both stay in the record or in hand", async () => {
  const { version } = (await eventOf(FIRST))!;
  const ask = (analyst: string, arrivalKey: string) =>
    review.edit(list, FIRST, { analyst, expectedVersion: version, action: { kind: "unassociate", arrivalKey } });
  const results = await Promise.allSettled([ask("Ana", "A-ST1"), ask("Bea", "A-ST2")]);
  const refused = results.filter((result) => result.status === "rejected");
  assert.equal(refused.length, 1);
  assert.equal(refused[0]!.reason.code, "EVENT_CHANGED");
  const [winner] = await loadEdits(store.db, { list, eventKey: FIRST, limit: 1 });
  assert.ok(refused[0]!.reason.message.endsWith(`has changed meanwhile: ${winner!.analyst}, ${winner!.detail}.`));
  assert.equal((await eventOf(FIRST))!.version, version + 1);
  await edit(FIRST, { kind: "restore", version });
});

test("an event that cannot stand without an arrival keeps it, with the reason; a rejected one can be restored", async () => {
  const { version } = (await eventOf(FIRST))!;
  const lone = await review.create(list, { analyst: "Ana", arrivals: [{ key: "B-ST5", phase: phaseOf("B-ST5") }] });
  const key = lone.changed[0]!;
  await assert.rejects(edit(key, { kind: "unassociate", arrivalKey: "B-ST5" }), { code: "CANNOT_LOCATE" });
  await assert.rejects(edit(FIRST, { kind: "associate", arrivalKey: "B-ST5", phase: "P" }), { code: "CANNOT_LOCATE" });
  assert.equal((await eventOf(FIRST))!.version, version, "a refused edit changes nothing");
  assert.deepEqual((await edit(key, { kind: "reject" })).withdrawn, [key]);
  assert.equal(await eventOf(key), undefined);
  await edit(key, { kind: "restore", version: 1 });
  assert.deepEqual(await held(key), ["B-ST5"]);
});

test("a completed interval publishes what meets the event definition, and says why the rest is kept back", async () => {
  const { interval, published, keptBack } = await review.complete(list, { analyst: "Bea", from: T0 });
  assert.deepEqual([interval.state, interval.analyst], ["complete", "Bea"]);
  assert.equal(published.length, 2);
  assert.deepEqual(
    keptBack.map(({ reason }) => reason),
    ["1 of 3 primary stations with a defining time"],
  );
  const reb = await loadEvents(store.db, { list: "REB" });
  assert.deepEqual(reb.map(({ event }) => event.key).sort(), [...published].sort());
  assert.deepEqual(await loadEvents(store.db, { list: "SEB" }), [], "without mb no event is considered for screening");
  // Opened again and changed, the published list follows at the next completion.
  await review.open(list, { analyst: "Ana", from: T0, to: T0 + 3600 });
  await edit(published[1]!, { kind: "reject" });
  const told: unknown[] = [];
  const listening = await bus.subscribe({ subject: "events.REB" }, async ({ data }) => void told.push(data));
  await review.complete(list, { analyst: "Ana", from: T0 });
  for (let i = 0; i < 100 && told.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 10));
  await listening.stop();
  const [gone] = told as { key: string; change: string; latitudeDeg: number }[];
  assert.deepEqual(
    [told.length, gone!.key, gone!.change, Number.isFinite(gone!.latitudeDeg)],
    [1, published[1], "withdrawn", true],
  );
  assert.deepEqual(
    (await loadEvents(store.db, { list: "REB" })).map(({ event }) => event.key),
    [published[0]],
  );
});

test("the record of edits has every change, in order, with who made it", async () => {
  const edits = await loadEdits(store.db, { list, eventKey: FIRST });
  assert.ok(edits.length > 15, `${edits.length} edits`);
  assert.ok(edits.every(({ analyst, detail }) => /^(Ana|Bea)$/.test(analyst) && detail !== ""));
  const versions = edits.map(({ versionAfter }) => versionAfter).reverse();
  assert.deepEqual(
    versions,
    [...versions.keys()].map((i) => i + 1),
    "one edit for each version",
  );
});
