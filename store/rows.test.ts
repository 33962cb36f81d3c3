import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore } from "./database.ts";
import { executeEach } from "./rows.ts";

test("a statement for each item is built once, and refused when its parameters stand in another order", async () => {
  const store = await openStore({});
  let built = 0;
  const write = (parameters: (item: readonly [string, number]) => readonly unknown[]) =>
    store.transaction((writer) =>
      executeEach(
        writer,
        [
          ["a", 1],
          ["b", 2],
          ["c", 3],
        ] as const,
        ([keyname, keyvalue]) => {
          built++;
          return writer.insertInto("lastid").values({ keyname, keyvalue });
        },
        parameters,
      ),
    );
  await assert.rejects(
    write(([name, value]) => [value, name]),
    /order of the statement/,
  );
  await write((item) => item);
  assert.equal(built, 2);
  const rows = await store.db.selectFrom("lastid").selectAll().where("keyname", "in", ["a", "b", "c"]).execute();
  assert.deepEqual(rows.map(({ keyname, keyvalue }) => [keyname, keyvalue]).sort(), [
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ]);
  await store.close();
});
