/** Requests against the specification's own wording of environments (IDC-3.4.1Rev1), and hostile bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { epoch } from "@harken/core";
import fc from "fast-check";
import { decodeImsMessages } from "./message.ts";
import { decodeImsWaveformRequests, isAskedFor, writeImsWaveformRequest } from "./request.ts";

function decode(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return decodeImsWaveformRequests(bytes, decodeImsMessages(bytes).items);
}

test("a request in any case, with lists that are set, replaced and reset", () => {
  const { items, problems } = decode(
    [
      "begin ims2.0",
      "msg_type request",
      "msg_id ex009 any_ndc",
      "e-mail name@my.computer",
      "time 1999/06/13 02:00 to 1999/06/13 02:05",
      "sta_list CMAR, KAZ*",
      "chan_list sh*",
      "waveform ims2.0:cm6",
      "Sta_List",
      "CHAN_LIST",
      "TIME 1999/6/13 03:00:00.500 TO 1999/6/13 04:00",
      "WAVEFORM GSE2.0:INT",
      "stop",
    ].join("\r\n"),
  );
  assert.deepEqual(problems, []);
  const head = { messageId: "ex009", source: "any_ndc", auxiliaries: ["*"] };
  const day = epoch(1999, 6, 13);
  assert.deepEqual(items, [
    { ...head, from: day + 7200, to: day + 7500, stations: ["CMAR", "KAZ*"], channels: ["SH*"], subformat: "CM6" },
    { ...head, from: day + 10_800.5, to: day + 14_400, stations: ["*"], channels: ["*Z"], subformat: "INT" },
  ]);
});

test("what is written is read back, whatever the codes and times", () => {
  const code = fc.stringMatching(/^[A-Z0-9*]{1,5}$/);
  const codes = fc.array(code, { minLength: 1, maxLength: 5 });
  const time = fc.integer({ min: 0, max: 4e9 * 1000 });
  fc.assert(
    fc.property(
      time,
      fc.integer({ min: 1, max: 9e7 }),
      codes,
      codes,
      codes,
      (ms, lengthMs, stations, channels, auxiliaries) => {
        const request = {
          ...{ messageId: "R1-2", source: "HARKEN", from: ms / 1000, to: (ms + lengthMs) / 1000 },
          ...{ stations, channels, auxiliaries, subformat: "CM8" as const },
        };
        const { items, problems } = decode(writeImsWaveformRequest(request));
        assert.deepEqual(problems, []);
        const [found] = items;
        assert.ok(Math.abs(found!.from - request.from) < 1e-6 && Math.abs(found!.to - request.to) < 1e-6);
        assert.deepEqual({ ...found, from: request.from, to: request.to }, request);
      },
    ),
  );
});

test("what cannot be answered is named: no time, a backward time, other formats, other requests", () => {
  const body = (...lines: string[]) => ["BEGIN IMS2.0", "MSG_TYPE REQUEST", "MSG_ID 1", ...lines, "STOP"].join("\n");
  const codes = (...lines: string[]) => decode(body(...lines)).problems.map(({ code }) => code);
  const time = "TIME 2026/05/25 TO 2026/05/26";
  assert.deepEqual(codes("WAVEFORM"), ["ims.no-time"]);
  assert.deepEqual(codes("TIME 2026/05/26 TO 2026/05/25", "WAVEFORM"), ["ims.bad-time", "ims.no-time"]);
  assert.deepEqual(codes(time, "WAVEFORM IMS2.0:MS_ST2_512"), ["ims.subformat"]);
  assert.deepEqual(codes(time, "BULLETIN IMS2.0"), ["ims.unknown-request"]);
  assert.throws(() => writeImsWaveformRequest({ ...requestOf("A\nSTOP"), subformat: "CM6" }), RangeError);
});

const requestOf = (station: string) => ({
  ...{ messageId: "1", source: "", from: 0, to: 1, stations: [station], channels: ["*"], auxiliaries: ["*"] },
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
  const request = writeImsWaveformRequest({ ...requestOf("JNU"), subformat: "CM6" });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(request.length - 1), fc.nat(255)), { maxLength: 30 }), (changes) => {
      const bytes = request.slice();
      for (const [at, value] of changes) bytes[at] = value;
      assert.ok(decode(bytes).items.length <= 1);
    }),
  );
});
