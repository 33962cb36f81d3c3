import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { channelOfSourceId } from "../miniseed/sourceId.ts";
import { writeMiniSeed2 } from "../miniseed/write2.ts";
import { writeMiniSeed3 } from "../miniseed/write3.ts";
import type { SeedLinkVersion } from "./command.ts";
import { fullSequence, type SeedLinkPacket } from "./packet.ts";
import { fits, parseSelector, requestFor, type StationRequest, seedLinkIds, selectorForms } from "./selector.ts";
import {
  SeedLinkServer,
  type SeedLinkServerEvent,
  type SeedLinkServerOptions,
  type SeedLinkServerStep,
} from "./server.ts";
import { SeedLinkSubscriber, type SubscriberEvent, type Subscription } from "./subscriber.ts";

test("patterns: the specification's examples, and a twin that tries every way", () => {
  assert.equal(fits("_*Z", "_B_H_Z"), true);
  assert.equal(fits("_*Z", "00_B_H_Z"), false);
  assert.equal(fits("_*Z", "_B_Z_H"), false);
  const slow = (pattern: string, text: string): boolean => {
    if (pattern === "") return text === "";
    const rest = pattern.slice(1);
    if (pattern[0] === "*") return slow(rest, text) || (text !== "" && slow(pattern, text.slice(1)));
    return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && slow(rest, text.slice(1));
  };
  const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 });
  fc.assert(
    fc.property(letters("ab*?"), letters("ab"), (pattern, text) =>
      assert.equal(fits(pattern, text), slow(pattern, text)),
    ),
    { numRuns: 2_000 },
  );
  const before = process.cpuUsage();
  fits("*a".repeat(120), `${"a".repeat(100_000)}b`);
  assert.ok(process.cpuUsage(before).user < 20e6);
});

const request = (station: string, version: SeedLinkVersion, ...patterns: string[]): StationRequest => ({
  station,
  selectors: patterns.map((pattern) => parseSelector(pattern, version)!),
  sequence: "next",
  startTime: null,
  endTime: null,
});
const taken = (requests: readonly StationRequest[], station: string, stream: string, format = "2D") =>
  requestFor(requests, { station, stream, format })?.request.station ?? null;

test("stations and selectors: the specification's examples", () => {
  const requests = [request("GE_WLF", 4, "*_B_*_*"), request("*F", 4, "*_B_*"), request("G*", 4, "*_B*")];
  assert.equal(taken(requests, "GE_WLF", "_B_H_Z"), "GE_WLF");
  // Taken by the first alone, and that one does not want it.
  assert.equal(taken(requests, "GE_WLF", "_H_B_Z"), null);
  assert.equal(taken(requests, "XX_ABF", "_H_B_Z"), "*F");
  assert.equal(taken(requests, "GE_APE", "_H_H_BZ"), "G*");
  assert.equal(taken(requests, "XX_APE", "_B_H_Z"), null);
  const filtered = [request("*", 4, "*.*O:native", "*:3")];
  const filter = (format: string) => requestFor(filtered, { station: "X_Y", stream: "_B_H_Z", format })?.filter;
  assert.deepEqual([filter("2O"), filter("2D")], ["native", "3"]);
  const without = [request("*", 4, "_B*", "!*.*E")];
  assert.deepEqual([taken(without, "X_Y", "_B_H_Z"), taken(without, "X_Y", "_B_H_Z", "2E")], ["*", null]);
  assert.equal(taken([request("*", 4, "!_L*")], "X_Y", "_B_H_Z"), "*", "what is left out leaves the rest");
  assert.equal(parseSelector("!*:3", 4), null);
});

test("a selector in either form is what the other version writes, and both choose the same", () => {
  for (const [three, four] of [
    ["BHZ", "*_B_H_Z"],
    ["00BH?", "00_B_H_?"],
    ["--LHZ", "_L_H_Z"],
    ["!00BHZ", "!00_B_H_Z"],
  ] as const) {
    assert.deepEqual(selectorForms(three), { 3: three, 4: four });
    assert.deepEqual(selectorForms(four), { 3: three, 4: four });
    assert.equal(parseSelector(three, 3)!.stream, parseSelector(four, 4)!.stream);
  }
  for (const text of ["00_*", "*", "LOG.L", "nonsense"]) assert.deepEqual(selectorForms(text), { 3: text, 4: text });
});

