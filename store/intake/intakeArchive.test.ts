import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { endTime, randomStream, type WaveformSegment } from "@harken/core";
import { decodeMiniSeed2 } from "@harken/formats";
import { testScale } from "@harken/testing";
import { openArchive, readWaveforms } from "../archive.ts";
import { openStore } from "../database.ts";
import { postgresEngine, sqliteEngine } from "../testDatabases.test.ts";
import { IntakeArchive } from "./intakeArchive.ts";
import { loadIntakeStates, putIntakeStates } from "./intakeState.ts";
import { closeAbandonedLinks, closeLink, loadLinks, openLink } from "./links.ts";
import { loadAlarms, loadPackets, type PacketRecord, putAlarms, putPackets } from "./packets.ts";

const root = mkdtempSync(join(tmpdir(), "harken-intake-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const stamp = { runId: 1, now: 0 };
const channel = { network: "XX", station: "TEST", location: "", channel: "BHZ" };
// Ten minutes before midnight, so that pieces cross into the next day's file.
const START = 1_500_076_200;
const truth = (n: number) => Math.imul(n, 2_654_435_761) >> 12;

function stretch(from: number, to: number, sampleRateHz = 20, shiftSec = 0): WaveformSegment {
  const samples = Int32Array.from({ length: to - from }, (_, i) => truth(from + i));
  return { channel, startTime: START + from / sampleRateHz + shiftSec, sampleRateHz, samples };
}

async function opened() {
  const folder = join(root, String(++folders));
  const store = await openStore({});
  const add = async (intake: IntakeArchive, segments: readonly WaveformSegment[]) => {
    const batch = await intake.add(store.db, segments);
    await store.transaction((writer) => intake.commit(writer, batch, stamp));
    intake.settle();
    return batch;
  };
  const readBack = () => readWaveforms(store.db, openArchive(folder), channel, 0, 2e9);
  return { folder, store, add, readBack };
}

test("any order, overlaps and repetitions: each sample stands once, and pieces that follow each other are one row", async () => {
  for (let seed = 0; seed < testScale(60, 8); seed++) {
    const { folder, store, add, readBack } = await opened();
    const random = randomStream(seed, "intake");
    let intake = new IntakeArchive(folder);
    const total = 26_000;
    const pieces: WaveformSegment[] = [];
    for (let at = 0; at < total; at += 200) pieces.push(stretch(at, Math.min(total, at + 200)));
    for (let k = 0; k < 40; k++) {
      const from = random.integer(total - 10);
      pieces.push(stretch(from, Math.min(total, from + 1 + random.integer(900)), 20, (random.uniform() - 0.5) * 1e-3));
    }
    // Mostly in order, as data come, but some much later.
    const keyed = pieces.map((piece) => ({
      piece,
      at: piece.startTime + (random.uniform() < 0.2 ? 2_000 * random.uniform() : 0),
    }));
    keyed.sort((a, b) => a.at - b.at);
    let duplicates = 0;
    for (let at = 0; at < keyed.length; ) {
      const count = 1 + random.integer(8);
      duplicates += (
        await add(
          intake,
          keyed.slice(at, at + count).map(({ piece }) => piece),
        )
      ).duplicates;
      at += count;
      if (random.uniform() >= 0.1) continue;
      await intake.close();
      intake = new IntakeArchive(folder);
    }
    const given = pieces.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.equal(given - duplicates, total);
    const back = await readBack();
    assert.deepEqual(
      back.flatMap(({ samples }) => [...samples]),
      Array.from({ length: total }, (_, i) => truth(i)),
    );
    assert.equal(back.length, 1, "no gap is left");
    await store.close();
  }
});

test("a live channel makes a row for ten minutes, not one for each packet; other programs read the file the same", async () => {
  const { folder, store, add } = await opened();
  const intake = new IntakeArchive(folder);
  for (let at = 0; at < 12_000 * 3; at += 200) await add(intake, [stretch(at, at + 200)]);
  const rows = await store.db.selectFrom("base_wfdisc").selectAll().orderBy("time").execute();
  assert.ok(rows.length <= 5, `${rows.length} rows for half an hour`);
  assert.equal(
    rows.reduce((sum, { nsamp }) => sum + nsamp, 0),
    36_000,
  );
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const { readFileSync } = await import("node:fs");
  let samples = 0;
  for (const { parentPath, name } of files) {
    const { items, problems } = decodeMiniSeed2(readFileSync(join(parentPath, name)));
    assert.deepEqual(problems, []);
    samples += items.reduce((sum, segment) => sum + segment.samples.length, 0);
  }
  assert.equal(samples, 36_000);
  await store.close();
});

test("a gap, another rate, and a clock that steps begin new pieces; a step back leaves out what is there", async () => {
  const { folder, store, add, readBack } = await opened();
  const intake = new IntakeArchive(folder);
  await add(intake, [stretch(0, 200), stretch(300, 400)]);
  await add(intake, [stretch(0, 100, 40, 20.0)]);
  // A clock half a second back: ten of these samples are there already.
  const back = await add(intake, [{ ...stretch(0, 100, 40), startTime: START + 22 }]);
  assert.equal(back.duplicates, 20);
  const segments = await readBack();
  assert.deepEqual(
    segments.map(({ samples, sampleRateHz }) => [samples.length, sampleRateHz]),
    [
      [200, 20],
      [100, 20],
      [180, 40],
    ],
  );
  for (let i = 1; i < segments.length; i++) assert.ok(segments[i]!.startTime > endTime(segments[i - 1]!));
  await store.close();
});

test("a batch that fails is taken back: the file is as before, and the batch can be added again", async () => {
  const { folder, store, add, readBack } = await opened();
  const intake = new IntakeArchive(folder);
  await add(intake, [stretch(0, 200)]);
  const [file] = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const path = join(file!.parentPath, file!.name);
  const { size } = statSync(path);
  await intake.add(store.db, [stretch(200, 400)]);
  assert.ok(statSync(path).size > size);
  await intake.rollback();
  assert.equal(statSync(path).size, size);
  await add(intake, [stretch(200, 400)]);
  assert.equal((await readBack())[0]!.samples.length, 400);
  await store.close();
});

for (const engine of [sqliteEngine(), postgresEngine()])
  test(`packets, alarms, states, links and the archive's index: ${engine.name}`, { skip: engine.skip }, async () => {
    await engine.start();
    const store = await engine.open();
    const packet: PacketRecord = {
      ...{
        packetId: 1,
        kind: "cd11",
        source: "ARCES:IDC",
        sequence: "18446744073709551615",
        receivedAt: 10,
        archivedAt: 11,
      },
      ...{
        startTime: 1,
        endTime: 9,
        bytes: 4_000,
        verdict: "verified",
        verified: 26,
        unsigned: 0,
        refused: 0,
        detail: "",
      },
    };
    const refused: PacketRecord = {
      ...packet,
      packetId: 2,
      verdict: "refused",
      startTime: 20,
      endTime: 29,
      detail: "ARA1 SHZ",
    };
    const alarm = {
      time: 5,
      source: "ARCES",
      code: "replayed",
      severity: "alarm",
      detail: "frame 7",
      count: 3,
    } as const;
    await store.transaction(async (writer) => {
      await putPackets(writer, [packet, refused]);
      await putAlarms(writer, [alarm]);
      await putIntakeStates(writer, [{ name: "archive", packetId: 1, state: { a: [1] } }], 0);
      await putIntakeStates(writer, [{ name: "archive", packetId: 2, state: { a: [2] } }], 0);
    });
    assert.deepEqual(await loadPackets(store.db), [packet, refused]);
    assert.deepEqual(await loadPackets(store.db, { verdict: "refused" }), [refused]);
    assert.deepEqual(await loadPackets(store.db, { source: "ARCES:IDC", from: 5, to: 15 }), [packet]);
    assert.deepEqual(await loadAlarms(store.db, { code: "replayed", from: 0, to: 6 }), [alarm]);
    assert.deepEqual((await loadIntakeStates(store.db)).get("archive"), {
      name: "archive",
      packetId: 2,
      state: { a: [2] },
    });
    const link = await store.transaction((writer) =>
      openLink(writer, { source: "ARCES", peer: "10.0.0.1:4", startTime: 10 }),
    );
    await closeLink(store.db, link, { endTime: 20, reason: "cut", bytes: 1_000 });
    await store.transaction((writer) => openLink(writer, { source: "ARCES", peer: "10.0.0.1:5", startTime: 30 }));
    await closeAbandonedLinks(store.db, 40);
    const links = await loadLinks(store.db, 0, 100);
    assert.deepEqual(
      links.map(({ startTime, endTime: end, reason, bytes }) => [startTime, end, reason, bytes]),
      [
        [10, 20, "cut", 1_000],
        [30, 40, "the centre was killed", 0],
      ],
    );
    assert.equal((await loadLinks(store.db, 25, 100)).length, 1);
    const folder = join(root, String(++folders));
    const intake = new IntakeArchive(folder);
    for (const part of [stretch(0, 200), stretch(200, 400), stretch(100, 300)]) {
      const batch = await intake.add(store.db, [part]);
      await store.transaction((writer) => intake.commit(writer, batch, stamp));
      intake.settle();
    }
    const [back, ...more] = await readWaveforms(store.db, openArchive(folder), channel, 0, 2e9);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [...back!.samples],
      Array.from({ length: 400 }, (_, n) => truth(n)),
    );
    await store.close();
    await engine.stop();
  });
