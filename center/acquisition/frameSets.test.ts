import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameSets } from "./frameSets.ts";

const mark = (sequence: number, time: number, digest = `${sequence}`) => ({ sequence: BigInt(sequence), time, digest });

function sets() {
  const all = new FrameSets();
  const take = (sequence: number, time: number, digest?: string) => {
    const news = all.meet("A:0", mark(sequence, time, digest));
    if (news === "new" || news === "reset") all.received("A:0", BigInt(sequence), time);
    return news;
  };
  return { all, take };
}

test("new, repeated, and other contents under the same number", () => {
  const { take } = sets();
  assert.equal(take(1, 10), "new");
  assert.equal(take(1, 10), "duplicate");
  assert.equal(take(1, 10, "other"), "conflict");
  assert.equal(take(2, 20), "new");
});

test("old frames that come late are no reset; later data under a lower number are one", () => {
  const { all, take } = sets();
  take(1_000, 10_000);
  assert.equal(take(900, 9_000), "new");
  assert.equal(take(1_001, 10_010), "new");
  assert.equal(take(1, 10_020), "reset");
  assert.deepEqual(all.gaps("A:0").toJSON(), [["1", "1"]]);
  assert.equal(take(2, 10_030), "new");
  // The same number as before the reset, with later data.
  assert.equal(take(2, 10_040, "after a second reset"), "reset");
});

test("after a reset the old numbers are free again; of a long set the oldest digests are forgotten, the numbers are not", () => {
  const { take } = sets();
  for (const n of [1, 2, 3, 4, 5]) take(n, 10 * n);
  assert.equal(take(1, 60, "anew"), "reset");
  assert.equal(take(5, 70, "other"), "new");
  for (let n = 6; n <= 2_100; n++) take(n, 100 + n);
  assert.equal(take(2_100, 0, "other"), "conflict");
  assert.equal(take(6, 0, "other"), "duplicate");
});

test("what the disk refused may come again; what is on its way is not taken twice", () => {
  const { all } = sets();
  assert.equal(all.meet("A:0", mark(5, 50)), "new");
  assert.equal(all.meet("A:0", mark(5, 50)), "duplicate");
  all.lost("A:0", 5n);
  assert.equal(all.meet("A:0", mark(5, 50)), "new");
});

test("a kept state goes on where it was: repetitions, gaps, resets", () => {
  const { all, take } = sets();
  for (const n of [1, 2, 4]) take(n, 10 * n);
  const [kept] = all.takeChanged();
  assert.deepEqual(all.takeChanged(), []);
  const again = new FrameSets();
  again.restore("A:0", JSON.parse(JSON.stringify(kept!.state)));
  assert.equal(again.meet("A:0", mark(2, 20)), "duplicate");
  assert.equal(again.meet("A:0", mark(3, 30)), "new");
  assert.equal(again.meet("A:0", mark(1, 50, "later")), "reset");
  // Read again from the journal, with what it notes.
  const journal = new FrameSets();
  for (const [n, time, isReset] of [
    [8, 80, false],
    [9, 90, false],
    [1, 100, true],
  ] as const)
    journal.received("A:0", BigInt(n), time, isReset);
  assert.deepEqual(journal.gaps("A:0").toJSON(), [["1", "1"]]);
});
