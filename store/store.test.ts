import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type NoiseLevel, preferredOrigin, type SeismicEvent } from "@harken/core";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { sql } from "kysely";
import { countArrivals, loadArrivals, putArrivals } from "./arrivals.ts";
import type { Store } from "./database.ts";
import {
  arrivalsAside,
  loadEdits,
  loadReviewIntervals,
  putReviewInterval,
  recordEdits,
  setArrivalAside,
  takeArrivalsBack,
  takeTurn,
} from "./edits.ts";
import { countEvents, eventKeysOfArrivals, loadEvents, newestVersions, putEvents, withdrawEvents } from "./events.ts";
import {
  claimInterval,
  failInterval,
  finishInterval,
  loadIntervals,
  queueIntervals,
  recoverClaims,
  releaseClaim,
  renewClaim,
} from "./intervals.ts";
import { loadNoise, putNoise } from "./noise.ts";
import { recordRun } from "./runs.ts";
import { loadStations, putStations } from "./stations.ts";
import { postgresEngine, sqliteEngine, type TestEngine } from "./testDatabases.test.ts";
import { arrivalShape, byKey, originShape, sample, stamp, station, world } from "./testShapes.ts";

/** The one set of tests that both engines pass. */
function conformance(engine: TestEngine): void {
  describe(`store conformance: ${engine.name}`, { skip: engine.skip }, () => {
    let store: Store;
    before(async () => {
      await engine.start();
      store = await engine.open();
    });
    after(async () => {
      await store?.close();
      await engine.stop();
    });

    test("noise levels come back by time, whole; what a stretch was first measured as stays", async () => {
      const channel = { network: "IM", station: "ARA0", location: "", channel: "BHZ" };
      const level = (station: string, startTime: number, amplitude: number, long = false): NoiseLevel => ({
        ...{ station, startTime, endTime: startTime + (long ? 600 : 120) },
        amplitude: {
          ...{ type: long ? "ANL/2" : "ANP/2", channel, time: startTime + 7.25, amplitude, periodSec: 0.7 },
          clipped: startTime === 240,
        },
      });
      const levels = [
        level("ARCES", 0, 2.5),
        level("YKA", 0, 1.5),
        level("ARCES", 0, 90, true),
        level("ARCES", 240, 3),
      ];
      await store.transaction((writer) => putNoise(writer, levels, stamp));
      await store.transaction((writer) => putNoise(writer, [level("ARCES", 240, 77), level("ARCES", 120, 4)], stamp));
      const at = async (from: number, to: number) =>
        (await loadNoise(store.db, { from, to })).map(({ station, amplitude }) => `${station} ${amplitude.amplitude}`);
      assert.deepEqual(await at(0, 1), ["ARCES 90", "ARCES 2.5", "YKA 1.5"]);
      assert.deepEqual(await at(120, 300), ["ARCES 90", "ARCES 4", "ARCES 3"]);
      assert.deepEqual(await at(600, 900), []);
      assert.deepEqual((await loadNoise(store.db, { from: 240, to: 241 })).at(-1), levels[3]);
    });

    test("edits are kept in order, versions can be read again, arrivals set aside are left out of their list", async () => {
      const { arrivals, event } = sample(world, 11);
      await store.transaction(async (writer) => {
        await takeTurn(writer);
        await putArrivals(writer, arrivals, stamp);
        await putEvents(writer, "LEB", [event], stamp);
        const [first] = event.origins;
        const changed = { ...event, origins: event.origins.map((o) => (o === first ? { ...o, depthKm: 77 } : o)) };
        await putEvents(writer, "LEB", [changed], stamp);
        const edit = {
          time: 5,
          analyst: "Ana",
          list: "LEB",
          eventKey: event.key,
          detail: "depth",
          comment: "",
          restoredVersion: null,
        };
        await recordEdits(writer, [
          { ...edit, action: "open", versionBefore: null, versionAfter: 1 },
          { ...edit, action: "depth", versionBefore: 1, versionAfter: 2 },
        ]);
        await setArrivalAside(writer, "LEB", arrivals[0]!.key, { reason: "false", now: 6 });
        await setArrivalAside(writer, "LEB", arrivals[0]!.key, { reason: "again", now: 7 });
        await putReviewInterval(writer, { list: "LEB", from: 0, to: 9, state: "open", analyst: "Ana", changedAt: 1 });
        await putReviewInterval(writer, {
          list: "LEB",
          from: 0,
          to: 9,
          state: "complete",
          analyst: "Bea",
          changedAt: 2,
        });
      });
      const edits = await loadEdits(store.db, { list: "LEB", eventKey: event.key });
      assert.deepEqual(
        edits.map(({ action, versionBefore, versionAfter }) => [action, versionBefore, versionAfter]),
        [
          ["depth", 1, 2],
          ["open", null, 1],
        ],
      );
      assert.ok(edits[0]!.id > edits[1]!.id);
      const depthOf = async (version?: number) =>
        (await loadEvents(store.db, { list: "LEB", key: event.key, version }))[0]!.event.origins[0]!.depthKm;
      assert.equal(await depthOf(), 77);
      assert.equal(await depthOf(1), event.origins[0]!.depthKm);
      assert.deepEqual((await newestVersions(store.db, "LEB", [event.key, "none"])).get(event.key), {
        version: 2,
        state: "current",
      });
      const times = { from: arrivals[0]!.time, to: arrivals[0]!.time + 1e-6 };
      const keys = async (notAsideIn?: string) =>
        (await loadArrivals(store.db, { ...times, notAsideIn })).map(({ key }) => key);
      assert.ok((await keys()).includes(arrivals[0]!.key) && (await keys("SEL1")).includes(arrivals[0]!.key));
      assert.ok(!(await keys("LEB")).includes(arrivals[0]!.key));
      assert.deepEqual(
        await arrivalsAside(
          store.db,
          "LEB",
          arrivals.map(({ key }) => key),
        ),
        [arrivals[0]!.key],
      );
      await store.transaction((writer) => takeArrivalsBack(writer, "LEB", [arrivals[0]!.key]));
      assert.ok((await keys("LEB")).includes(arrivals[0]!.key));
      const [interval, ...others] = await loadReviewIntervals(store.db, "LEB");
      assert.deepEqual([interval!.state, interval!.analyst, others.length], ["complete", "Bea", 0]);
    });

    test("arrivals and events come back exactly as they were put in", async () => {
      await fc.assert(
        fc.asyncProperty(world, async ({ arrivals, event }) => {
          await store.transaction(async (writer) => {
            await putArrivals(writer, arrivals, stamp);
            await putEvents(writer, "SEL1", [event], stamp);
          });
          const [listed] = await loadEvents(store.db, { list: "SEL1", key: event.key });
          assert.deepEqual(listed, { list: "SEL1", version: 1, event });
          const back = (await loadArrivals(store.db)).filter(({ key }) =>
            arrivals.some((arrival) => arrival.key === key),
          );
          assert.deepEqual(back.sort(byKey), [...arrivals].sort(byKey));
        }),
        // No shrinking: a smaller case would reuse the keys of rows that are stored already.
        { numRuns: testScale(300, 30), endOnFailure: true },
      );
    });

    test("putting the same again changes nothing; a change makes a version and keeps the event's key and number", async () => {
      const { arrivals, event } = sample(world, 7);
      const put = (next: SeismicEvent) =>
        store.transaction(async (writer) => {
          await putArrivals(writer, arrivals, stamp);
          return putEvents(writer, "SEL1", [next], stamp);
        });
      const before = await countArrivals(store.db);
      assert.deepEqual(await put(event), [{ key: event.key, change: "new", version: 1 }]);
      assert.deepEqual(await put(event), []);
      assert.equal(await countArrivals(store.db), before + arrivals.length);
      const moved: SeismicEvent = { ...event, origins: event.origins.map((origin) => ({ ...origin, depthKm: 33 })) };
      assert.deepEqual(await put(moved), [{ key: event.key, change: "revised", version: 2 }]);
      const [listed] = await loadEvents(store.db, { list: "SEL1", key: event.key });
      assert.deepEqual(listed, { list: "SEL1", version: 2, event: moved });
      const rows = await store.db
        .selectFrom("base_event_version as v")
        .innerJoin("base_event as e", "e.evid", "v.evid")
        .select(["v.evid", "v.version", "v.supersedes", "v.state"])
        .where("e.eventkey", "=", event.key)
        .orderBy("v.version")
        .execute();
      assert.deepEqual(
        rows.map(({ version, supersedes, state }) => ({ version, supersedes, state })),
        [
          { version: 1, supersedes: null, state: "superseded" },
          { version: 2, supersedes: 1, state: "current" },
        ],
      );
      assert.equal(rows[0]!.evid, rows[1]!.evid);
      await store.transaction((writer) => withdrawEvents(writer, "SEL1", [event.key]));
      assert.deepEqual(await loadEvents(store.db, { key: event.key }), []);
      assert.deepEqual(await put(moved), [{ key: event.key, change: "new", version: 3 }]);
    });

    test("one event stands in several lists, each with its own versions", async () => {
      const { arrivals, event } = sample(world, 8);
      await store.transaction(async (writer) => {
        await putArrivals(writer, arrivals, stamp);
        await putEvents(writer, "SEL1", [event], stamp);
        await putEvents(
          writer,
          "REB",
          [{ ...event, origins: event.origins.map((origin) => ({ ...origin, author: "analyst" })) }],
          stamp,
        );
      });
      const listed = await loadEvents(store.db, { key: event.key });
      assert.deepEqual(listed.map(({ list }) => list).sort(), ["REB", "SEL1"]);
      const [reb] = await loadEvents(store.db, { list: "REB", key: event.key });
      assert.equal(preferredOrigin(reb!.event).author, "analyst");
      assert.equal(await countEvents(store.db, { list: "REB", key: event.key }), 1);
    });

    test("queries: time is half-open, pages follow each other, unassociated excludes what the list holds", async () => {
      const own = await engine.open();
      try {
        const base = sample(arrivalShape, 3);
        const arrivals = Array.from({ length: 10 }, (_, i) => ({
          ...base,
          key: `a${i}`,
          time: 100 + i,
          station: i % 2 ? "A" : "B",
          amplitudes: [],
        }));
        const origin = sample(originShape(arrivals.slice(0, 1)), 4);
        const event: SeismicEvent = {
          key: "e",
          preferredOriginKey: "o",
          origins: [
            {
              ...origin,
              key: "o",
              time: 90,
              magnitudes: [{ type: "mb", value: 4.5, uncertainty: 0.1, stationCount: 1, stations: [] }],
              associations: arrivals.slice(0, 3).map(({ key }) => ({
                arrivalKey: key,
                station: "B",
                phase: "P",
                deltaDeg: 30,
                stationEventAzimuthDeg: 0,
                eventStationAzimuthDeg: 180,
                timeResidualSec: 0.5,
                timeDefining: true,
                azimuthResidualDeg: null,
                azimuthDefining: false,
                slownessResidualSecPerDeg: null,
                slownessDefining: false,
                weight: 1,
              })),
            },
          ],
        };
        await own.transaction(async (writer) => {
          await putArrivals(writer, arrivals, stamp);
          await putEvents(writer, "SEL1", [event], stamp);
        });
        const keys = async (query: Parameters<typeof loadArrivals>[1]) =>
          (await loadArrivals(own.db, query)).map(({ key }) => key);
        assert.deepEqual(await keys({ from: 103, to: 106 }), ["a3", "a4", "a5"]);
        assert.deepEqual(await keys({ station: "A", limit: 2, offset: 1 }), ["a3", "a5"]);
        assert.deepEqual(await keys({ offset: 8 }), ["a8", "a9"]);
        assert.deepEqual(await keys({ unassociatedIn: "SEL1" }), ["a3", "a4", "a5", "a6", "a7", "a8", "a9"]);
        assert.equal(await countArrivals(own.db, { unassociatedIn: "REB" }), 10);
        assert.deepEqual(await eventKeysOfArrivals(own.db, "SEL1", ["a0", "a5"]), new Map([["a0", "e"]]));
        assert.equal(await countEvents(own.db, { from: 90, to: 91, minMagnitude: 4.5 }), 1);
        assert.equal(await countEvents(own.db, { minMagnitude: 4.6 }), 0);
        assert.equal(await countEvents(own.db, { to: 90 }), 0);
        // The views that an NDC's own SQL reads, with the null values of CSS3.0.
        const { rows } = await sql<Record<string, unknown>>`
          SELECT o.mb, o.ms, s.azres, s.timeres, s.timedef, a.stassid, e.list FROM event e JOIN origin o ON o.orid = e.prefor
          JOIN assoc s ON s.orid = o.orid JOIN arrival a ON a.arid = s.arid ORDER BY a.time LIMIT 1`.execute(own.db);
        const [row] = rows;
        const numbers = [row!["mb"], row!["ms"], row!["azres"], row!["timeres"], row!["stassid"]].map(Number);
        assert.deepEqual(numbers, [4.5, -999, -999, 0.5, -1]);
        assert.deepEqual([row!["timedef"], row!["list"]], ["d", "SEL1"]);
        for (const view of ["site", "sitechan", "wfdisc", "amplitude", "origerr", "netmag", "stamag"]) {
          await sql.raw(`SELECT * FROM ${view}`).execute(own.db);
        }
      } finally {
        await own.close();
      }
    });

    test("stations come back whole and feed the site and sitechan views", async () => {
      await store.transaction((writer) => putStations(writer, [station], stamp));
      await store.transaction((writer) => putStations(writer, [station], stamp));
      assert.deepEqual(await loadStations(store.db), [station]);
      const { rows } = await sql<{ sta: string; refsta: string }>`SELECT sta, refsta FROM site`.execute(store.db);
      assert.deepEqual(
        rows.map(({ sta, refsta }) => [sta, refsta]),
        [["ARA0", "ARCES"]],
      );
      const changed = { ...station, channels: [{ ...station.channels[0]!, depthKm: 0.1 }] };
      await store.transaction((writer) => putStations(writer, [changed], stamp));
      const { rows: channels } = await sql<{ edepth: number }>`SELECT edepth FROM sitechan`.execute(store.db);
      assert.deepEqual(
        channels.map(({ edepth }) => edepth),
        [0.1],
      );
    });

    test("a transaction that fails leaves nothing", async () => {
      const { arrivals } = sample(world, 9);
      const before = await countArrivals(store.db);
      await assert.rejects(
        store.transaction(async (writer) => {
          await putArrivals(writer, arrivals, stamp);
          await recordRun(writer, { stage: "x", software: "x", worker: "x", config: {} }, 1);
          throw new Error("changed my mind");
        }),
        /changed my mind/,
      );
      assert.equal(await countArrivals(store.db), before);
    });

    test("every interval goes to exactly one of many workers", async () => {
      const spans = Array.from({ length: 20 }, (_, i) => ({ stage: "many", name: "-", startTime: i, endTime: i + 1 }));
      await store.transaction((writer) => queueIntervals(writer, spans, 0));
      await store.transaction((writer) => queueIntervals(writer, spans, 0));
      const other = await engine.openAgain();
      const taken: number[] = [];
      const worker = async (name: string, own: Store) => {
        for (;;) {
          const claim = await claimInterval(own, { stage: "many", worker: name, leaseSec: 1000, now: 5 });
          if (!claim) return;
          taken.push(claim.startTime);
        }
      };
      await Promise.all([worker("a", store), worker("b", other), worker("c", store), worker("d", other)]);
      await other.close();
      assert.deepEqual(
        taken.sort((a, b) => a - b),
        spans.map(({ startTime }) => startTime),
      );
    });

    test("a lease that ran out is taken over, and the first worker's rows are refused by its old token", async () => {
      await store.transaction((writer) =>
        queueIntervals(writer, [{ stage: "lease", name: "ARCES", startTime: 0, endTime: 60 }], 0),
      );
      const request = { stage: "lease", leaseSec: 10 };
      const first = (await claimInterval(store, { ...request, worker: "slow", now: 100 }))!;
      assert.equal(await claimInterval(store, { ...request, worker: "fast", now: 109 }), null);
      assert.equal(await renewClaim(store, first, 10, 105), true);
      assert.equal(await claimInterval(store, { ...request, worker: "fast", now: 114 }), null);
      const second = (await claimInterval(store, { ...request, worker: "fast", now: 116 }))!;
      assert.ok(second.token > first.token);
      assert.equal(await renewClaim(store, first, 10, 117), false);
      const { arrivals } = sample(world, 10);
      const before = await countArrivals(store.db);
      const finish = (claim: typeof first) =>
        store.transaction(async (writer) => {
          await putArrivals(writer, arrivals, stamp);
          await finishInterval(writer, claim, { result: { arrivals: arrivals.length }, runId: 1, now: 120 });
        });
      await assert.rejects(finish(first), { code: "FENCED" });
      assert.equal(await countArrivals(store.db), before);
      await finish(second);
      assert.equal(await countArrivals(store.db), before + arrivals.length);
      await assert.rejects(finish(second), { code: "FENCED" });
      const [record] = await loadIntervals(store.db, "lease");
      assert.deepEqual([record!.state, record!.attempts, record!.result], ["done", 2, { arrivals: arrivals.length }]);
    });

    test("failures are tried again up to a limit; released and recovered claims are not counted", async () => {
      await store.transaction((writer) =>
        queueIntervals(writer, [{ stage: "fail", name: "-", startTime: 0, endTime: 1 }], 0),
      );
      const claim = () => claimInterval(store, { stage: "fail", worker: "w", leaseSec: 1e6, now: 1, maxAttempts: 2 });
      await releaseClaim(store, (await claim())!, 1);
      const held = (await claim())!;
      assert.equal((await store.transaction((writer) => recoverClaims(writer, 2))) >= 1, true);
      await assert.rejects(
        store.transaction((writer) => finishInterval(writer, held, { result: {}, runId: 1, now: 3 })),
        { code: "FENCED" },
      );
      for (let attempt = 1; attempt <= 2; attempt++) {
        const again = (await claim())!;
        assert.equal(again.attempts, attempt);
        await failInterval(store, again, "disk full", 1);
      }
      assert.equal(await claim(), null);
      const [record] = await loadIntervals(store.db, "fail");
      assert.deepEqual([record!.state, record!.lastProblem], ["failed", "disk full"]);
    });
  });
}

conformance(sqliteEngine());
conformance(postgresEngine());
