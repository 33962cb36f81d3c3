import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MASK_24, type SeedLinkCommand, type SeedLinkVersion } from "./command.ts";
import { parseCommand } from "./parseCommand.ts";
import { isErrorReply, parseHello, writeHello } from "./reply.ts";
import { writeCommand } from "./writeCommand.ts";

const plain = { noNullPrototype: true };
const word = fc.string({ unit: fc.constantFrom(..."ABCXYZ019_?*"), minLength: 1, maxLength: 8 });

const second = fc.integer({ min: 0, max: 4e9 });
const micro = fc.integer({ min: 0, max: 4e15 }).map((value) => value / 1e6);
const window = (time: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.constant({ startTime: null, endTime: null }),
    fc.record({ startTime: time, endTime: fc.option(time) }, plain),
  );

const common = [
  fc.record({ name: fc.constantFrom("HELLO", "CAT", "BATCH", "END", "ENDFETCH", "BYE") }, plain),
  fc.record({ name: fc.constant("SLPROTO"), version: fc.constantFrom("3.1", "4.0", "9.9") }, plain),
  fc.record({ name: fc.constant("USERAGENT"), agent: fc.constantFrom("a/1", "a/1 b/2.0") }, plain),
  fc.record({ name: fc.constant("CAPABILITIES"), capabilities: fc.array(word, { minLength: 1, maxLength: 3 }) }, plain),
  fc.record({ name: fc.constant("AUTH"), method: fc.constant("USERPASS"), credentials: fc.tuple(word, word) }, plain),
  fc.record({ name: fc.constant("AUTH"), method: fc.constant("JWT"), credentials: fc.tuple(word) }, plain),
  fc.record(
    {
      name: fc.constant("INFO"),
      item: fc.constantFrom("ID", "STREAMS"),
      station: fc.option(word),
      stream: fc.constant(null),
    },
    plain,
  ),
];
const anyStation = fc
  .tuple(fc.constantFrom("GE", "?", "*"), fc.constantFrom("APE", "W*", "WLF"))
  .map(([network, name]) => `${network}_${name}`);
const station = fc.record({ name: fc.constant("STATION"), station: anyStation }, plain);
const commands: Readonly<Record<SeedLinkVersion, fc.Arbitrary<SeedLinkCommand>>> = {
  3: fc.oneof(
    ...common,
    station,
    fc.record(
      { name: fc.constant("SELECT"), patterns: fc.array(fc.constantFrom("BHZ", "00BH?.D"), { maxLength: 1 }) },
      plain,
    ),
    fc
      .tuple(fc.constantFrom("DATA", "FETCH"), fc.bigInt({ min: 0n, max: MASK_24 }), window(second))
      .map(([name, sequence, times]) => ({ name, sequence, ...times })),
    fc.constantFrom("DATA", "FETCH").map((name) => ({ name, sequence: "next", startTime: null, endTime: null })),
    fc.record({ name: fc.constant("TIME"), startTime: second, endTime: fc.option(second) }, plain),
  ) as fc.Arbitrary<SeedLinkCommand>,
  4: fc.oneof(
    ...common,
    station,
    fc.record(
      {
        name: fc.constant("SELECT"),
        patterns: fc.array(fc.constantFrom("*", "*_B_H_?.2D", "!*.2E"), { minLength: 1, maxLength: 3 }),
      },
      plain,
    ),
    fc
      .tuple(fc.oneof(fc.constant("all" as const), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })), window(micro))
      .map(([sequence, times]) => ({ name: "DATA", sequence, ...times })),
    fc.constant({ name: "DATA", sequence: "next", startTime: null, endTime: null }),
  ) as fc.Arbitrary<SeedLinkCommand>,
};

test("any command comes back in both versions", () => {
  for (const version of [3, 4] as const)
    fc.assert(
      fc.property(commands[version], (command) => {
        const line = writeCommand(command, version);
        assert.ok(line.endsWith("\r\n"));
        assert.deepEqual(parseCommand(line.slice(0, -2), version), command);
        assert.deepEqual(
          parseCommand(
            line.slice(0, -2).replace(/^\w+/, (name) => name.toLowerCase()),
            version,
          ),
          command,
        );
      }),
      { numRuns: 500 },
    );
});

test("commands as the specification's examples have them", () => {
  const read = (line: string, version: SeedLinkVersion) => parseCommand(line, version);
  const none = { startTime: null, endTime: null };
  assert.deepEqual(read("DATA FF890D", 3), { name: "DATA", sequence: 0xff890dn, ...none });
  assert.deepEqual(read("DATA 1405339897", 4), { name: "DATA", sequence: 1405339897n, ...none });
  assert.deepEqual(read("DATA -1 2012-05-11T00:00:00Z", 4), {
    name: "DATA",
    sequence: "next",
    startTime: Date.UTC(2012, 4, 11) / 1e3,
    endTime: null,
  });
  assert.deepEqual(read("STATION WLF GE", 3), { name: "STATION", station: "GE_WLF" });
  assert.deepEqual(read("STATION WLF", 3), { name: "STATION", station: "*_WLF" });
  assert.deepEqual(read("SELECT *.*O:native *:3", 4), { name: "SELECT", patterns: ["*.*O:native", "*:3"] });
  assert.deepEqual(read("info\tstations GE_*", 4), { name: "INFO", item: "STATIONS", station: "GE_*", stream: null });
  const refused = (line: string, version: SeedLinkVersion) => {
    const parsed = read(line, version);
    return isErrorReply(parsed) ? parsed.code : parsed.name;
  };
  for (const line of [
    "SELECT",
    "DATA x",
    "DATA 1 2 3 4",
    "DATA 99999999999999999999",
    "DATA 1 yesterday",
    "STATION",
    "STATION a b",
    "STATION G;E",
    "INFO",
    "AUTH USERPASS a",
  ])
    assert.equal(refused(line, 4), "ARGUMENTS", line);
  for (const line of ["JUMP", "FETCH", "TIME 2012,5,11", "AUTH TOKEN x"])
    assert.equal(refused(line, 4), "UNSUPPORTED", line);
  for (const line of ["DATA 1234567", "TIME", "TIME 2012,13,1,0,0,0", "STATION a b c"])
    assert.equal(refused(line, 3), "ARGUMENTS", line);
});

test("who a server is, as servers of several kinds say it", () => {
  const parsed = parseHello("SeedLink v3.1 (2017.052) :: SLPROTO:3.1 CAP EXTREPLY NSWILDCARD BATCH WS:13", "IRIS");
  assert.deepEqual(parsed, {
    software: "2017.052",
    organization: "IRIS",
    protocols: ["3.1"],
    capabilities: ["CAP", "EXTREPLY", "NSWILDCARD", "BATCH", "WS:13"],
  });
  assert.deepEqual(parseHello("SeedLink v3.3 (2020.122)", "GEOFON").protocols, ["3.3"]);
  assert.equal(
    writeHello({ software: "MySeedLink v1.0", organization: "GEOFON", protocols: ["4.0"], capabilities: [] }),
    "SeedLink v4.0 (MySeedLink v1.0) :: SLPROTO:4.0\r\nGEOFON\r\n",
  );
});
