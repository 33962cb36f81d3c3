import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemList, randomStream } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { ByteQueue } from "../byteQueue.ts";
import { latin1Bytes } from "../latin1.ts";
import { writeMiniSeed2 } from "../miniseed/write2.ts";
import { writeMiniSeed3 } from "../miniseed/write3.ts";
import { concatBytes } from "../step.ts";
import { MASK_24 } from "./command.ts";
import { writeInfoRecords } from "./infoRecord.ts";
import { fullSequence, type SeedLinkPacket, writePacket } from "./packet.ts";
import { PacketReader, type Received } from "./reader.ts";

const plain = { noNullPrototype: true };
const bytesOf = (text: string) => latin1Bytes(text);

const segment = {
  channel: { network: "GE", station: "APE", location: "", channel: "BHZ" },
  startTime: 1.5e9,
  sampleRateHz: 20,
  samples: Int32Array.from({ length: 300 }, (_, i) => i * 3),
};
const [record512, record256, record3] = [
  writeMiniSeed2([segment]).subarray(0, 512),
  writeMiniSeed2([segment], { recordLength: 256, byteOrder: "little" }).subarray(0, 256),
  writeMiniSeed3([segment]),
] as const;

const packet4 = fc.record(
  {
    sequence: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    station: fc.string({ unit: fc.constantFrom(..."ABC019_"), maxLength: 20 }),
    format: fc.constantFrom("2", "3", "X"),
    subformat: fc.constantFrom("D", "L"),
    payload: fc.uint8Array({ maxLength: 100 }),
  },
  plain,
) as fc.Arbitrary<SeedLinkPacket>;
const packet3 = fc.tuple(fc.bigInt({ min: 0n, max: MASK_24 }), fc.constantFrom(record512, record256, record3)).map(
  ([sequence, payload]): SeedLinkPacket => ({
    sequence,
    station: "",
    format: payload === record3 ? "3" : "2",
    subformat: "D",
    payload: payload.slice(),
  }),
);
const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });

function read(bytes: Uint8Array, cuts: readonly number[], maxPayload?: number) {
  const queue = new ByteQueue();
  const reader = new PacketReader(queue, maxPayload);
  const problems = new ProblemList();
  const found: Received[] = [];
  for (let at = 0, i = 0; at < bytes.length; at += cuts[i % cuts.length]!, i++) {
    queue.push(bytes.subarray(at, at + cuts[i % cuts.length]!));
    for (let next = reader.next(problems); next; next = reader.next(problems)) found.push(next);
  }
  return { found, problems: problems.list(), waiting: queue.length };
}

test("packets of both versions come back, wherever the stream is cut", () => {
  for (const [version, packet] of [
    [3, packet3],
    [4, packet4],
  ] as const)
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 6 }), lengths, (sent, cuts) => {
        const bytes = concatBytes([...sent.map((one) => writePacket(one, version)), bytesOf("END")]);
        const { found, problems, waiting } = read(bytes, cuts);
        assert.deepEqual(found, [...sent.map((one) => ({ kind: "packet", packet: one })), { kind: "end" }]);
        assert.deepEqual([problems, waiting], [[], 0]);
      }),
      { numRuns: 200 },
    );
});

test("garbage between packets is passed over and told; payloads beyond the limit are not kept", () => {
  const good = writePacket({ sequence: 5n, station: "GE_APE", format: "2", subformat: "D", payload: record512 }, 4);
  const { found, problems } = read(concatBytes([bytesOf("noiSE!"), good, bytesOf("xx"), good]), [5]);
  assert.equal(found.length, 2);
  assert.deepEqual(
    problems.map(({ message }) => message),
    ["6 bytes belong to no packet and were passed over.", "2 bytes belong to no packet and were passed over."],
  );
  const huge = good.slice(0, 100);
  new DataView(huge.buffer).setUint32(4, 4_000_000_000, true);
  const limited = read(concatBytes([huge, new Uint8Array(50_000)]), [1_000], 10_000);
  assert.deepEqual(
    limited.problems.map(({ code }) => code),
    ["seedlink.too-long"],
  );
  assert.equal(limited.waiting, 0);
  const short = good.slice();
  new DataView(short.buffer).setUint32(4, 512, true);
  assert.equal(read(concatBytes([short, good]), [100], 400).found.length, 0);
  assert.equal(read(concatBytes([good, good]), [100], 512).found.length, 2);
});

test("24 bits of a number mean the greatest that is held", () => {
  assert.equal(fullSequence(0x000005n, 0x1_000010n), 0x1_000005n);
  assert.equal(fullSequence(0xfffff0n, 0x1_000010n), 0xfffff0n);
  assert.equal(fullSequence(0x20n, 0x10n), 0x20n);
});

const cutsOf = (bytes: Uint8Array) => {
  const random = randomStream(bytes.length, "cuts");
  return Array.from({ length: 5 }, () => 1 + random.integer(90));
};

fuzzDecoder(
  "SeedLink packets, cut at random",
  (bytes) => [read(bytes, cutsOf(bytes), 5_000).found, read(bytes, [bytes.length + 1], 5_000).found],
  [
    concatBytes([
      writePacket({ sequence: 7n, station: "GE_APE", format: "3", subformat: "D", payload: record3 }, 4),
      bytesOf("END"),
    ]),
    concatBytes([
      ...writeInfoRecords("x".repeat(600), 1e9, false),
      writePacket({ sequence: 7n, station: "", format: "2", subformat: "D", payload: record256 }, 3),
      bytesOf("END"),
    ]),
  ],
  ([cut, whole]) => assert.deepEqual(cut, whole),
);