test("selectors of version 3", () => {
  const takes = (pattern: string, stream: string, format = "2D") =>
    taken([request("*", 3, pattern)], "X_Y", stream, format) !== null;
  assert.ok(
    takes("BHZ", "00_B_H_Z") && takes("BHZ.D", "_B_H_Z") && takes("00BH?.D", "00_B_H_E") && takes("--BHZ", "_B_H_Z"),
  );
  assert.ok(takes(".L", "_L_O_G", "2L") && !takes(".L", "_L_O_G", "2D"));
  assert.ok(!takes("00BHZ", "_B_H_Z") && !takes("--BHZ", "00_B_H_Z") && !takes("BHZ.E", "_B_H_Z"));
  for (const bad of ["", "!", "B", "00BHZX", "BHZ.DD", "B H"]) assert.equal(parseSelector(bad, 3), null, bad);
});

test("identifiers of channels", () => {
  const ids = (network: string, station: string, location: string, channel: string) =>
    seedLinkIds({ network, station, location, channel });
  assert.deepEqual(ids("GE", "APE", "", "BHZ"), { station: "GE_APE", stream: "_B_H_Z" });
  const { station, stream } = ids("IM", "ARA0", "00", "SHZ");
  assert.deepEqual(channelOfSourceId(`FDSN:${station}_${stream}`), {
    network: "IM",
    station: "ARA0",
    location: "00",
    channel: "SHZ",
  });
});

const stations = ["GE_APE", "GE_WLF", "IU_ANMO"];
const channels = ["BHZ", "BHE", "LOG"];
/** What a server holds: a packet of each channel of each station, over and over. */
const held: readonly (SeedLinkPacket & { readonly stream: string })[] = Array.from({ length: 40 }, (_, i) => {
  const [network, station] = stations[i % 3]!.split("_") as [string, string];
  const channel = { network, station, location: "", channel: channels[Math.floor(i / 3) % 3]! };
  const segment = { channel, startTime: 1.5e9 + 10 * i, sampleRateHz: 20, samples: new Int32Array(50).fill(i) };
  const isNew = i % 2 === 1;
  return {
    ...seedLinkIds(channel),
    sequence: BigInt(i) + 0x1_000000n,
    format: isNew ? "3" : "2",
    subformat: "D",
    payload: isNew ? writeMiniSeed3([segment]) : writeMiniSeed2([segment]),
  };
});

/** A subscriber and a server with what is held, each hearing the other in pieces of `cut` bytes. */
function talk(
  subscription: Subscription,
  cut: number,
  options: Partial<SeedLinkServerOptions> = {},
  refuses: readonly string[] = [],
) {
  const server = new SeedLinkServer({ software: "Test/1", organization: "Org", ...options });
  const subscriber = new SeedLinkSubscriber(subscription);
  const toServer: Uint8Array[] = [subscriber.start()];
  const toClient: Uint8Array[] = [];
  const events: SubscriberEvent[] = [];
  const take = ({ send, events: asked }: SeedLinkServerStep) => {
    toClient.push(send);
    for (const event of asked) answer(event);
  };
  const answer = (event: SeedLinkServerEvent) => {
    if (event.kind === "authenticate") {
      const isRight = event.credentials.join() === "user,secret";
      take(isRight ? server.accept() : server.refuse({ code: "AUTH", message: "wrong" }));
    } else if (event.kind === "stream") {
      for (const packet of held) if (wants(event.requests, packet)) take(server.packet(packet));
      if (event.isDialUp) take(server.endOfData());
    }
  };
  const wants = (
    requests: readonly StationRequest[],
    { station, stream, format, subformat, sequence }: (typeof held)[number],
  ) => {
    const found = requestFor(requests, { station, stream, format: format + subformat })?.request;
    if (!found || found.sequence === "next") return false;
    const latest = held.at(-1)!.sequence;
    const from =
      found.sequence === "all" ? 0n : server.version === 3 ? fullSequence(found.sequence, latest) : found.sequence;
    return sequence >= from;
  };
  const pieces = function* (queue: Uint8Array[]) {
    for (let bytes = queue.shift(); bytes; bytes = queue.shift())
      for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  };
  while (toServer.length + toClient.length > 0) {
    for (const piece of pieces(toServer)) if (!server.isClosed) take(server.receive(piece));
    for (const piece of pieces(toClient)) {
      const step = subscriber.receive(piece);
      assert.deepEqual(step.problems, []);
      if (step.send.length > 0) toServer.push(step.send);
      events.push(...step.events);
    }
  }
  assert.deepEqual(
    events.flatMap((event) => (event.kind === "refused" ? [event.command.name] : [])),
    refuses,
  );
  return {
    packets: events.flatMap((event) => (event.kind === "packet" ? [event.packet] : [])),
    kinds: events.map(({ kind }) => kind),
    server,
  };
}

