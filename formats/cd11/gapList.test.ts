import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { decodeCd11Frame } from "./decode.ts";
import { Cd11GapList } from "./gapList.ts";

const listOf = (numbers: Iterable<number>) => {
  const list = new Cd11GapList();
  for (const number of numbers) list.add(BigInt(number));
  return list;
};

test("a gap begins with the first number missing and ends before the first that came", () => {
  const list = listOf([13, 14, 1, 2, 3, 4, 8, 9, 10, 11, 15, 16, 17, 18, 19, 20]);
  assert.deepEqual(list.acknack("SG7:0"), {
    kind: "acknack",
    frameSet: "SG7:0",
    lowest: 1n,
    highest: 20n,
    gaps: [
      { start: 5n, end: 8n },
      { start: 12n, end: 13n },
    ],
  });
  assert.deepEqual(listOf([]).acknack("A:0"), { kind: "acknack", frameSet: "A:0", lowest: 0n, highest: -1n, gaps: [] });
});

referenceTest(
  "the reference implementation's acknack with gaps says the same",
  ["formats/cd11/protocol-vectors/06-acknack-gaps.bin"],
  (_t, [path]) => {
    const { payload } = decodeCd11Frame(readFileSync(path!)).items[0]!;
    assert.ok(payload.kind === "acknack" && payload.gaps.length > 0);
    assert.deepEqual(Cd11GapList.fromAcknack(payload).acknack(payload.frameSet), payload);
  },
);

test("as a set of numbers: order does not matter, and an acknack and JSON carry the same list", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 })), (numbers) => {
      const list = listOf(numbers);
      const set = new Set(numbers);
      for (let n = -1; n <= 61; n++) assert.equal(list.has(BigInt(n)), set.has(n));
      assert.equal(listOf(numbers).add(-1n), true);
      for (const number of numbers) assert.equal(list.add(BigInt(number)), false);
      assert.deepEqual(Cd11GapList.fromAcknack(list.acknack("A:0")).toJSON(), list.toJSON());
      assert.deepEqual(Cd11GapList.fromJSON(JSON.parse(JSON.stringify(list))).toJSON(), list.toJSON());
    }),
  );
});

test("unsigned numbers of 64 bits; claims that cannot be are taken for nothing", () => {
  const list = listOf([]);
  list.add(2n ** 64n - 1n);
  assert.equal(list.highest, 2n ** 64n - 1n);
  const of = (lowest: bigint, highest: bigint, gaps: { start: bigint; end: bigint }[]) =>
    Cd11GapList.fromAcknack({ lowest, highest, gaps }).toJSON();
  assert.deepEqual(of(10n, 5n, []), []);
  assert.deepEqual(of(1n, 9n, [{ start: 4n, end: 50n }]), [["1", "3"]]);
  assert.deepEqual(of(1n, 9n, [{ start: 40n, end: 50n }]), []);
  assert.deepEqual(Cd11GapList.fromJSON([["1", "x"]]).toJSON(), []);
});

test("a sender that leaves out every second number fills no memory, and nothing is called received that was not", () => {
  const list = listOf([]);
  for (let n = 0n; n < 60_000n; n += 2n) list.add(n);
  assert.equal(list.toJSON().length, 10_000);
  assert.equal(list.has(59_999n), false);
  const said = list.acknack("A:0");
  assert.equal(said.gaps.length, 1_000);
  const told = Cd11GapList.fromAcknack(said);
  const heard = Array.from({ length: 60_000 }, (_, n) => BigInt(n)).filter((n) => told.has(n));
  assert.equal(heard.length, 1_001);
  assert.ok(heard.every((n) => n % 2n === 0n && list.has(n)));
});
