import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLimits, ProblemList, randomStream } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { latin1Bytes } from "../latin1.ts";
import { writeMiniSeed2 } from "../miniseed/write2.ts";
import { writeMiniSeed3 } from "../miniseed/write3.ts";
import { concatBytes } from "../step.ts";
import { SeedLinkClient, type SeedLinkClientEvent } from "./client.ts";
import type { SeedLinkInfo } from "./info.ts";
import { readInfoJson, writeInfoJson } from "./infoJson.ts";
import { textOfRecord, writeInfoRecords } from "./infoRecord.ts";
import { readInfoXml, writeInfoXml } from "./infoXml.ts";
import { writePacket } from "./packet.ts";
import { SeedLinkServer, type SeedLinkServerEvent, type SeedLinkServerOptions } from "./server.ts";

const plain = { noNullPrototype: true };
const word = fc.string({ unit: fc.constantFrom(..."ABCXYZ019_?*"), minLength: 1, maxLength: 8 });
const bytesOf = (text: string) => latin1Bytes(text);
const second = fc.integer({ min: 0, max: 4e9 });

const phrase = fc.string({ unit: fc.constantFrom(..."aZ&<>\"'é/="), maxLength: 30 });
const anyInfo = fc.record(
  {
    software: phrase,
    organization: phrase,
    startedAt: second,
    capabilities: fc.array(word, { minLength: 1, maxLength: 3 }),
    stations: fc.array(
      fc.record(
        {
          id: fc.constantFrom("GE_APE", "XX_TEST"),
          description: phrase,
          startSequence: fc.nat(),
          endSequence: fc.nat(),
          streams: fc.array(
            fc.record(
              {
                id: fc.constantFrom("_B_H_Z", "00_H_H_1"),
                format: fc.constant("2"),
                subformat: fc.constantFrom("D", "L"),
                startTime: second,
                endTime: second,
              },
              plain,
            ),
            { minLength: 1, maxLength: 3 },
          ),
        },
        plain,
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
  plain,
) as fc.Arbitrary<SeedLinkInfo>;

test("what INFO tells comes back, as JSON and as XML in records", () => {
  fc.assert(
    fc.property(anyInfo, (info) => {
      const problems = new ProblemList();
      assert.deepEqual(readInfoJson(writeInfoJson(info), problems), info);
      const records = writeInfoRecords(writeInfoXml(info), 1.5e9, false);
      assert.ok(records.every(({ length }) => length === 520));
      const text = concatBytes(records.map((record) => textOfRecord(record.subarray(8))));
      assert.deepEqual(readInfoXml(text, defaultLimits, problems), info);
      assert.deepEqual(problems.list(), []);
    }),
  );
  const problems = new ProblemList();
  for (const text of ["", "[]", "{", "null"]) assert.equal(readInfoJson(text, problems), null);
  assert.equal(readInfoXml(bytesOf("<other/>"), defaultLimits, problems), null);
  assert.equal(problems.list().length, 5);
});

interface Answers {
  readonly said: string;
  readonly events: readonly SeedLinkServerEvent[];
}

/** What a server says to lines; authentication and INFO are refused. */
function ask(lines: readonly string[], options: Partial<SeedLinkServerOptions> = {}): Answers {
  const server = new SeedLinkServer({ software: "Test/1", organization: "Org", ...options });
  const parts: Uint8Array[] = [];
  const events: SeedLinkServerEvent[] = [];
  for (const line of lines) {
    let step = server.receive(bytesOf(line));
    for (;;) {
      parts.push(step.send);
      events.push(...step.events);
      if (!server.isAsking) break;
      step =
        server.isAsking === "catalogue"
          ? server.catalogue(["GE APE Naxos"])
          : server.refuse({ code: "AUTH", message: "no" });
    }
  }
  return { said: new TextDecoder().decode(concatBytes(parts)), events };
}

test("a server in version 3: extended errors, batches, stations that are not there, limits", () => {
  assert.equal(ask(["STATION\r"]).said, "ERROR\r\n");
  assert.equal(
    ask(["CAPABILITIES EXTREPLY\n", "STATION a b c\r\n"]).said,
    "OK\r\nERROR\rARGUMENTS STATION requires 1 or 2 arguments\r\n",
  );
  assert.equal(ask(["BATCH\r\nSTATION APE GE\r\nSELECT nonsense\r\nDATA\r\n"]).said, "OK\r\n");
  assert.equal(ask(["CAT\r\n"]).said, "GE APE Naxos\r\n");
  const known = { hasStation: (pattern: string) => pattern === "GE_APE" };
  const { said, events } = ask(
    ["STATION XXX GE\r\nSELECT BHZ\r\nDATA\r\nSTATION APE GE\r\nSELECT BHZ\r\nDATA FF\r\nEND\r\n"],
    known,
  );
  assert.equal(said, "ERROR\r\nERROR\r\nERROR\r\nOK\r\nOK\r\nOK\r\n");
  assert.deepEqual(events, [
    {
      kind: "stream",
      isDialUp: false,
      requests: [
        {
          station: "GE_APE",
          selectors: [{ isNegative: false, stream: "*_B_H_Z", format: "", filter: null }],
          sequence: 0xffn,
          startTime: null,
          endTime: null,
        },
      ],
    },
  ]);
  const limited = ask(["SLPROTO 4.0\r\n", ...Array.from({ length: 4 }, (_, i) => `STATION X_${i}\r\n`)], {
    mostRequests: 2,
  });
  assert.equal(limited.said, `${"OK\r\n".repeat(3)}${"ERROR LIMIT Station limit reached\r\n".repeat(2)}`);
});

test("a server answers a line that is too long once, and goes on", () => {
  const long = "x".repeat(700);
  const { said } = ask(["SLPROTO 4.0\r\n", long, long, `${long}\r\nHELLO\r\n`]);
  assert.equal(
    said,
    "OK\r\nERROR LIMIT Command line too long\r\nSeedLink v4.0 (Test/1) :: SLPROTO:4.0 SLPROTO:3.1 CAP\r\nOrg\r\n",
  );
});

test("what a client says while data flow goes unanswered but for INFO and BYE", () => {
  const server = new SeedLinkServer({ software: "Test/1", organization: "Org" });
  assert.deepEqual(
    server.receive(bytesOf("DATA\r\nSTATION a\r\nJUMP\r\nBYE\r\n")).events.map(({ kind }) => kind),
    ["stream", "bye"],
  );
  assert.equal(server.isClosed, true);
  assert.throws(() => server.endOfData(), /asked for no packets/);
  assert.throws(() => server.accept(), /has not asked/);
});

test("a client that does not wait is cut off in bounded memory", () => {
  const server = new SeedLinkServer({ software: "Test/1", organization: "Org" });
  const spam = bytesOf("INFO ID\r\n".repeat(50_000));
  let isTold = false;
  for (let i = 0; i < 10 && !server.isClosed; i++)
    isTold ||= server.receive(spam).problems.some(({ code }) => code === "seedlink.too-much");
  assert.ok(isTold && server.isClosed);
});

test("a client understands errors in two parts, empty organizations and words that come late", () => {
  const client = new SeedLinkClient();
  const hear = (text: string): readonly SeedLinkClientEvent[] =>
    [...bytesOf(text)].flatMap((byte) => client.receive(Uint8Array.of(byte)).events);
  client.send({ name: "HELLO" });
  assert.deepEqual(
    hear("SeedLink v3.1 (x) :: CAP\r\n\r\n").map((event) => event.kind === "hello" && event.hello.organization),
    [""],
  );
  client.send({ name: "CAPABILITIES", capabilities: ["EXTREPLY"] });
  client.send({ name: "STATION", station: "GE_APE" });
  assert.deepEqual(
    hear("OK\r\nERROR\rARGUMENTS no such station\r\n").map((event) =>
      event.kind === "refused" ? event.error : event.kind,
    ),
    ["accepted", { code: "ARGUMENTS", message: "no such station" }],
  );
  client.send({ name: "END" });
  assert.deepEqual(hear("OK\r\nEND"), [{ kind: "end" }]);
});

const cutsOf = (bytes: Uint8Array) => {
  const random = randomStream(bytes.length, "cuts");
  return Array.from({ length: 5 }, () => 1 + random.integer(90));
};
const pieces = (bytes: Uint8Array, cuts: readonly number[]) => {
  const parts: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; at += cuts[i % cuts.length]!, i++)
    parts.push(bytes.subarray(at, at + cuts[i % cuts.length]!));
  return parts;
};

fuzzDecoder(
  "commands at a SeedLink server, cut at random",
  (bytes) => {
    const say = (parts: readonly Uint8Array[]) => ask(parts.map((part) => new TextDecoder("latin1").decode(part))).said;
    return [say(pieces(bytes, cutsOf(bytes))), say([bytes])];
  },
  [
    bytesOf(
      "HELLO\r\nSLPROTO 4.0\r\nUSERAGENT a/1\r\nAUTH USERPASS a b\r\nSTATION GE_*\r\nSELECT *_B_H_? !*.2E\r\nDATA 17 2012-05-11T00:00:00Z\r\nINFO STREAMS\r\nEND\r\nINFO ID\r\nBYE\r\n",
    ),
    bytesOf(
      "HELLO\r\nCAT\r\nBATCH\r\nSTATION APE GE\r\nSELECT 00BHZ.D\r\nFETCH FF890D 2012,5,11,0,0,0\r\nSTATION WLF GE\r\nTIME 2012,5,11,0,0,0\r\nEND\r\n",
    ),
  ],
  ([cut, whole]) => assert.equal(cut, whole),
);

const segment = {
  channel: { network: "GE", station: "APE", location: "", channel: "BHZ" },
  startTime: 1.5e9,
  sampleRateHz: 20,
  samples: Int32Array.from({ length: 50 }, (_, i) => i * 3),
};
const record256 = writeMiniSeed2([segment], { recordLength: 256, byteOrder: "little" });
const record3 = writeMiniSeed3([segment]);

const streams = [
  concatBytes([
    bytesOf("SeedLink v4.0 (x) :: SLPROTO:4.0\r\nOrg\r\nOK\r\n"),
    writePacket(
      {
        sequence: 1n,
        station: "",
        format: "J",
        subformat: "I",
        payload: bytesOf(writeInfoJson({ software: "x", organization: "y" })),
      },
      4,
    ),
    writePacket({ sequence: 7n, station: "GE_APE", format: "3", subformat: "D", payload: record3 }, 4),
    bytesOf("END"),
  ]),
  concatBytes([
    bytesOf("SeedLink v3.1 (x)\r\nOrg\r\nERROR\r\n"),
    ...writeInfoRecords(writeInfoXml({ software: "x", organization: "y".repeat(600) }), 1e9, false),
    writePacket({ sequence: 7n, station: "", format: "2", subformat: "D", payload: record256 }, 3),
    bytesOf("END"),
  ]),
];
fuzzDecoder(
  "the answers at a SeedLink client, cut at random",
  (bytes) => {
    const hear = (parts: readonly Uint8Array[]) => {
      const client = new SeedLinkClient(5_000);
      client.send({ name: "HELLO" });
      client.send({ name: "SLPROTO", version: "4.0" });
      client.send({ name: "INFO", item: "ID", station: null, stream: null });
      client.send({ name: "END" });
      return parts.flatMap((part) => client.receive(part).events.map(({ kind }) => kind));
    };
    return [hear(pieces(bytes, cutsOf(bytes))), hear([bytes])];
  },
  streams,
  ([cut, whole]) => assert.deepEqual(cut, whole),
);
