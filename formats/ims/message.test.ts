import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { textOf } from "./lines.ts";
import { decodeImsMessages } from "./message.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const contents = (bytes: Uint8Array, { start, end }: { start: number; end: number }) => textOf(bytes, start, end);

const reply = `From: ops@ndc.example
Subject: data

BEGIN IMS2.0
MSG_TYPE DATA
MSG_ID 4711 KAZ_NDC
REF_ID request7 IDC PART 2 OF 3
DATA_TYPE LOG IMS2.0
 BEGIN IMS2.0
 MSG_ID request7 IDC
DATA_TYPE arrival:reviewed ims1.0:short
one
two
STOP
some signature
begin gse2.0
msg_type data
msg_id 12
prod_id 5 77
data_type waveform
x
stop
`;

test("messages, sections and their line numbers", () => {
  for (const text of [reply, reply.replaceAll("\n", "\r\n")]) {
    const bytes = bytesOf(text);
    const { items, problems, consumed } = decodeImsMessages(bytes);
    assert.deepEqual(problems, []);
    assert.equal(consumed, bytes.length);
    assert.equal(items.length, 2);
    const [first, second] = items;
    assert.deepEqual([first?.format, first?.type, first?.id, first?.source], ["IMS2.0", "DATA", "4711", "KAZ_NDC"]);
    assert.deepEqual(first?.reference, { id: "request7", source: "IDC", part: 2, of: 3 });
    assert.deepEqual(
      first?.sections.map(({ dataType, subtype, format, subformat, line }) => [
        dataType,
        subtype,
        format,
        subformat,
        line,
      ]),
      [
        ["LOG", "", "IMS2.0", "", 9],
        ["ARRIVAL", "REVIEWED", "IMS1.0", "SHORT", 12],
      ],
    );
    assert.equal(contents(bytes, first!.sections[1]!).replaceAll("\r", ""), "one\ntwo\n");
    assert.equal(second?.format, "GSE2.0");
    assert.deepEqual(second?.product, { id: "5", delivery: "77" });
    assert.deepEqual(
      second?.sections.map(({ dataType, format }) => [dataType, format]),
      [["WAVEFORM", "GSE2.0"]],
    );
  }
});

test("a request's lines are a section without a type", () => {
  const bytes = bytesOf("begin ims1.0\nmsg_type request\nmsg_id ex009 any_ndc\ne-mail a@b.c\nbulletin ims1.0\nstop");
  const [message] = decodeImsMessages(bytes).items;
  assert.equal(message?.type, "REQUEST");
  assert.equal(message?.sections.length, 1);
  assert.equal(contents(bytes, message!.sections[0]!), "e-mail a@b.c\nbulletin ims1.0\n");
});

test("a file without BEGIN is one message without names", () => {
  const bare = decodeImsMessages(bytesOf("WID2 ...\nDAT2\nSTOP\nCHK2 4\n"));
  assert.deepEqual(bare.problems, []);
  assert.equal(bare.items.length, 1);
  assert.deepEqual(
    bare.items[0]?.sections.map(({ dataType, start, end }) => [dataType, start, end]),
    [["", 0, 26]],
  );
  const typed = decodeImsMessages(bytesOf("DATA_TYPE STATION IMS1.0\nNet\nDATA_TYPE CHANNEL IMS1.0\nNet\n"));
  assert.deepEqual(
    typed.items[0]?.sections.map(({ dataType }) => dataType),
    ["STATION", "CHANNEL"],
  );
});

test("a message without STOP is kept and told", () => {
  const { items, problems } = decodeImsMessages(
    bytesOf("BEGIN IMS1.0\nMSG_TYPE DATA\nDATA_TYPE LOG\na\nBEGIN IMS1.0\nDATA_TYPE LOG\nb"),
  );
  assert.equal(items.length, 2);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [
      ["ims.no-stop", 1],
      ["ims.no-stop", 5],
    ],
  );
});

test("no more messages than the limit", () => {
  const many = bytesOf("BEGIN\nDATA_TYPE LOG\nSTOP\n".repeat(20));
  const { items, problems } = decodeImsMessages(many, { ...defaultLimits, maxItems: 5 });
  assert.equal(items.length, 5);
  assert.equal(problems[0]?.code, "ims.too-many-messages");
});

referenceTest(
  "every stored request is one message with its id",
  ["formats/ims/idc-autodrm-help-requests.json"],
  (_t, [path]) => {
    const requests = JSON.parse(readFileSync(path!, "utf8")) as string[];
    for (const request of requests) {
      const { items } = decodeImsMessages(bytesOf(request));
      assert.equal(items.length, 1, request);
      assert.equal(items[0]?.id, /msg_id\s+(\S+)/i.exec(request)?.[1] ?? "");
    }
  },
);

fuzzDecoder("IMS message framing", decodeImsMessages, [bytesOf(reply)], ({ items }, bytes) => {
  for (const { sections } of items)
    for (const { start, end } of sections) assert.ok(start <= end && end <= bytes.length);
});
