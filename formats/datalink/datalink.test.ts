import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemList, randomStream } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { concatBytes } from "../step.ts";
import { readSession } from "../transcript.test.ts";
import { DataLinkClient, type DataLinkClientEvent } from "./client.ts";
import {
  type DataLinkCommand,
  type DataLinkPacket,
  type DataLinkReply,
  writeDataLinkCommand,
  writeDataLinkReply,
} from "./message.ts";
import { parseDataLinkCommand, parseDataLinkReply, type Side } from "./parse.ts";
import { DataLinkReader } from "./reader.ts";
import { DataLinkServer, type DataLinkServerStep } from "./server.ts";

/** All messages in bytes that come in pieces of the given lengths. */
function messages(bytes: Uint8Array, side: Side, lengths: readonly number[], maxData?: number) {
  const reader = new DataLinkReader(side, maxData);
  const problems = new ProblemList();
  const found: { header: string; data: Uint8Array | null }[] = [];
  for (let at = 0, i = 0; at < bytes.length; at += lengths[i % lengths.length]!, i++) {
    reader.push(bytes.subarray(at, at + lengths[i % lengths.length]!));
    for (let next = reader.next(problems); next; next = reader.next(problems)) found.push(next);
  }
  return { found, problems: problems.list(), waiting: reader.waiting };
}

const word = fc.string({ unit: fc.constantFrom(..."ABCXYZ019:_/.*"), minLength: 1, maxLength: 20 });
const text = fc.string({ maxLength: 60 });
const data = fc.uint8Array({ maxLength: 80 });
/** Whole microseconds, as the wire has them. */
const time = fc.integer({ min: 0, max: 4e15 }).map((micros) => micros / 1e6);
const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
const plain = { noNullPrototype: true };

const anyCommand = fc.oneof(
  fc.record({ kind: fc.constant("id"), client: word }, plain),
  fc.record(
    {
      kind: fc.constant("position"),
      to: fc.oneof(fc.constantFrom("EARLIEST", "LATEST"), number),
      packetTime: fc.option(time),
    },
    plain,
  ),
  fc.record({ kind: fc.constant("position-after"), time }, plain),
  fc.record({ kind: fc.constantFrom("match", "reject"), pattern: fc.option(text) }, plain),
  fc.record({ kind: fc.constant("read"), packet: number }, plain),
  fc.record(
    {
      kind: fc.constant("write"),
      stream: word,
      startTime: time,
      endTime: time,
      flags: fc.constantFrom("A", "N"),
      data,
    },
    plain,
  ),
  fc.record({ kind: fc.constantFrom("stream", "endstream", "bye") }, plain),
  fc.record({ kind: fc.constant("info"), type: word, match: fc.option(word) }, plain),
) as fc.Arbitrary<DataLinkCommand>;

const anyPacket = fc.record(
  {
    kind: fc.constant("packet" as const),
    stream: word,
    packet: number,
    packetTime: time,
    startTime: time,
    endTime: time,
    data,
  },
  plain,
) as fc.Arbitrary<DataLinkPacket>;
const anyReply = fc.oneof(
  fc.record({ kind: fc.constant("id"), server: word }, plain),
  fc.record({ kind: fc.constantFrom("ok", "error"), value: number, message: text }, plain),
  fc.record({ kind: fc.constant("info"), type: word, xml: text }, plain),
  fc.constant({ kind: "endstream" }),
  anyPacket,
) as fc.Arbitrary<DataLinkReply>;

test("any command and any reply comes back, wherever the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(anyCommand, { maxLength: 8 }),
      fc.array(anyReply, { maxLength: 8 }),
      lengths,
      (said, heard, cuts) => {
        const commands = messages(concatBytes(said.map(writeDataLinkCommand)), "client", cuts);
        assert.deepEqual(
          commands.found.map((found) => parseDataLinkCommand(found.header, found.data!)),
          said,
        );
        const replies = messages(concatBytes(heard.map(writeDataLinkReply)), "server", cuts);
        assert.deepEqual(
          replies.found.map((found) => parseDataLinkReply(found.header, found.data!)),
          heard,
        );
        assert.deepEqual([commands.problems, replies.problems, commands.waiting, replies.waiting], [[], [], 0, 0]);
      },
    ),
    { numRuns: 300 },
  );
});

