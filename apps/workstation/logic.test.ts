/** The page's plain functions: sorting, rows and channels, views, tiles, shapes, and how numbers are written. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { EnvelopeTile, WaveformQuery } from "@harken/api";
import { geodesicKm } from "@harken/core";
import fc from "fast-check";
import { eventColumns, sortEvents, visibleRows } from "./eventColumns.ts";
import { formatCount, formatDuration, formatNumber, formatSigned, formatTime, nothing } from "./format.ts";
import { comboOf } from "./keyCombo.ts";
import { ellipsePoints, mapProjection, nearestSpot, wholeWorld, zoomMap } from "./mapShapes.ts";
import { makeCentre } from "./testData.ts";
import { TileRequests, tileSpan } from "./tileRequests.ts";
import {
  axisTicks,
  buildTraceRows,
  chooseChannel,
  componentsBeside,
  firstView,
  nearestMark,
  panView,
  viewAround,
  zoomView,
} from "./traceRows.ts";
import { walkOf } from "./walk.ts";

const centre = makeCentre();
const event = centre.details[1]!;
const predictions = centre.predictions.get(event.key)!;
const common = { event, predictions, stations: centre.stations, arrivals: centre.arrivals, components: false };

describe("how numbers are written", () => {
  test("times to a tenth of a second, rounded over the minute", () => {
    assert.equal(formatTime(1_264_125_971.42), "2010-01-22 02:06:11.4");
    assert.equal(formatTime(1_264_125_959.97), "2010-01-22 02:06:00.0");
    assert.equal(formatTime(Number.MAX_VALUE), `${nothing} ${nothing}`);
  });
  test("no minus before zero, a sign before residuals, a dash for nothing", () => {
    assert.equal(formatNumber(-0.001, 2), "0.00");
    assert.equal(formatSigned(0.5, 1), "+0.5");
    assert.equal(formatSigned(-0.5, 1), "-0.5");
    assert.equal(formatNumber(null, 1), nothing);
    assert.equal(formatNumber(Number.NaN, 1), nothing);
  });
  test("durations and counts", () => {
    assert.deepEqual([45, 200, 7500].map(formatDuration), ["45 s", "3 min 20 s", "2 h 05 min"]);
    assert.equal(formatCount(1_234_567), "1\u202f234\u202f567");
  });
});

describe("the event list", () => {
  test("every column sorts in both directions and keeps what has no value last", () => {
    const mixed = [...centre.details, { ...event, key: "bare", magnitudes: [], matchedTruth: null, semiMajorKm: null }];
    for (const { id, sortValue } of eventColumns) {
      for (const descending of [false, true]) {
        const values = sortEvents(mixed, { column: id, descending }).map(sortValue);
        const known = values.filter((value) => value !== null);
        assert.deepEqual(values.slice(0, known.length), known);
        for (let i = 1; i < known.length; i++) {
          assert.ok(descending ? known[i - 1]! >= known[i]! : known[i - 1]! <= known[i]!, `${id} ${i}`);
        }
      }
    }
  });
  test("the rows drawn hold the rows in sight", () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(2000), fc.nat(10_000), (scrollTop, height, count) => {
        const [first, last] = visibleRows(scrollTop, height, 20, count);
        assert.ok(first >= 0 && last <= count && last - first < height / 20 + 20);
        assert.ok(first <= scrollTop / 20 && (last === count || last >= (scrollTop + height) / 20));
      }),
    );
  });
});

describe("review", () => {
  const open = { versionAfter: 1, restoredVersion: null };
  const made = (versionAfter: number) => ({ versionAfter, restoredVersion: null });
  const restored = (restoredVersion: number, versionAfter: number) => ({ versionAfter, restoredVersion });
  const rejected = { versionAfter: null, restoredVersion: null };
  /** Oldest first, as it happened. */
  const after = (...record: { versionAfter: number | null; restoredVersion: number | null }[]) =>
    walkOf(
      record
        .map((edit, id) => ({
          ...{ id, time: id, analyst: "Ana", list: "LEB", eventKey: "e", action: "x", detail: "", comment: "" },
          ...{ versionBefore: null, ...edit },
        }))
        .toReversed(),
    );
  test("undo and redo walk the versions as the record has them", () => {
    assert.deepEqual(after(), { undo: null, redo: null });
    assert.deepEqual(after(open), { undo: null, redo: null });
    assert.deepEqual(after(open, made(2), made(3)), { undo: 2, redo: null });
    assert.deepEqual(after(open, made(2), made(3), restored(2, 4)), { undo: 1, redo: 3 });
    assert.deepEqual(after(open, made(2), made(3), restored(2, 4), restored(1, 5)), { undo: null, redo: 2 });
    assert.deepEqual(after(open, made(2), made(3), restored(2, 4), restored(1, 5), restored(2, 6)), {
      undo: 1,
      redo: 3,
    });
    assert.deepEqual(
      after(open, made(2), restored(1, 3), made(4)),
      { undo: 1, redo: null },
      "a new edit ends the redo",
    );
  });
  test("a rejection is undone and done again like any edit", () => {
    assert.deepEqual(after(open, rejected), { undo: 1, redo: null });
    assert.deepEqual(after(open, rejected, restored(1, 2)), { undo: null, redo: 0 });
    assert.deepEqual(after(open, rejected, restored(1, 2), rejected), { undo: 1, redo: null });
  });
  test("walking back and forth any number of times comes back to where it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.boolean(), { maxLength: 30 }), (edits, moves) => {
        const record: { versionAfter: number | null; restoredVersion: number | null }[] = [];
        for (let version = 1; version <= edits; version++) record.push(made(version));
        let at = edits;
        for (const back of moves) {
          const { undo, redo } = after(...record);
          assert.deepEqual([undo, redo], [at > 1 ? at - 1 : null, at < edits ? at + 1 : null]);
          const to = back ? undo : redo;
          if (to === null) continue;
          record.push(restored(to, record.length + 1));
          at = to;
        }
      }),
    );
  });
  test("keys with their modifiers; Alt by the key's place, because some keyboards write another letter", () => {
    const press = { key: "z", code: "KeyZ", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    assert.equal(comboOf(press), "z");
    assert.equal(comboOf({ ...press, key: "Z", shiftKey: true }), "Z");
    assert.equal(comboOf({ ...press, key: "Z", ctrlKey: true, shiftKey: true }), "mod+shift+z");
    assert.equal(comboOf({ ...press, key: "©", code: "KeyG", altKey: true }), "alt+g");
    assert.equal(comboOf({ ...press, metaKey: true }), "mod+z");
  });
  test("the nearest detection within reach is gripped, the event's own and others", () => {
    const mark = { phase: "P", timeErrorSec: 0.2, otherEvent: null, residualSec: null, defining: true };
    const row = {
      ...buildTraceRows({ ...common, showAll: false, align: "P" })[0]!,
      picks: [{ ...mark, time: 10, arrivalKey: "own" }],
      others: [{ ...mark, time: 12, arrivalKey: "other" }],
    };
    assert.deepEqual(
      [nearestMark(row, 10.4, 1, true)?.arrivalKey, nearestMark(row, 10.4, 1, true)?.own],
      ["own", true],
    );
    assert.equal(nearestMark(row, 11.5, 1, true)?.arrivalKey, "other");
    assert.equal(nearestMark(row, 11.5, 1, false), null);
    assert.equal(nearestMark(row, 15, 1, true), null);
  });
});

