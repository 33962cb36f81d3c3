/** A centre backed up while others write, restored on the same and on the other engine: row for row, byte for byte; damage in archive and backup is found. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  openArchive,
  openStore,
  putArrivals,
  putEvents,
  putPieces,
  putStations,
  readWaveforms,
  type Store,
} from "@harken/store";
import { privatePostgres } from "@harken/testing";
import { arrivals, event, stamp, stations, T0 } from "../http/testRows.ts";
import { recorded } from "../messages/testRig.ts";
import { createPeople } from "../people/people.ts";
import { backUp, restore } from "./backup.ts";
import { checkLedger, scrub } from "./keeping.ts";

let folder: string;
let data: string;
let store: Store;
const clock = () => 1_700_000_000;
const password = "a long enough password";

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "harken-backup-"));
  data = join(folder, "data");
  const archive = openArchive(join(data, "archive"));
  const pieces = await archive.append(recorded);
  writeFileSync(join(data, "keys.json"), '{"a":1}');
  store = await openStore({ file: join(data, "harken.db") });
  await store.transaction(async (writer) => {
    await putStations(writer, stations, stamp);
    await putPieces(writer, pieces, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", [event], stamp);
  });
  await createPeople({ store, clock }).add({ name: "Ana", role: "reader", password }, "test");
});
after(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const place = (backup: string, dataDir = data) => ({ dataDir, backup: join(folder, backup), clock });

test("a backup while the centre writes is of one moment; restored it is the same, its ledger sound, its archive readable", async () => {
  const program = fileURLToPath(new URL("../testdata/writingCenter.ts", import.meta.url));
  const writer = spawn(process.execPath, [program, join(data, "harken.db")], { stdio: ["ignore", "pipe", "inherit"] });
  await once(writer.stdout, "data");
  // What another process is appending, and has not indexed yet.
  const [day] = readdirSync(join(data, "archive"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  appendFileSync(join(day!.parentPath, day!.name), "half a record");
  const manifest = await backUp(place("one"));
  writer.kill("SIGKILL");
  await once(writer, "exit");
  const counts = new Map(manifest.database.tables.map(({ table, rows }) => [table, rows]));
  // An address, the change of the account and the line of the ledger are committed together.
  assert.equal(counts.get("accountchange"), counts.get("ledger"));
  assert.equal(counts.get("mailaddress")! + 1, counts.get("accountchange"));
  const restored = await restore(place("one", join(folder, "restored")));
  assert.deepEqual(restored.ledger.faults, []);
  assert.equal(restored.ledger.head.hash, manifest.database.ledger.hash);
  const again = await backUp(place("two", join(folder, "restored")));
  assert.deepEqual(again.database, manifest.database);
  assert.deepEqual(again.files, manifest.files);
  assert.equal(readFileSync(join(folder, "restored", "keys.json"), "utf8"), '{"a":1}');
  const other = await openStore({ file: join(folder, "restored", "harken.db") });
  const archive = openArchive(join(folder, "restored", "archive"));
  const [segment] = await readWaveforms(other.db, archive, recorded[0]!.channel, T0, T0 + 600);
  assert.deepEqual(segment!.samples, recorded[0]!.samples);
  await other.close();
});

const server = privatePostgres();
test("from SQLite to PostgreSQL and back: the same rows", { skip: server.skip }, async () => {
  await server.start();
  try {
    const before = await backUp(place("three"));
    const databaseUrl = server.createDatabase();
    const { ledger } = await restore({ ...place("three", join(folder, "postgres")), databaseUrl });
    assert.deepEqual(ledger.faults, []);
    const after = await backUp({ ...place("four", join(folder, "postgres")), databaseUrl });
    assert.deepEqual(after.database, before.database);
    await restore(place("four", join(folder, "back")));
    assert.deepEqual((await backUp(place("five", join(folder, "back")))).database, before.database);
    await assert.rejects(restore({ ...place("four", join(folder, "again")), databaseUrl }), {
      code: "RESTORE_REFUSED",
    });
  } finally {
    await server.stop();
  }
});

test("a backup that is damaged, unfinished or not new is refused with the reason", async () => {
  const refused = (reason: RegExp) => ({ message: reason });
  await backUp(place("six"));
  await assert.rejects(backUp(place("six")), refused(/it is not empty/));
  await assert.rejects(backUp(place("data/inside")), refused(/it lies in the data folder/));
  await assert.rejects(restore(place("six")), refused(/is not empty/));
  const files = readdirSync(join(folder, "six", "data", "archive"), { recursive: true, withFileTypes: true }).filter(
    (e) => e.isFile(),
  );
  const file = join(files[0]!.parentPath, files[0]!.name);
  const bytes = readFileSync(file);
  bytes[100]! ^= 1;
  writeFileSync(file, bytes);
  await assert.rejects(restore(place("six", join(folder, "r1"))), refused(/is damaged/));
  bytes[100]! ^= 1;
  writeFileSync(file, bytes);
  const table = join(folder, "six", "database", "ledger.ndjson.gz");
  truncateSync(table, readFileSync(table).length - 20);
  await assert.rejects(restore(place("six", join(folder, "r2"))), { code: "RESTORE_REFUSED" });
  rmSync(join(folder, "six", "manifest.json"));
  await assert.rejects(restore(place("six", join(folder, "r3"))), refused(/it was not finished/));
});

test("scrub reads every piece, and names what was changed, cut or lost; the ledger is verified beside a running centre", async () => {
  const where = { file: join(data, "harken.db") };
  assert.deepEqual((await checkLedger(where, [])).faults, []);
  const dir = join(folder, "scrubbed");
  await backUp(place("seven"));
  await restore(place("seven", dir));
  const own = { file: join(dir, "harken.db") };
  const look = () => scrub(own, dir, () => undefined);
  const sound = await look();
  assert.deepEqual([sound.pieces, sound.damage], [recorded.length, []]);
  const fileOf = (station: string) => {
    const found = readdirSync(join(dir, "archive"), { recursive: true, withFileTypes: true }).find(
      (entry) => entry.isFile() && entry.name.includes(station),
    );
    return join(found!.parentPath, found!.name);
  };
  const st1 = readFileSync(fileOf("ST1"));
  // One bit in the second of its two pieces.
  st1[st1.length - 300]! ^= 4;
  writeFileSync(fileOf("ST1"), st1);
  truncateSync(fileOf("ST0"), 1000);
  const { damage } = await look();
  assert.deepEqual(
    damage.map(({ channel, problem, startTime }) => [channel, problem, startTime]),
    [
      ["XX.ST0..BHZ", "the file is too short", T0],
      ["XX.ST1..BHZ", "the bytes are not those that were written", T0 + 300],
    ],
  );
  rmSync(fileOf("ST0"));
  assert.equal((await look()).damage[0]!.problem, "the file is missing");
});