test("garbage is passed over and told; data beyond the limit are not kept", () => {
  const good = writeDataLinkReply({ kind: "ok", value: 1n, message: "fine" });
  const strayed = messages(concatBytes([Uint8Array.of(1, 2, 0x44, 3), good, Uint8Array.of(9), good]), "server", [3]);
  assert.equal(strayed.found.length, 2);
  assert.deepEqual(
    strayed.problems.map(({ message }) => message),
    ["4 bytes belong to no message and were passed over.", "1 bytes belong to no message and were passed over."],
  );
  const long = writeDataLinkCommand({
    kind: "write",
    stream: "X",
    startTime: 0,
    endTime: 1,
    flags: "A",
    data: new Uint8Array(5_000),
  });
  const limited = messages(concatBytes([long, writeDataLinkCommand({ kind: "stream" })]), "client", [100], 1_000);
  assert.deepEqual(
    limited.found.map(({ header, data: held }) => [header.split(" ")[0], held?.length ?? null]),
    [
      ["WRITE", null],
      ["STREAM", 0],
    ],
  );
});

test("a server answers what it can, asks what it must, and goes on in order", () => {
  const server = new DataLinkServer({ software: "Test/1", packetSize: 100, canWrite: false });
  const sent: string[] = [];
  const take = ({ send, events, problems }: DataLinkServerStep) => {
    for (const { header, data: held } of messages(send, "server", [1_000]).found)
      sent.push(header + (held!.length > 0 ? `|${new TextDecoder().decode(held!)}` : ""));
    assert.deepEqual(problems, []);
    return events.map(({ kind }) => kind);
  };
  const say = (...commands: DataLinkCommand[]) => take(server.receive(concatBytes(commands.map(writeDataLinkCommand))));
  assert.deepEqual(
    say({ kind: "id", client: "x" }, { kind: "position", to: 7n, packetTime: null }, { kind: "match", pattern: "A.*" }),
    ["id", "position"],
  );
  assert.equal(server.isAsking, "position");
  assert.throws(() => server.selected(1), /has not asked/);
  assert.deepEqual(take(server.positioned(null)), ["match"]);
  assert.deepEqual(take(server.selected(3)), []);
  assert.deepEqual(say({ kind: "other", header: "JUMP" }, { kind: "other", header: "READ x" }), []);
  assert.deepEqual(say({ kind: "info", type: "STATUS", match: null }), ["info"]);
  take(server.info("<DataLink/>"));
  const packet: DataLinkPacket = {
    kind: "packet",
    stream: "X",
    packet: 5n,
    packetTime: 3,
    startTime: 1,
    endTime: 2,
    data: Uint8Array.of(0x61),
  };
  assert.throws(() => server.packet(packet), /no packets/);
  assert.deepEqual(say({ kind: "read", packet: 5n }), ["read"]);
  take(server.packet(packet));
  assert.deepEqual(say({ kind: "read", packet: 6n }), ["read"]);
  take(server.refuse("Packet 6 not found in ring"));
  assert.deepEqual(say({ kind: "stream" }), ["stream"]);
  take(server.packet(packet));
  assert.deepEqual(say({ kind: "id", client: "x" }), ["id"]);
  assert.equal(server.isStreaming, true);
  assert.deepEqual(say({ kind: "endstream" }), ["endstream"]);
  const write = { kind: "write", stream: "X", startTime: 1, endTime: 2, flags: "A", data: new Uint8Array(3) } as const;
  assert.deepEqual(say({ ...write, data: new Uint8Array(101) }), []);
  assert.deepEqual(say(write), []);
  assert.equal(server.isClosed, true);
  assert.deepEqual(sent, [
    "ID DataLink v1.1 (Test/1) :: DLPROTO:1.1 PACKETSIZE:100",
    "ERROR 0 16|Packet not found",
    "OK 3 30|3 streams selected after match",
    "ERROR 0 20|Unrecognized command",
    "ERROR 0 37|Error parsing READ command parameters",
    "INFO STATUS 11|<DataLink/>",
    "PACKET X 5 3000000 1000000 2000000 1|a",
    "ERROR 0 26|Packet 6 not found in ring",
    "PACKET X 5 3000000 1000000 2000000 1|a",
    "ID DataLink v1.1 (Test/1) :: DLPROTO:1.1 PACKETSIZE:100",
    "ENDSTREAM",
    "ERROR 0 36|Data too large, maximum is 100 bytes",
    "ERROR 0 28|Write permission not granted",
  ]);
});