describe("rows of traces", () => {
  test("one per associated station by distance, picks at 0 when aligned by P", () => {
    const rows = buildTraceRows({ ...common, showAll: false, align: "P" });
    const codes = new Set(event.origins[0]!.associations.map(({ station }) => station));
    assert.deepEqual(new Set(rows.map(({ station }) => station)), codes);
    assert.equal(rows.length, codes.size);
    for (let i = 1; i < rows.length; i++) assert.ok(rows[i - 1]!.deltaDeg <= rows[i]!.deltaDeg);
    for (const row of rows) {
      const first = row.picks.find(({ phase }) => phase === "P");
      if (first) assert.equal(row.zeroTime, first.time);
    }
  });
  test("all components on request: those of the same sensor, the row's own first, marks on each", () => {
    const channels = ["N.A..BHE", "N.A..BHN", "N.A..BHZ", "N.A.10.BHZ", "N.A..LHN"];
    const station = { ...centre.stations[0]!, channels: channels.map((key) => ({ key, sampleRateHz: 20 })) };
    assert.deepEqual(componentsBeside(station, "N.A..BHZ"), ["N.A..BHZ", "N.A..BHN", "N.A..BHE"]);
    const one = buildTraceRows({ ...common, showAll: false, align: "P" });
    const all = buildTraceRows({
      ...{ ...common, components: true, showAll: false, align: "P" },
      stations: centre.stations.map((own) => ({ ...station, ...own, channels: station.channels })),
    });
    assert.equal(all.length, 3 * one.length);
    assert.deepEqual(
      all.filter(({ leading }) => leading).map((row) => row.station),
      one.map((row) => row.station),
    );
    for (const row of all) assert.deepEqual(row.picks, one.find((other) => other.station === row.station)!.picks);
  });
  test("all stations with a predicted arrival on request; the first view holds every first arrival", () => {
    const rows = buildTraceRows({ ...common, showAll: true, align: "origin" });
    assert.equal(rows.length, new Set(predictions.map(({ station }) => station)).size);
    const { from, to } = firstView(rows, "origin");
    for (const { predictions: due, zeroTime } of rows) {
      assert.ok(due[0]!.time - zeroTime > from && due[0]!.time - zeroTime < to);
    }
  });
  test("an event without origins or predictions has no rows", () => {
    const bare = { ...event, origins: [] };
    assert.deepEqual(buildTraceRows({ ...common, event: bare, predictions: [], showAll: true, align: "P" }), []);
  });
  test("the vertical, or the picked one if it is vertical, or the pressure", () => {
    const station = (...codes: string[]) => ({
      ...centre.stations[0]!,
      channels: codes.map((key) => ({ key, sampleRateHz: 40 })),
    });
    assert.equal(chooseChannel(station("N.A..BHE", "N.A..LHZ", "N.A..BHZ"), undefined), "N.A..BHZ");
    assert.equal(chooseChannel(station("N.A1..SHZ", "N.A2..SHZ"), "N.A2..SHZ"), "N.A2..SHZ");
    assert.equal(chooseChannel(station("N.A1..SHZ", "N.A1..SHE"), "N.A1..SHE"), "N.A1..SHZ");
    assert.equal(chooseChannel(station("N.I1..BDF"), "beam"), "N.I1..BDF");
    assert.equal(chooseChannel(station(), undefined), null);
  });
});

