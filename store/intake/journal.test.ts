import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { encodeEntry, entryAt, type JournalEntry, type JournalRecord } from "./entry.ts";
import { type Journal, openJournal } from "./journal.ts";

const root = mkdtempSync(join(tmpdir(), "harken-journal-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(++folders));

const record = (i: number, bytes = 100): JournalRecord => ({
  receivedAt: 1.5e9 + i,
  kind: "cd11",
  source: `S${i % 3}:IDC`,
  note: `note ${i}`,
  payload: Uint8Array.from({ length: bytes }, (_, k) => (i * 31 + k) & 255),
});

async function readAll(journal: Journal, from = 1): Promise<JournalEntry[]> {
  const cursor = journal.cursor(from);
  const entries: JournalEntry[] = [];
  for (let more = await cursor.next(5_000); more.length > 0; more = await cursor.next(5_000)) entries.push(...more);
  return entries;
}

const strip = ({ sequence: _, ...rest }: JournalEntry): JournalRecord => ({
  ...rest,
  payload: Uint8Array.from(rest.payload),
});

test("any entry comes back; a changed bit is seen", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 });
  const any = fc.record({
    sequence: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
    receivedAt: fc.double({ noNaN: true }),
    kind: text,
    source: text,
    note: text,
    payload: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(any, fc.nat(), (entry, where) => {
      const bytes = encodeEntry(entry);
      const found = entryAt(bytes, 0);
      assert.ok(typeof found === "object");
      assert.deepEqual(strip(found.entry), strip(entry));
      assert.equal(found.entry.sequence, entry.sequence);
      assert.equal(found.end, bytes.length);
      bytes[where % bytes.length]! ^= 1 << (where % 8);
      assert.ok(typeof entryAt(bytes, 0) === "string");
    }),
  );
});

test("what is appended comes back in order, over many files and a second opening", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder, { maxFileBytes: 3_000 });
  const sequences = await Promise.all(Array.from({ length: 60 }, (_, i) => journal.append(record(i))));
  for (let i = 60; i < 90; i++) sequences.push(await journal.append(record(i, 700)));
  assert.deepEqual(
    sequences,
    sequences.map((_, i) => i + 1),
  );
  await journal.close();
  await assert.rejects(journal.append(record(0)), /closed/);
  assert.ok(readdirSync(folder).length > 5);
  const { journal: again, report } = await openJournal(folder, { maxFileBytes: 3_000 });
  assert.deepEqual(report, { tornBytes: 0, damage: [] });
  assert.equal(await again.append(record(90)), 91);
  const entries = await readAll(again);
  assert.deepEqual(
    entries.map(strip),
    Array.from({ length: 91 }, (_, i) => record(i, i >= 60 && i < 90 ? 700 : 100)),
  );
  assert.deepEqual(
    (await readAll(again, 77)).map(({ sequence }) => sequence),
    Array.from({ length: 15 }, (_, i) => 77 + i),
  );
  await again.close();
});

test("cut off anywhere, a journal loses only the entry that was cut, tells it, and goes on", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  for (let i = 0; i < 5; i++) await journal.append(record(i));
  await journal.close();
  const path = join(folder, readdirSync(folder)[0]!);
  const whole = readFileSync(path);
  const entryBytes = whole.length / 5;
  const random = randomStream(1, "cut");
  for (let k = 0; k < 40; k++) {
    const cut = random.integer(whole.length);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFileSync(path, whole.subarray(0, cut));
    const { journal: mended, report } = await openJournal(folder);
    const left = Math.floor(cut / entryBytes);
    assert.equal(report.tornBytes, cut - left * entryBytes);
    assert.equal(mended.last, left);
    assert.equal(await mended.append(record(9)), left + 1);
    assert.deepEqual((await readAll(mended)).map(strip), [
      ...Array.from({ length: left }, (_, i) => record(i)),
      record(9),
    ]);
    await mended.close();
    const torn = readdirSync(folder).filter((name) => name.endsWith(".torn"));
    assert.equal(torn.length, report.tornBytes > 0 ? 1 : 0, "what was cut off is kept aside");
  }
});

test("damage with entries behind it is told and passed over, at opening and in reading; nothing behind it is lost", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  for (let i = 0; i < 20; i++) await journal.append(record(i));
  await journal.close();
  const path = join(folder, readdirSync(folder)[0]!);
  const bytes = readFileSync(path);
  const entryBytes = bytes.length / 20;
  bytes[Math.floor(7.5 * entryBytes)]! ^= 255;
  // A length that claims more than there is.
  bytes.writeUInt32BE(200_000_000, Math.floor(12 * entryBytes) + 4);
  writeFileSync(path, bytes);
  const { journal: mended, report } = await openJournal(folder);
  assert.equal(report.tornBytes, 0);
  assert.equal(report.damage.length, 2);
  const cursor = mended.cursor(1);
  const numbers: number[] = [];
  for (let more = await cursor.next(500); more.length > 0; more = await cursor.next(500))
    numbers.push(...more.map(({ sequence }) => sequence));
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, i) => i + 1).filter((n) => n !== 8 && n !== 13),
  );
  assert.deepEqual(
    cursor.damage.map(({ from, to }) => [from, to]),
    report.damage.map(({ from, to }) => [from, to]),
  );
  await mended.close();
});