test("a client that does not wait is cut off in bounded memory", () => {
  const server = new DataLinkServer({ software: "Test/1", packetSize: 100, canWrite: true });
  const spam = concatBytes(Array.from({ length: 20_000 }, () => writeDataLinkCommand({ kind: "read", packet: 1n })));
  let isTold = false;
  for (let i = 0; i < 30 && !server.isClosed; i++)
    isTold ||= server.receive(spam).problems.some(({ code }) => code === "datalink.too-much");
  assert.ok(isTold && server.isClosed);
});

const FOLDER = "formats/seedlink-transcripts";
const packetsIn = (events: readonly DataLinkClientEvent[]) =>
  events.flatMap(({ reply }) => (reply.kind === "packet" ? [reply] : []));

referenceTest("a stored session of streaming, both sides byte for byte", [FOLDER], (_t, [folder]) => {
  const { turns, heard } = readSession(folder!, "datalink-stream");
  const commands: DataLinkCommand[] = [
    { kind: "id", client: "dltest:user:1:amd64" },
    { kind: "position", to: "EARLIEST", packetTime: null },
    { kind: "stream" },
    { kind: "endstream" },
  ];
  for (const cut of [1, 7, 600, heard.length]) {
    const client = new DataLinkClient();
    const said = commands.map((command) => client.send(command));
    assert.deepEqual(
      said,
      turns.map(({ sent }) => sent),
    );
    const events: DataLinkClientEvent[] = [];
    for (let at = 0; at < heard.length; at += cut) {
      const { events: some, problems } = client.receive(heard.subarray(at, at + cut));
      assert.deepEqual(problems, []);
      events.push(...some);
    }
    assert.deepEqual(client.unanswered, []);
    assert.deepEqual(concatBytes(events.map(({ reply }) => writeDataLinkReply(reply))), heard);
    const packets = packetsIn(events);
    assert.deepEqual(
      packets.map(({ packet }) => packet),
      [2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n],
    );
    assert.equal(packets[0]!.startTime, Date.UTC(2012, 4, 12, 0, 0, 6, 175) / 1e3);
    // The server, given the same packets, says the same.
    const server = new DataLinkServer({ software: "RingServer/4.5.3", packetSize: 512, canWrite: true });
    const parts: Uint8Array[] = [];
    for (const [i, turn] of turns.entries()) {
      if (i === turns.length - 1) for (const packet of packets) parts.push(server.packet(packet).send);
      for (let at = 0; at < turn.sent.length; at += cut)
        parts.push(server.receive(turn.sent.subarray(at, at + cut)).send);
      if (server.isAsking === "position") parts.push(server.positioned(1n).send);
    }
    assert.deepEqual(concatBytes(parts), heard);
  }
});