describe("other detections", () => {
  test("are those of the station that the event does not have", () => {
    const rows = buildTraceRows({ ...common, showAll: false, align: "P" });
    const own = new Set(event.origins[0]!.associations.map(({ arrivalKey }) => arrivalKey));
    for (const { station, others } of rows) {
      const expected = centre.arrivals.filter((arrival) => arrival.station === station && !own.has(arrival.key));
      assert.deepEqual(
        others.map(({ time }) => time),
        expected.map(({ time }) => time),
      );
      assert.ok(others.some(({ phase }) => phase === "tx"));
    }
  });
});

describe("the time axis", () => {
  const views = fc.record({ from: fc.integer({ min: -3000, max: 3000 }), span: fc.integer({ min: 1, max: 7000 }) });
  test("a detection already well in sight does not move the view, another comes to its middle", () => {
    assert.deepEqual(viewAround({ from: -30, to: 90 }, 70), { from: -30, to: 90 });
    assert.deepEqual(viewAround({ from: -30, to: 90 }, 400), { from: 340, to: 460 });
  });
  test("zooming keeps the time under the pointer, panning keeps the span", () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ from, span }, factor) => {
        const view = { from, to: from + span };
        const about = from + span / 3;
        const zoomed = zoomView(view, about, factor);
        assert.ok(Math.abs((about - zoomed.from) / (zoomed.to - zoomed.from) - 1 / 3) < 1e-9);
        const panned = panView(view, 0.2);
        assert.ok(Math.abs(panned.to - panned.from - span) < 1e-9);
        assert.ok(axisTicks(view, 1000).length <= 14);
      }),
    );
  });
});

