/** The commands that keep a centre's data, on a centre that a few people were given accounts of. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { openPeople } from "@harken/center";
import { harken } from "../testCommand.ts";

let folder: string;
let data: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "harken-keeping-"));
  data = join(folder, "data");
  mkdirSync(data);
  const people = await openPeople({ file: join(data, "harken.db") }, () => 1_700_000_000);
  await people.add({ name: "Ana", role: "reader", password: "a long enough password" }, "Olga");
  await people.addAddress("Ana", "ana@ndc.example", "Olga");
  await people.close();
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("backup, restore, scrub and the ledger's commands; what was tampered with is named and told by the exit status", async () => {
  const head = (await harken("ledger", "head", "--data", data)).stdout.trim();
  assert.match(head, /^2:[0-9a-f]{64}$/);
  assert.match(
    (await harken("ledger", "list", "--data", data)).stdout,
    /2 .*Olga.*account Ana: given the address ana@ndc\.example.*accountchange 2/,
  );
  const made = await harken("backup", "--data", data, "--to", join(folder, "backup"));
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, new RegExp(`Ledger: ${head}`));
  const restored = join(folder, "restored");
  const back = await harken("restore", "--from", join(folder, "backup"), "--data", restored);
  assert.match(back.stdout, /The ledger is sound: 2 lines vouch for 2 rows/);
  assert.match((await harken("scrub", "--data", restored)).stdout, /^0 pieces, 0\.0 MB read; 0 damaged/);
  const database = new DatabaseSync(join(restored, "harken.db"));
  database.exec("UPDATE accountchange SET actor = 'Eve' WHERE changeid = 1");
  database.close();
  const found = await harken("ledger", "verify", "--data", restored, "--head", head);
  assert.deepEqual([found.status, /accountchange 1 was changed after line 1/.test(found.stdout)], [1, true]);
  const again = await harken("restore", "--from", join(folder, "backup"), "--data", restored);
  assert.equal(again.status, 4);
  assert.match(again.stderr, /is not empty/);
});
