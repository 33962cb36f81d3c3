/**
 * Requests against the specification's own wording of environments (IDC-3.4.1Rev1), the messages of the International Data Centre's own tests of its
 * parser, and hostile bytes.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { referencePath, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { decodeImsRequests } from "./decode.ts";
import { isAskedFor } from "./pattern.ts";
import { writeImsWaveformRequest } from "./write.ts";

const decode = (text: string | Uint8Array) =>
  decodeImsRequests(typeof text === "string" ? new TextEncoder().encode(text) : text);

const body = (...lines: string[]) => ["BEGIN IMS2.0", "MSG_TYPE REQUEST", "MSG_ID 1", ...lines, "STOP"].join("\n");
const codes = (...lines: string[]) => decode(body(...lines)).items[0]!.problems.map(({ code }) => code);

test("a request in any case, with lists that are set, replaced and reset, lines that go on and blanks before them", () => {
  const { items } = decode(
    [
      ...["  begin ims2.0", "msg_type request", "", "msg_id ex009 any_ndc", "e-mail name@my.computer"],
      ...["time 1999/06/13 02:00 to \\", "  1999/06/13 02:05", "sta_list CMAR, KAZ*", "chan_list sh*"],
      ...["waveform ims2.0:cm6", "Sta_List", "CHAN_LIST", "TIME 1999/6/13 03:00:00.500 TO 1999/6/13 04:00"],
      ...["WAVEFORM GSE2.0:INT", "stop"],
    ].join("\r\n"),
  );
  const [message] = items;
  assert.equal(items.length, 1);
  assert.deepEqual(message!.problems, []);
  assert.deepEqual([message!.type, message!.id, message!.source], ["REQUEST", "ex009", "any_ndc"]);
  assert.deepEqual(message!.reply, { way: "E-MAIL", address: "name@my.computer" });
  const day = epoch(1999, 6, 13);
  const told = message!.requests.map(({ kind, format, subformat, environment: { time, lists }, line }) => [
    ...[kind, format, subformat, time, lists.stations, lists.channels, line],
  ]);
  assert.deepEqual(told, [
    ["WAVEFORM", "IMS2.0", "CM6", { from: day + 7200, to: day + 7500 }, ["CMAR", "KAZ*"], ["SH*"], 10],
    ["WAVEFORM", "GSE2.0", "INT", { from: day + 10_800.5, to: day + 14_400 }, ["*"], ["*Z"], 14],
  ]);
});

test("environments of the standard: ranges open at an end, thresholds, what is relative holds for one line only", () => {
  const { requests, problems } = decode(
    body(
      ...["time 1999/06/01 to 1999/07/01", "bull_type idc_reb", "mag 3.5 to 5.0", "depth to 30", "lat -30 to -20"],
      ...["lon 170 to -170", "mag_type mb,Ms", "depth_conf 0.95", "relative_to event", "waveform", "mag", "bulletin"],
    ),
  ).items[0]!;
  assert.deepEqual(problems, []);
  const [first, second] = requests.map(({ environment }) => environment);
  assert.equal(first!.bulletin, "REB");
  assert.deepEqual(first!.ranges.magnitude, { from: 3.5, to: 5 });
  assert.deepEqual(first!.ranges.depthKm, { from: Number.NEGATIVE_INFINITY, to: 30 });
  assert.deepEqual(first!.ranges.longitudeDeg, { from: 170, to: -170 });
  assert.deepEqual(first!.lists.magnitudeTypes, ["MB", "MS"]);
  assert.deepEqual([first!.thresholds["DEPTH_CONF"], first!.thresholds["MBMS_SLOPE"]], [0.95, 1.25]);
  assert.deepEqual([first!.relativeTo, second!.relativeTo], ["EVENT", ""]);
  assert.equal(second!.ranges.magnitude.from, Number.NEGATIVE_INFINITY);
});

referenceTest(
  "the requests with which the IDC tests its own parser: sound ones are read whole, the others named",
  ["formats/ims"],
  () => {
    const messages = JSON.parse(
      readFileSync(referencePath("formats/ims/idc-autodrm-help-requests.json")!, "utf8"),
    ) as string[];
    const read = messages.map((text) => decode(text).items[0]!);
    const faulty = new Map(
      read.flatMap(({ problems }, i) => (problems.length > 0 ? [[i, problems.map(({ code }) => code).join(" ")]] : [])),
    );
    const number = (part: string) => messages.findIndex((text) => text.includes(part));
    // What is wrong with them stands in plain sight; three ask for a bulletin and do not say which.
    const expected = new Map([
      [number("msg_tyype"), "ims.no-request"],
      [messages.findIndex((text) => !/stop\s*$/i.test(text)), "ims.no-stop"],
      [number("1999/04/01/04"), "ims.bad-environment ims.bad-request"],
      [number("arr rms2A"), "ims.bad-request"],
      [number("rms2.00::kkkk"), "ims.bad-request"],
      [number("FI001+UK001"), "ims.bad-environment"],
      [number("depth_conf 0.9775"), "ims.bad-request"],
      [number("depth_thresh 10.2"), "ims.bad-request"],
      [number("depth_kvalue 30"), "ims.bad-request"],
    ]);
    assert.deepEqual(new Map([...faulty].sort()), new Map([...expected].sort()));
    for (const [i, { requests, asksHelp }] of read.entries())
      if (!faulty.has(i)) assert.ok(requests.length > 0 || asksHelp, messages[i]);
    const of = (part: string) => read[number(part)]!.requests;
    assert.deepEqual([of("slsd:automatic")[0]!.kind, of("slsd:automatic")[0]!.subtype], ["ARRIVAL", "AUTOMATIC"]);
    assert.deepEqual(
      of("lat 75 to 79").map(({ environment: { ranges } }) => ranges.latitudeDeg.from),
      [-30, 75],
    );
    assert.ok(
      read.find(({ asksHelp }) => asksHelp),
      "HELP",
    );
  },
);

test("what is written is read back, whatever the codes and times", () => {
  const code = fc.stringMatching(/^[A-Z0-9*]{1,5}$/);
  const list = fc.array(code, { minLength: 1, maxLength: 5 });
  const time = fc.integer({ min: 0, max: 4e9 * 1000 });
  fc.assert(
    fc.property(
      time,
      fc.integer({ min: 1, max: 9e7 }),
      list,
      list,
      list,
      (ms, lengthMs, stations, channels, auxiliaries) => {
        const request = {
          ...{ messageId: "R1-2", source: "HARKEN", from: ms / 1000, to: (ms + lengthMs) / 1000 },
          ...{ stations, channels, auxiliaries, subformat: "CM8" as const },
        };
        const [message] = decode(writeImsWaveformRequest(request)).items;
        assert.deepEqual(message!.problems, []);
        assert.deepEqual([message!.id, message!.source], ["R1-2", "HARKEN"]);
        const [found] = message!.requests;
        const { time: window, lists } = found!.environment;
        assert.ok(Math.abs(window!.from - request.from) < 1e-6 && Math.abs(window!.to - request.to) < 1e-6);
        assert.deepEqual([lists.stations, lists.channels, lists.auxiliaries], [stations, channels, auxiliaries]);
        assert.equal(found!.subformat, "CM8");
      },
    ),
  );
});

test("what cannot be answered is named: no time, a backward time, other requests, no format, no envelope", () => {
  const time = "TIME 2026/05/25 TO 2026/05/26";
  assert.deepEqual(codes("WAVEFORM"), ["ims.bad-request"]);
  assert.deepEqual(codes("TIME 2026/05/26 TO 2026/05/25", "WAVEFORM"), ["ims.bad-environment", "ims.bad-request"]);
  assert.deepEqual(codes(time, "BULLETIN IMS2.0"), ["ims.bad-request"]);
  assert.deepEqual(codes(time, "MOONPHASE"), ["ims.bad-request"]);
  assert.deepEqual(codes(time, "ARRIVAL:GUESSED"), ["ims.bad-request"]);
  assert.deepEqual(codes(time, "__proto__", "constructor", "STATION"), ["ims.bad-request", "ims.bad-request"]);
  assert.deepEqual(codes(time, `STA_LIST ${"A,".repeat(700)}`, "STATION"), ["ims.long-line"]);
  assert.deepEqual(decode("MSG_TYPE REQUEST\nMSG_ID 1\nSTATION\nSTOP").items[0]!.problems[0]!.code, "ims.no-begin");
  const wanted = { messageId: "1", source: "", from: 0, to: 1, channels: ["*"], auxiliaries: ["*"] };
  assert.throws(() => writeImsWaveformRequest({ ...wanted, stations: ["A\nSTOP"], subformat: "CM6" }), RangeError);
});

test("a star stands for any letters, as a regular expression's .* does", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[AB*]{0,6}$/), fc.stringMatching(/^[AB]{0,6}$/), (pattern, code) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(code);
      assert.equal(isAskedFor(code, [pattern]), expected);
    }),
  );
});

test("no bytes make it throw", () => {
  const request = new TextEncoder().encode(
    body(
      "time 1999/06/01 to 1999/07/01",
      "bull_type reb",
      "lon 1 to 2",
      "bulletin",
      "freq custom -1/-1:3:0",
      "subscribe",
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(request.length - 1), fc.nat(255)), { maxLength: 30 }), (changes) => {
      const bytes = request.slice();
      for (const [at, value] of changes) bytes[at] = value;
      assert.ok(decode(bytes).items.length <= 3);
    }),
  );
  const long = decode(new Uint8Array(5_000_000).fill(10));
  assert.ok(long.problems.some(({ code }) => code === "ims.too-long"));
});
