/** Both machines held to stored sessions with a real server, ringserver 4.5.3: what each side says must be what was said, byte for byte. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import { DataLinkClient } from "../datalink/client.ts";
import type { DataLinkPacket } from "../datalink/message.ts";
import { concatBytes } from "../step.ts";
import { readSession, type Session } from "../transcript.test.ts";
import { SeedLinkClient, type SeedLinkClientEvent } from "./client.ts";
import type { SeedLinkCommand, StartSequence } from "./command.ts";
import type { SeedLinkInfo } from "./info.ts";
import type { SeedLinkPacket } from "./packet.ts";
import { requestFor } from "./selector.ts";
import { SeedLinkServer, type SeedLinkServerEvent, type SeedLinkServerStep } from "./server.ts";

const FOLDER = "formats/seedlink-transcripts";
const time = (text: string) => Date.parse(text) / 1e3;
const WINDOW = { startTime: time("2012-05-11T00:00:00Z"), endTime: time("2012-05-13T00:00:00Z") };
const NO_WINDOW = { startTime: null, endTime: null };
const begin = (
  name: "DATA" | "FETCH",
  sequence: StartSequence,
  window: { startTime: number | null; endTime: number | null } = NO_WINDOW,
) => ({ name, sequence, ...window }) as const;
const station = { name: "STATION", station: "XX_TEST" } as const;
const protocol = (version: string) => ({ name: "SLPROTO", version }) as const;
const info = (item: string) => ({ name: "INFO", item, station: null, stream: null }) as const;
const auth = { name: "AUTH", method: "USERPASS", credentials: ["a", "b"] } as const;
const select = (pattern: string) => ({ name: "SELECT", patterns: [pattern] }) as const;

/** What the client said in each session, and what the server's answers come to. */
const sessions: Readonly<
  Record<string, { readonly said: readonly SeedLinkCommand[]; readonly events: readonly string[] }>
> = {
  "seedlink3-fetch-seq": {
    said: [station, begin("FETCH", 1n), { name: "END" }],
    events: ["accepted STATION", "accepted FETCH", "end"],
  },
  "seedlink3-hello-cat": {
    said: [{ name: "HELLO" }, { name: "CAT" }, info("ID"), info("CAPABILITIES"), { name: "BYE" }],
    events: ["hello RingServer/4.5.3", "text CAT", "info ID", "info CAPABILITIES"],
  },
  "seedlink3-multistation-data": {
    said: [station, select("BHZ.D"), begin("DATA", 1n), { name: "END" }, { name: "BYE" }],
    events: ["accepted STATION", "accepted SELECT", "accepted DATA"],
  },
  "seedlink3-unistation-fetch": { said: [select("BHZ"), begin("FETCH", "next")], events: ["accepted SELECT", "end"] },
  "seedlink3-unistation-time": {
    said: [{ name: "TIME", ...WINDOW }, begin("FETCH", "next")],
    events: ["packet 2", "packet 3", "packet 4", "packet 5", "packet 6", "packet 7", "packet 8"],
  },
  "seedlink4-badproto": {
    said: [protocol("9.9"), protocol("4.0"), auth, { name: "OTHER", line: "STATION bad id" }],
    events: ["refused UNSUPPORTED", "accepted SLPROTO", "refused INTERNAL", "refused ARGUMENTS"],
  },
  "seedlink4-data-all": {
    said: [protocol("4.0"), station, begin("DATA", "all"), { name: "END" }, { name: "BYE" }],
    events: ["accepted SLPROTO", "accepted STATION", "accepted DATA"],
  },
  "seedlink4-data": {
    said: [protocol("4.0"), station, select("*"), begin("DATA", "all"), { name: "ENDFETCH" }],
    events: ["accepted SLPROTO", "accepted STATION", "accepted SELECT", "accepted DATA", "end"],
  },
  "seedlink4-errors": {
    said: [
      protocol("4.0"),
      { name: "OTHER", line: "BOGUS" },
      select("*"),
      begin("DATA", "next"),
      { name: "SLPROTO", version: "9.9" },
      auth,
      info("BOGUS"),
    ],
    events: ["accepted SLPROTO", "refused UNSUPPORTED", "accepted SELECT", "info BOGUS ARGUMENTS"],
  },
  "seedlink4-fetch": {
    said: [protocol("4.0"), station, select("_B_H_Z:3"), begin("DATA", "all"), { name: "ENDFETCH" }],
    events: ["accepted SLPROTO", "accepted STATION", "accepted SELECT", "accepted DATA", "end"],
  },
  "seedlink4-hello-info": {
    said: [
      { name: "HELLO" },
      protocol("4.0"),
      { name: "OTHER", line: "GETCAPABILITIES" },
      { name: "USERAGENT", agent: "formatstest/1.0" },
      ...["ID", "FORMATS", "CAPABILITIES", "STATIONS", "STREAMS"].map(info),
      { name: "BYE" },
    ],
    events: [
      "hello RingServer/4.5.3",
      "accepted SLPROTO",
      "refused UNSUPPORTED",
      "accepted USERAGENT",
      "info ID",
      "info FORMATS",
      "info CAPABILITIES",
      "info STATIONS",
      "info STREAMS",
    ],
  },
  "seedlink4-select-star": {
    said: [protocol("4.0"), station, select("*"), begin("DATA", 1n), { name: "ENDFETCH" }],
    events: ["accepted SLPROTO", "accepted STATION", "accepted SELECT", "accepted DATA", "end"],
  },
  "seedlink4-time": {
    said: [protocol("4.0"), station, begin("DATA", "all", WINDOW), { name: "ENDFETCH" }],
    events: [
      ...["accepted SLPROTO", "accepted STATION", "accepted DATA"],
      ...[2, 3, 4, 5, 6, 7, 8].map((number) => `packet ${number} XX_TEST`),
      "end",
    ],
  },
};