test("a subscriber hears what it asked for, in either version and in pieces of any size", () => {
  const selectors = { 3: ["BH?"], 4: ["*_B_H_?"] };
  const requests = [
    { station: "GE_APE", selectors, sequence: 0x1_000004n },
    { station: "IU_*", sequence: 0x1_00000an },
  ];
  const expected = held.filter(
    ({ station, stream, sequence }) =>
      (station === "GE_APE" && stream.includes("B_H") && sequence >= 0x1_000004n) ||
      (station === "IU_ANMO" && sequence >= 0x1_00000an),
  );
  assert.ok(expected.length > 10);
  for (const version of [3, 4] as const)
    for (const cut of [1, 2, 7, 1_000]) {
      const { packets, kinds, server } = talk({ requests, isDialUp: true, version, userAgent: "test/1" }, cut);
      assert.equal(server.version, version);
      assert.deepEqual(
        packets.map(({ payload }) => payload),
        expected.map(({ payload }) => payload.slice()),
      );
      assert.deepEqual(
        packets.map(({ sequence }) => sequence & 0xffffffn),
        expected.map(({ sequence }) => sequence & 0xffffffn),
      );
      assert.equal(kinds.at(-1), "end");
    }
});

test("a subscriber leaves out what is refused", () => {
  const known = { hasStation: (pattern: string) => pattern !== "XX_NONE" };
  const requests = ["XX_NONE", "GE_WLF"].map((station) => ({
    station,
    selectors: { 3: ["BHZ"], 4: ["*"] },
    sequence: 0x1_000000n,
  }));
  for (const version of [3, 4] as const) {
    const { packets } = talk({ requests, isDialUp: true, version }, 100, known, ["STATION"]);
    const isWanted = ({ station, stream }: (typeof held)[number]) =>
      station === "GE_WLF" && (version === 4 || stream === "_B_H_Z");
    assert.equal(packets.length, held.filter(isWanted).length);
  }
  const { kinds, server } = talk({ requests: requests.slice(0, 1), isDialUp: true }, 100, known, ["STATION"]);
  assert.ok(kinds.includes("nothing-accepted") && server.isClosed);
});

test("a subscriber says who it is", () => {
  const requests = [{ station: "GE_APE", sequence: "all" as const }];
  const authentication = { method: "USERPASS", credentials: ["user", "secret"] } as const;
  assert.equal(talk({ requests, isDialUp: true, authentication }, 9).kinds.at(-1), "end");
  const wrong = { ...authentication, credentials: ["user", "guess"] };
  assert.equal(talk({ requests, isDialUp: true, authentication: wrong }, 9, {}, ["AUTH"]).kinds.at(-1), "end");
});

test("a window of time in version 3 asks by TIME", () => {
  const { packets } = talk({ requests: [{ station: "GE_APE", sequence: "all" }], isDialUp: false, version: 3 }, 50);
  assert.equal(packets.length, held.filter(({ station }) => station === "GE_APE").length);
});
