import assert from "node:assert/strict";
import { test } from "node:test";
import { loadLinks, openStore } from "@harken/store";
import { createLinkRegister } from "./links.ts";
import type { LinkChange } from "./listener.ts";

test("a row for each connection, whatever their order; one that was refused before it counted has none", async () => {
  const store = await openStore({ file: ":memory:" });
  let now = 100;
  const failures: unknown[] = [];
  const register = createLinkRegister(
    store,
    () => now++,
    (cause) => failures.push(cause),
  );
  const note = (station: string, peer: string, isUp: boolean, reason = "", bytes = 0) =>
    register.note({ station, peer, isUp, reason, bytes } satisfies LinkChange);
  note("AAA", "10.0.0.1:5", true);
  note("AAA", "10.0.0.2:6", true);
  note("BBB", "10.0.0.3:7", false, "too many connections");
  note("AAA", "10.0.0.1:5", false, "the peer has ended the connection", 2_000);
  note("AAA", "10.0.0.1:5", true);
  await register.settle();
  assert.deepEqual(
    (await loadLinks(store.db, 0, 1_000)).map(({ linkId: _, ...link }) => link),
    [
      {
        ...{ source: "AAA", peer: "10.0.0.1:5", startTime: 100, endTime: 103 },
        ...{ reason: "the peer has ended the connection", bytes: 2_000 },
      },
      { source: "AAA", peer: "10.0.0.2:6", startTime: 101, endTime: null, reason: "", bytes: 0 },
      { source: "AAA", peer: "10.0.0.1:5", startTime: 104, endTime: null, reason: "", bytes: 0 },
    ],
  );
  await store.close();
  note("CCC", "10.0.0.4:8", true);
  note("CCC", "10.0.0.4:8", false);
  await register.settle();
  assert.equal(failures.length, 1, "a database that is gone is told, and stops nothing");
});