function summary(event: SeedLinkClientEvent): string {
  switch (event.kind) {
    case "hello":
      return `hello ${event.hello.software}`;
    case "accepted":
      return `accepted ${event.command.name}`;
    case "refused":
      return `refused ${event.error.code}`;
    case "text":
      return `text ${event.command.name}`;
    case "packet":
      return `packet ${event.packet.sequence} ${event.packet.station}`.trim();
    case "info": {
      const item = event.command?.name === "INFO" ? event.command.item : "?";
      return `info ${item} ${event.info?.error?.code ?? ""}`.trim();
    }
    case "end":
      return "end";
  }
}

/** What a client makes of a session whose answers come in pieces; it hears each answer whole before it speaks again, as it was stored. */
function hear(
  { turns, heard }: Session,
  said: readonly SeedLinkCommand[],
  cut: number,
): readonly SeedLinkClientEvent[] {
  const client = new SeedLinkClient();
  const events: SeedLinkClientEvent[] = [];
  let from = 0;
  for (const [i, turn] of turns.entries()) {
    assert.deepEqual(client.send(said[i]!), turn.sent);
    // What came after the last turn's waiting time belongs to it.
    const end = i === turns.length - 1 ? heard.length : from + turn.heardLength;
    for (let at = from; at < end; at += cut) {
      const { events: some, problems } = client.receive(heard.subarray(at, Math.min(end, at + cut)));
      assert.deepEqual(problems, []);
      events.push(...some);
    }
    from = end;
  }
  assert.equal(from, heard.length);
  return events;
}

for (const [name, { said, events }] of Object.entries(sessions))
  referenceTest(`the client in the stored session ${name}`, [FOLDER], (_t, [folder]) => {
    const session = readSession(folder!, name);
    assert.equal(session.turns.length, said.length);
    for (const cut of [1, 3, 100, 10_000])
      assert.deepEqual(hear(session, said, cut).map(summary), events, `cut at ${cut}`);
  });

/** The ring of the server as DataLink streamed it in another session; the last two packets were written after the sessions here. */
const ringOf = (folder: string): readonly DataLinkPacket[] =>
  new DataLinkClient()
    .receive(readSession(folder, "datalink-stream").heard)
    .events.flatMap(({ reply }) => (reply.kind === "packet" && reply.packet <= 8n ? [reply] : []));

const STARTED = time("2026-11-22T13:29:03Z");
const DATA_TIMES = { startTime: time("2012-05-12T00:00:00Z"), endTime: time("2012-05-12T00:00:12.450Z") };
const stationInfo = { id: "XX_TEST", description: "Station ID XX_TEST", startSequence: 1, endSequence: 9 };
const VERSION_3_CAPABILITIES = [
  "dialup",
  "multistation",
  "window-extraction",
  ...["id", "capabilities", "stations", "streams", "connections"].map((item) => `info:${item}`),
];