test("old files go, but none that is still needed", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder, { maxFileBytes: 1_000 });
  for (let i = 0; i < 40; i++) await journal.append(record(i));
  assert.equal(journal.first, 1);
  assert.ok((await journal.prune({ keepBytes: 2_000, upTo: 11 })) > 0);
  assert.ok(journal.first > 1 && journal.first <= 11, `first is ${journal.first}`);
  assert.equal(await journal.prune({ before: 1.4e9, upTo: 40 }), 0);
  await journal.prune({ before: 2e9, upTo: 40 });
  assert.equal((await readAll(journal)).at(-1)!.sequence, 40);
  // A reader that was left behind goes on with what there is.
  const [oldest] = await journal.cursor(1).next(1);
  assert.equal(oldest!.sequence, journal.first);
  await journal.close();
});

test("an empty last file, as a kill between making and writing it leaves, is no obstacle", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  await journal.append(record(0));
  await journal.close();
  writeFileSync(join(folder, "0000000000000002.journal"), "");
  const { journal: again } = await openJournal(folder);
  assert.equal(await again.append(record(1)), 2);
  assert.equal((await readAll(again)).length, 2);
  await again.close();
  appendFileSync(join(folder, "0000000000000002.journal"), "HKJ");
  truncateSync(join(folder, "0000000000000001.journal"), 50);
  const { journal: third, report } = await openJournal(folder);
  assert.equal(report.tornBytes, 3);
  assert.deepEqual(
    (await readAll(third)).map(({ sequence }) => sequence),
    [2],
  );
  await third.close();
});

/** Where the methods of all open files stand, for a disk that misbehaves. */
async function disk(): Promise<FileHandle> {
  const handle = await open(tmpdir());
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

test("nothing is acknowledged before its sync has ended; at an opening all is synced before it is told of", async (t) => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  const methods = await disk();
  const events: string[] = [];
  for (const name of ["datasync", "sync"] as const) {
    const original = methods[name];
    t.mock.method(methods, name, async function (this: FileHandle) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await original.call(this);
      events.push(name);
    });
  }
  const append = (i: number) => journal.append(record(i)).then(() => events.push(`kept ${i}`));
  await Promise.all([append(0), append(1)]);
  // The folder for the file's name, then the data.
  assert.deepEqual(events.splice(0), ["sync", "datasync", "kept 0", "kept 1"]);
  await append(2);
  assert.deepEqual(events.splice(0), ["datasync", "kept 2"]);
  await journal.close();
  const { journal: again } = await openJournal(folder);
  assert.equal(again.last, 3);
  assert.deepEqual(
    events,
    ["sync", "sync"],
    "the folder and the newest file, which a killed process may have left unsynced",
  );
  await again.close();
});

test("what waits behind a refused entry is refused with it, nothing of either stays, and the next one is kept", async (t) => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  await journal.append(record(0));
  const refusal = t.mock.method(await disk(), "datasync", () => Promise.reject(new Error("no space left")), {
    times: 1,
  });
  // More than one group takes.
  const all = [record(1, 9_000_000), record(2), record(3)].map((one) => journal.append(one));
  for (const one of await Promise.allSettled(all)) assert.equal(one.status, "rejected");
  assert.equal(refusal.mock.callCount(), 1);
  assert.equal(journal.waitingBytes, 0);
  assert.equal(await journal.append(record(4)), 2);
  await journal.close();
  const { journal: again, report } = await openJournal(folder);
  assert.deepEqual(report, { tornBytes: 0, damage: [] });
  assert.deepEqual((await readAll(again)).map(strip), [record(0), record(4)]);
  await again.close();
});

test("a journal that lost its end, or everything, gives no number twice", async () => {
  const folder = newFolder();
  const { journal } = await openJournal(folder);
  for (let i = 0; i < 5; i++) await journal.append(record(i));
  await journal.close();
  const path = join(folder, readdirSync(folder)[0]!);
  truncateSync(path, 0.6 * readFileSync(path).length);
  const { journal: shorter } = await openJournal(folder, { after: 5 });
  assert.equal(await shorter.append(record(5)), 6);
  const rest = shorter.cursor(6);
  assert.deepEqual((await rest.next(1_000)).map(strip), [record(5)]);
  assert.deepEqual(
    (await readAll(shorter)).map(({ sequence }) => sequence),
    [1, 2, 3, 6],
  );
  await shorter.close();
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const { journal: empty } = await openJournal(folder, { after: 6 });
  assert.deepEqual([empty.first, empty.last], [7, 6]);
  assert.equal(await empty.append(record(6)), 7);
  assert.deepEqual((await readAll(empty, 7)).map(strip), [record(6)]);
  await empty.close();
});
