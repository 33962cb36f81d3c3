/** The ledger on both engines: what is done stands in it, and whatever is done to it or to the rows that it vouches for is found and named. */
import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import { sql } from "kysely";
import type { Store } from "./database.ts";
import { ledgerHead, verifyLedger } from "./ledger.ts";
import { loadLedger } from "./ledgerLines.ts";
import { logMessage } from "./messages.ts";
import { recordAccountChange } from "./people.ts";
import { postgresEngine, sqliteEngine } from "./testDatabases.test.ts";

const change = (i: number) => ({
  time: 1_700_000_000.125 + i,
  actor: "Ana",
  account: `A${i}`,
  action: `made "x" ${i} é`,
});
const message = (id: number) => ({
  ...({
    id,
    received: 1_700_000_000 + id,
    way: "https",
    sender: "Eve",
    messageId: "1",
    contentHash: "",
    asked: "STATION",
  } as const),
  ...({ outcome: "answered", reason: "", bytes: 7 } as const),
});

for (const engine of [sqliteEngine(), postgresEngine()]) {
  describe(`the ledger on ${engine.name}`, { skip: engine.skip }, () => {
    before(() => engine.start());
    after(() => engine.stop());

    async function opened(t: TestContext, open = engine.open): Promise<Store> {
      const store = await open();
      t.after(() => store.close());
      return store;
    }
    async function filled(t: TestContext): Promise<Store> {
      const store = await opened(t);
      for (let i = 1; i <= 5; i++) await store.transaction((writer) => recordAccountChange(writer, change(i)));
      await store.transaction(async (writer) => {
        await logMessage(writer, message(1));
        await logMessage(writer, message(2));
      });
      return store;
    }

    test(`what is done stands in order, and is sound`, async (t) => {
      const { db } = await filled(t);
      const report = await verifyLedger(db);
      assert.deepEqual([report.lines, report.rows, report.faults], [7, 7, []]);
      assert.deepEqual(await ledgerHead(db), report.head);
      const [newest] = await loadLedger(db, { limit: 1 });
      assert.deepEqual(
        [newest!.actor, newest!.action, newest!.subject],
        ["Eve", "answered by https: STATION", "messagelog 2"],
      );
    });

    test(`writers at the same time make one chain; one that is rolled back leaves none`, async (t) => {
      const first = await opened(t);
      // In one process a second connection to SQLite would wait for the first without letting it go on.
      const second = first.engine === "sqlite" ? first : await opened(t, engine.openAgain);
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          (i % 2 ? first : second)
            .transaction(async (writer) => {
              await recordAccountChange(writer, change(i));
              if (i % 5 === 0) throw new Error("no");
            })
            .catch(() => undefined),
        ),
      );
      const { lines, faults } = await verifyLedger(first.db);
      assert.deepEqual([lines, faults], [24, []]);
    });

    const attacks: readonly (readonly [name: string, statements: readonly string[], found: RegExp])[] = [
      [
        "a row is changed",
        ["UPDATE accountchange SET action = 'made administrator' WHERE changeid = 3"],
        /^accountchange 3 was changed after line 3$/,
      ],
      [
        "by the least of a number",
        ["UPDATE messagelog SET received = received + 0.000001 WHERE messageid = 1"],
        /^messagelog 1 was changed after line 6$/,
      ],
      ["a row is taken out", ["DELETE FROM accountchange WHERE changeid = 2"], /^accountchange 2 was taken out$/],
      [
        "a row is put in",
        ["INSERT INTO accountchange VALUES (9, 'x', 'y', 'z', 0)"],
        /^accountchange 9 was put in without a line/,
      ],
      ["a line is changed", ["UPDATE ledger SET actor = 'Eve' WHERE seq = 4"], /^ledger 4 was changed$/],
      ["a line is taken out", ["DELETE FROM ledger WHERE seq = 4"], /^ledger 4 is missing/],
      ["the last lines are cut off", ["DELETE FROM ledger WHERE seq > 5"], /^ledger 6 to 7 are missing/],
      [
        "row and line are taken out",
        ["DELETE FROM ledger WHERE seq = 7", "DELETE FROM messagelog WHERE messageid = 2"],
        /^ledger 7 to 7 are missing/,
      ],
    ];
    test("whatever is done to it or to its rows is found and named", async (t) => {
      const { db } = await filled(t);
      const undo = new Error("undo");
      for (const [name, statements, found] of attacks) {
        const attack = db.transaction().execute(async (writer) => {
          for (const statement of statements) await sql.raw(statement).execute(writer);
          const { faults } = await verifyLedger(writer);
          assert.ok(
            faults.some((fault) => found.test(fault)),
            `${name}: ${faults.join("; ")}`,
          );
          throw undo;
        });
        await assert.rejects(attack, undo);
      }
      assert.deepEqual((await verifyLedger(db)).faults, []);
    });

    test(`a chain that was written anew as a whole is told by a head that was noted`, async (t) => {
      const noted = await ledgerHead((await filled(t)).db);
      const other = await opened(t);
      for (let i = 1; i <= 7; i++) await other.transaction((writer) => recordAccountChange(writer, change(i)));
      assert.deepEqual((await verifyLedger(other.db)).faults, []);
      assert.deepEqual((await verifyLedger(other.db, [noted])).faults, ["ledger 7 is not the line that was noted"]);
      assert.match(
        (await verifyLedger(other.db, [{ ...noted, seq: 8 }])).faults[0]!,
        /ledger 8 was noted and is missing/,
      );
    });
  });
}