describe("tiles", () => {
  test("a span holds the view with room to move, in at most the allowed columns", () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.double({ min: 0.5, max: 7200, noNaN: true }), fc.nat(4000), (from, span, width) => {
        const tile = tileSpan(from, from + span, width);
        assert.ok(tile.from <= from && tile.to >= from + span && tile.to - tile.from <= 4 * span);
        assert.ok(tile.columns >= 1 && tile.columns <= 20_000);
      }),
    );
  });
  const tile: EnvelopeTile = {
    ...{ kind: "envelope", startTime: 0, endTime: 1, stepSec: 1, scale: 1, offset: 0, unit: "counts" },
    columns: new Int16Array(2),
  };
  const ask = (channel: string) => ({ channel, from: 0, to: 1, columns: 1, filter: "none" });

  test("each is fetched once, what a view left waiting is dropped, failures keep their words", async () => {
    const asked: string[] = [];
    const waiting: (() => void)[] = [];
    const client = {
      waveforms: async ({ channel }: WaveformQuery) => {
        asked.push(channel);
        await new Promise<void>((resolve) => waiting.push(resolve));
        if (channel === "bad") throw new Error("no such channel");
        return tile;
      },
    };
    const requests = new TileRequests(client, () => {});
    for (const channel of ["bad", "b", "c", "d", "waits"]) requests.request(ask(channel));
    requests.request(ask("b"));
    requests.beginView();
    for (const finish of waiting) finish();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(asked, ["bad", "b", "c", "d"]);
    assert.deepEqual(requests.request(ask("bad")), { state: "failed", message: "no such channel" });
    assert.deepEqual(requests.request(ask("b")), { state: "ready", tile });
    assert.equal(requests.standIn("b", "none"), tile);
    assert.equal(requests.standIn("b", "bp:1-4"), null);
  });

  test("what ends after a time is asked for anew, also when it is on its way, and the old tile stands in", async () => {
    const asked: string[] = [];
    const waiting: (() => void)[] = [];
    const client = {
      waveforms: async ({ channel, to }: WaveformQuery) => {
        asked.push(`${channel} ${to}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return tile;
      },
    };
    const settle = async () => {
      for (const finish of waiting.splice(0)) finish();
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const until = (to: number, channel: string) => ({ ...ask(channel), to });
    const requests = new TileRequests(client, () => {});
    requests.request(until(10, "a"));
    requests.request(until(30, "b"));
    await settle();
    requests.request(until(30, "c"));
    requests.forgetAfter(20);
    await settle();
    assert.equal(requests.request(until(10, "a")).state, "ready");
    assert.equal(requests.standIn("b", "none"), tile);
    for (const channel of ["b", "c"]) assert.equal(requests.request(until(30, channel)).state, "loading");
    assert.deepEqual(asked, ["a 10", "b 30", "c 30", "b 30", "c 30"]);
  });
});

describe("the map", () => {
  test("an ellipse has its axes where they belong", () => {
    const ellipse = { latitudeDeg: 41, longitudeDeg: 179.9, semiMajorKm: 40, semiMinorKm: 10, strikeDeg: 90 };
    const ring = ellipsePoints(ellipse).map(([lon, lat]) => geodesicKm(41, 179.9, lat, lon));
    assert.ok(Math.abs(Math.max(...ring) - 40) < 0.3 && Math.abs(Math.min(...ring) - 10) < 0.1);
    const [east] = ellipsePoints(ellipse);
    assert.ok(east![0] < -179 && Math.abs(east![1] - 41) < 0.01);
  });
  test("around an event distances are true and the reach is inside", () => {
    const centre = { latitudeDeg: 10, longitudeDeg: 100 };
    const projection = mapProjection({ ...wholeWorld, mode: "event" }, 400, 300, centre, 50);
    assert.deepEqual(
      projection([100, 10])!.map((value) => Math.round(value)),
      [200, 150],
    );
    assert.ok(Math.abs(projection([100, -40])![1] - 150 - 0.45 * 300) < 1);
  });
  test("zooming keeps the place under the pointer and ends at the whole world", () => {
    const zoomed = zoomMap(wholeWorld, 4, 50, -20);
    assert.deepEqual([zoomed.shiftX, zoomed.shiftY], [-150, 60]);
    assert.deepEqual(zoomMap(zoomed, 0.01, 0, 0), wholeWorld);
  });
  test("the nearest mark in reach", () => {
    const spots = [
      { x: 0, y: 0, of: "a" },
      { x: 5, y: 0, of: "b" },
    ];
    assert.equal(nearestSpot(spots, 3, 0, 9), "b");
    assert.equal(nearestSpot(spots, 30, 0, 9), null);
  });
});
