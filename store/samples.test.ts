import assert from "node:assert/strict";
import { test } from "node:test";
import type { PulseHeightData, SampleEditRecord, SampleReport } from "@harken/core";
import { openStore } from "./database.ts";
import { loadSampleEdits, putSampleEdit } from "./sampleEdits.ts";
import {
  loadReportHeads,
  loadReports,
  loadSampleContent,
  loadSampleHistory,
  loadSamples,
  type NewReport,
  putReport,
  putSample,
  releaseReport,
  sampleKeyOf,
} from "./samples.ts";

const stamp = { runId: 1, now: 1_700_200_000 };
const data = (day: number, changed: Partial<PulseHeightData> = {}) =>
  ({
    kind: "SAMPLEPHD",
    station: "XXP01",
    detector: "XXP01_001",
    system: "P",
    qualifier: "FULL",
    sampleId: `s${day}`,
    measurementId: `XXP01_001-${day}`,
    collection: { startTime: day * 86_400, stopTime: (day + 1) * 86_400, airVolumeM3: 20_000 },
    acquisition: { startTime: (day + 2) * 86_400, realSec: 84_000, liveSec: 83_900 },
    ...changed,
  }) as PulseHeightData;
const report = (level: string): NewReport => ({
  product: "RRR",
  state: "proposed",
  level,
  messageId: "1",
  created: 1,
  analyst: "A",
  releasedBy: null,
  report: { level } as SampleReport,
});

test("a sample is stored once, with its message and what its analysis left; the next one finds the history before it", async () => {
  const store = await openStore({ file: ":memory:" });
  await store.transaction(async (writer) => {
    const put = (day: number, history: unknown) =>
      putSample(
        writer,
        { data: data(day), message: `message ${day}` },
        { display: { day }, history, quality: [] },
        stamp,
      );
    assert.equal(await put(2, { last: 2 }), 1);
    assert.equal(await put(1, { last: 1 }), 2);
    assert.equal(await put(1, { last: 9 }), null, "the same again is nothing new");
    assert.equal(await put(3, null), 3);
  });
  assert.deepEqual(
    (await loadSamples(store.db, { station: "XXP01" })).map(({ sampleId }) => sampleId),
    ["s3", "s2", "s1"],
  );
  assert.equal((await loadSamples(store.db, { measurementId: "XXP01_001-2" }))[0]!.id, 1);
  const key = sampleKeyOf(data(2));
  assert.deepEqual(await loadSampleContent(store.db, key), { message: "message 2", display: { day: 2 } });
  assert.equal(await loadSampleContent(store.db, "absent"), null);
  assert.deepEqual(await loadSampleHistory(store.db, "XXP01", "P", 2 * 86_400), { last: 1 });
  assert.deepEqual(await loadSampleHistory(store.db, "XXP01", "P", 9 * 86_400), { last: 2 });
  assert.equal(await loadSampleHistory(store.db, "XXP01", "B", 9 * 86_400), null);
  await store.close();
});

test("reports count their versions up; a proposed one is released once", async () => {
  const store = await openStore({ file: ":memory:" });
  await store.transaction(async (writer) => {
    const id = (await putSample(
      writer,
      { data: data(1), message: "m" },
      { display: null, history: null, quality: [] },
      stamp,
    ))!;
    assert.equal(await putReport(writer, id, { ...report("4"), product: "ARR", state: "released" }, stamp), 1);
    assert.equal(await putReport(writer, id, report("3"), stamp), 1);
    assert.equal(await putReport(writer, id, report("2"), stamp), 2);
  });
  const stored = await loadReports(store.db, [sampleKeyOf(data(1))]);
  assert.deepEqual(
    stored.map(({ product, version, state, level }) => [product, version, state, level]),
    [
      ["ARR", 1, "released", "4"],
      ["RRR", 1, "proposed", "3"],
      ["RRR", 2, "proposed", "2"],
    ],
  );
  const release = (id: number) => store.transaction((writer) => releaseReport(writer, id, "B", stamp));
  assert.equal(await release(stored[2]!.id), true);
  assert.equal(await release(stored[2]!.id), false);
  assert.equal(await release(99), false);
  const heads = await loadReportHeads(store.db, [sampleKeyOf(data(1)), "absent"]);
  assert.deepEqual([heads.length, heads.at(-1)!.releasedBy, "report" in heads[0]!], [3, "B", false]);
  assert.deepEqual(await loadReports(store.db, []), []);
  await store.close();
});

test("edits of a sample count up; of two with the same ordinal one is written", async () => {
  const store = await openStore({ file: ":memory:" });
  const state = { level: "4", peaks: [], regions: [], nuclides: [] };
  const record = (ordinal: number, edit: SampleEditRecord["edit"]): SampleEditRecord => ({
    ...{ ordinal, time: stamp.now + ordinal, analyst: "A", comment: "c", edit, before: state },
    after: { ...state, level: "3" },
  });
  const first = record(1, { kind: "removePeak", energyKeV: 661.7 });
  const second = record(2, { kind: "undo", ordinal: 1 });
  const put = (sampleId: number, one: SampleEditRecord) =>
    store.transaction((writer) => putSampleEdit(writer, sampleId, one));
  assert.equal(await put(7, first), true);
  assert.equal(await put(7, first), false);
  assert.equal(await put(7, record(3, { kind: "undo", ordinal: 1 })), false, "nothing is left out");
  assert.equal(await put(8, first), true);
  assert.equal(await put(7, second), true);
  assert.deepEqual(await loadSampleEdits(store.db, 7), [first, second]);
  await store.close();
});
