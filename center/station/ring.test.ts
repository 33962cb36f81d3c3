import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { openJournal } from "@harken/store";
import { FrameRing } from "./ring.ts";

const frame = (n: number) => Buffer.from(`frame ${n} `.repeat(1 + (n % 50)));

test("frames of days come back in any order, also those that no memory holds", async () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-ring-"));
  const count = 12_000;
  const { journal } = await openJournal(folder, { maxFileBytes: 500_000 });
  // What is appended at once stands in one file.
  for (let from = 1; from <= count; from += 2_000)
    await Promise.all(
      Array.from({ length: 2_000 }, (_, i) =>
        journal.append({
          receivedAt: i,
          kind: "cd11",
          source: "TST",
          note: String(from + i),
          payload: frame(from + i),
        }),
      ),
    );
  await journal.close();
  const { ring } = await FrameRing.open(folder);
  assert.deepEqual([ring.first, ring.last, await ring.lastNote()], [1n, BigInt(count), String(count)]);
  const before = process.cpuUsage();
  for (let n = 1; n <= count; n++) assert.ok(frame(n).equals((await ring.get(BigInt(n)))!), `frame ${n}`);
  // Each is read from the disk once: a read for each frame of the megabyte that it stands in would take minutes.
  assert.ok(process.cpuUsage(before).user < 20e6);
  const random = randomStream(1, "ring");
  for (let k = 0; k < 100; k++) {
    const n = 1 + random.integer(count);
    assert.deepEqual(Buffer.from((await ring.get(BigInt(n)))!), frame(n));
  }
  await ring.put((sequence) => frame(Number(sequence)), "TST", count, "");
  assert.deepEqual(Buffer.from((await ring.get(BigInt(count + 1)))!), frame(count + 1));
  assert.equal(await ring.get(BigInt(count + 2)), null);
  assert.ok((await ring.prune(2_000_000, Number.NEGATIVE_INFINITY)) > 0);
  assert.ok(ring.first > 1n);
  await ring.close();
  rmSync(folder, { recursive: true, force: true });
});