/** What the server knew about itself. */
function document(item: string, { identity, version }: SeedLinkServer): SeedLinkInfo | null {
  const started = { ...identity, startedAt: STARTED };
  switch (item) {
    case "ID":
      return { ...started, dataLinkProtocols: ["DLPROTO:1.1"], seedLinkProtocols: ["SLPROTO:4.0", "SLPROTO:3.1"] };
    case "FORMATS":
      return {
        ...identity,
        formats: new Map([
          ["2", { mimetype: "application/vnd.fdsn.mseed", subformats: new Map([["D", "Data"]]) }],
          ["3", { mimetype: "application/vnd.fdsn.mseed3", subformats: new Map([["D", "Data"]]) }],
        ]),
        filters: new Map([
          ["native", "native format of data, no conversion"],
          ["3", "data in miniSEED v3 (if possible)"],
        ]),
      };
    case "CAPABILITIES":
      if (version === 3) return { ...started, capabilities: VERSION_3_CAPABILITIES };
      return { ...identity, capabilities: ["SLPROTO:4.0", "SLPROTO:3.1", "TIME", "WS:13", "SEQWILDCARD"] };
    case "STATIONS":
      return { ...identity, stations: [stationInfo] };
    case "STREAMS": {
      const streams = ["2", "3"].map((format) => ({ id: "_B_H_Z", format, subformat: "D", ...DATA_TIMES }));
      return { ...identity, stations: [{ ...stationInfo, streams }] };
    }
    default:
      return null;
  }
}

/** What a server says to the client of a session, whose words come in pieces. */
function serve({ turns }: Session, ring: readonly DataLinkPacket[], cut: number): Uint8Array {
  const server = new SeedLinkServer({
    software: "RingServer/4.5.3",
    organization: "FormatsTest",
    capabilities: ["CAP", "WS:13"],
  });
  const parts: Uint8Array[] = [];
  const take = ({ send, events, problems }: SeedLinkServerStep) => {
    parts.push(send);
    assert.deepEqual(problems, []);
    for (const event of events) answer(event);
  };
  const answer = (event: SeedLinkServerEvent) => {
    switch (event.kind) {
      case "authenticate":
        take(server.refuse({ code: "INTERNAL", message: "Error performing authentication" }));
        break;
      case "catalogue":
        take(server.catalogue(["CAT command not implemented"]));
        break;
      case "info": {
        const found = document(event.item, server);
        // As the stored records of version 3 have it.
        const now = time(event.item === "ID" ? "2026-11-22T13:29:13Z" : "2026-11-22T13:29:14Z");
        if (found) take(server.info(found, now));
        else take(server.refuse({ code: "ARGUMENTS", message: "Unrecognized INFO item" }, now));
        break;
      }
      case "stream":
        for (const packet of chosen(ring, event)) take(server.packet(packet));
        if (event.isDialUp) take(server.endOfData());
        break;
      default:
    }
  };
  for (const { sent } of turns)
    for (let at = 0; at < sent.length && !server.isClosed; at += cut) take(server.receive(sent.subarray(at, at + cut)));
  return concatBytes(parts);
}

/** ringserver sends what it holds only where a window of time is asked for. */
function* chosen(
  ring: readonly DataLinkPacket[],
  { requests }: Extract<SeedLinkServerEvent, { kind: "stream" }>,
): Generator<SeedLinkPacket> {
  for (const { stream, packet, startTime, endTime, data } of ring) {
    const [, stationId, streamId, type] = /^FDSN:([^_]*_[^_]*)_(.*)\/MSEED(3?)$/.exec(stream)! as unknown as [
      string,
      string,
      string,
      string,
    ];
    const format = type === "3" ? "3" : "2";
    const found = requestFor(requests, { station: stationId, stream: streamId, format: `${format}D` });
    if (!found?.request.startTime || endTime < found.request.startTime) continue;
    if (startTime > (found.request.endTime ?? Number.POSITIVE_INFINITY)) continue;
    yield { sequence: packet, station: stationId, format, subformat: "D", payload: data };
  }
}

for (const name of Object.keys(sessions))
  referenceTest(`the server in the stored session ${name}`, [FOLDER], (_t, [folder]) => {
    const session = readSession(folder!, name);
    const ring = ringOf(folder!);
    for (const cut of [1, 3, 10_000]) {
      const said = serve(session, ring, cut);
      assert.equal(
        new TextDecoder("latin1").decode(said),
        new TextDecoder("latin1").decode(session.heard),
        `cut at ${cut}`,
      );
    }
  });

test("every stored session of SeedLink is looked at", () => assert.equal(Object.keys(sessions).length, 13));

referenceTest("a client that speaks HTTP is handed on as it spoke", [FOLDER], (_t, [folder]) => {
  const { turns } = readSession(folder!, "http_streams_json");
  for (const cut of [1, 4, 100]) {
    const server = new SeedLinkServer({ software: "x", organization: "y" });
    const parts: Uint8Array[] = [];
    for (let at = 0; at < turns[0]!.sent.length; at += cut) {
      const { send, events } = server.receive(turns[0]!.sent.subarray(at, at + cut));
      assert.equal(send.length, 0);
      for (const event of events) if (event.kind === "http") parts.push(event.bytes);
    }
    assert.deepEqual(concatBytes(parts), turns[0]!.sent);
  }
});