referenceTest("a stored session of writing, both sides byte for byte", [FOLDER], (_t, [folder]) => {
  const { turns, heard } = readSession(folder!, "datalink-write-ack");
  // The written record is one of those streamed later.
  const streamed = new DataLinkClient().receive(readSession(folder!, "datalink-stream").heard).events;
  const record = packetsIn(streamed).find(({ stream }) => stream === "FDSN:XX_TST2__B_H_Z/MSEED")!;
  const write = (flags: string) =>
    ({
      kind: "write",
      stream: record.stream,
      startTime: record.startTime,
      endTime: record.endTime,
      flags,
      data: record.data,
    }) as const;
  const client = new DataLinkClient();
  const said = [
    client.send({ kind: "id", client: "dltest:user:1:amd64" }),
    client.send(write("A")),
    client.send(write("N")),
  ];
  for (const [i, { sent, sentLength }] of turns.entries()) {
    assert.equal(said[i]!.length, sentLength);
    assert.deepEqual(said[i]!.subarray(0, sent.length), sent);
  }
  const { events } = client.receive(heard);
  assert.deepEqual(
    events.map(({ reply, command }) => [command?.kind, reply.kind === "ok" ? reply.value : reply.kind]),
    [
      ["id", "id"],
      ["write", 9n],
    ],
  );
  const server = new DataLinkServer({ software: "RingServer/4.5.3", packetSize: 512, canWrite: true });
  const parts: Uint8Array[] = [];
  for (const turn of said) {
    const { send, events: asked } = server.receive(turn);
    parts.push(send);
    for (const event of asked) if (event.kind === "write" && event.flags === "A") parts.push(server.written(9n).send);
  }
  assert.deepEqual(concatBytes(parts), heard);
});

const cutsOf = (bytes: Uint8Array) => {
  const random = randomStream(bytes.length, "cuts");
  return Array.from({ length: 5 }, () => 1 + random.integer(60));
};
const write: DataLinkCommand = {
  kind: "write",
  stream: "X_Y",
  startTime: 1,
  endTime: 2,
  flags: "A",
  data: new Uint8Array(40),
};
const commandSeed = concatBytes(
  [{ kind: "id", client: "a:b:c:d" } as const, { kind: "position", to: 5n, packetTime: 1 } as const, write].map(
    writeDataLinkCommand,
  ),
);
const replySeed = concatBytes(
  [
    { kind: "ok", value: 1n, message: "fine" } as const,
    { kind: "info", type: "STATUS", xml: "<a/>" } as const,
    {
      kind: "packet",
      stream: "X",
      packet: 1n,
      packetTime: 1,
      startTime: 1,
      endTime: 2,
      data: new Uint8Array(30),
    } as const,
  ].map(writeDataLinkReply),
);
fuzzDecoder(
  "DataLink commands at a server, cut at random",
  (bytes) => {
    const server = new DataLinkServer({ software: "x", packetSize: 100, canWrite: true });
    const cuts = cutsOf(bytes);
    for (let at = 0, i = 0; at < bytes.length; at += cuts[i % 5]!, i++) {
      server.receive(bytes.subarray(at, at + cuts[i % 5]!));
      while (server.isAsking) server.refuse("no");
    }
    return messages(bytes, "client", cuts);
  },
  [commandSeed],
  ({ found }, bytes) =>
    assert.deepEqual(
      found.map(({ header }) => header),
      messages(bytes, "client", [bytes.length + 1]).found.map(({ header }) => header),
    ),
);
fuzzDecoder(
  "DataLink replies at a client, cut at random",
  (bytes) => {
    const client = new DataLinkClient(1_000);
    client.send({ kind: "id", client: "x" });
    const cuts = cutsOf(bytes);
    for (let at = 0, i = 0; at < bytes.length; at += cuts[i % 5]!, i++)
      client.receive(bytes.subarray(at, at + cuts[i % 5]!));
    return messages(bytes, "server", cuts, 1_000);
  },
  [replySeed],
  ({ found }, bytes) =>
    assert.deepEqual(
      found.map(({ header }) => header),
      messages(bytes, "server", [bytes.length + 1], 1_000).found.map(({ header }) => header),
    ),
);
