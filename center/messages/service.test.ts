/**
 * The message service over a store of known rows: every kind of request, each answer read by the decoders of the formats; the requests with which the
 * International Data Centre tests its own; what a hostile message tries.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { channelKey, imsTime, preferredOrigin } from "@harken/core";
import {
  decodeImsArrivals,
  decodeImsBulletin,
  decodeImsMessages,
  decodeImsOutages,
  decodeImsStations,
  decodeImsWaveforms,
  decodePulseHeightData,
  type ImsMessage,
} from "@harken/formats";
import { loadMessages } from "@harken/store";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { arrivals, T0 } from "../http/testRows.ts";
import { createMessageService, type MessageService, mostPerMinute, type Sender } from "./service.ts";
import { openTestRig, recorded, type TestRig } from "./testRig.ts";

let rig: TestRig;
let service: MessageService;
const operator: Sender = { name: "Olga", role: "operator" };
const reader: Sender = { name: "Rita", role: "reader" };
const https = { way: "https", mostBytes: 64_000_000 } as const;

before(async () => {
  rig = await openTestRig();
  service = createMessageService(rig.sources);
});
after(() => rig.close());

const day = `TIME ${imsTime(T0 - 86_400)} TO ${imsTime(T0 + 86_400)}`;
const hour = `TIME ${imsTime(T0)} TO ${imsTime(T0 + 600)}`;
const request = (...lines: string[]) =>
  ["BEGIN IMS2.0", "MSG_TYPE REQUEST", "MSG_ID ex1 ANY_NDC", ...lines, "STOP", ""].join("\n");

async function ask(text: string, sender: Sender = operator, carrier: Parameters<MessageService["answer"]>[2] = https) {
  rig.now += 61;
  const { parts, outcome } = await service.answer(new TextEncoder().encode(text), sender, carrier);
  const bytes = Buffer.concat(parts);
  const { items: messages, problems } = decodeImsMessages(bytes);
  assert.deepEqual(problems, []);
  const sections = messages.flatMap((message) => message.sections);
  const text2 = (type: string) =>
    sections
      .filter(({ dataType }) => dataType === type)
      .map(({ start, end }) => bytes.toString("latin1", start, end))
      .join("");
  return { bytes, parts, messages, outcome, types: sections.map(({ dataType }) => dataType), text: text2 };
}

const isClean = (messages: readonly ImsMessage[]) =>
  assert.ok(messages.every(({ sections }) => sections.every(({ dataType }) => dataType !== "ERROR_LOG")));

test("an answer names the message that it answers", async () => {
  const { messages } = await ask(request("STATION IMS2.0"));
  assert.equal(messages.length, 1);
  assert.deepEqual(messages[0]!.reference, { id: "ex1", source: "ANY_NDC", part: 1, of: 1 });
  assert.equal(messages[0]!.source, "HARKEN");
});

test("STATION and CHANNEL by code and by place", async () => {
  const places = async (...lines: string[]) => {
    const { bytes, messages } = await ask(request(...lines));
    isClean(messages);
    return decodeImsStations(bytes, messages);
  };
  assert.deepEqual(
    (await places("STATION")).sites.map(({ code }) => code),
    ["ST0", "ST1", "ST2"],
  );
  assert.deepEqual(
    (await places("STA_LIST st1", "STATION")).sites.map(({ code }) => code),
    ["ST1"],
  );
  assert.deepEqual(
    (await places("LAT 5 TO 15", "STATION")).sites.map(({ code }) => code),
    ["ST1"],
  );
  const { channels } = await places("LAT 15 TO", "CHANNEL");
  assert.deepEqual(
    channels.map(({ id }) => channelKey(id)),
    ["XX.ST2..BHZ"],
  );
  assert.equal(channels[0]!.sampleRateHz, 20);
  assert.deepEqual((await places("CHAN_LIST BHN", "CHANNEL")).channels, []);
});

test("WAVEFORM as CM6, CM8 and INT: the very samples, cut to the time", async () => {
  for (const format of ["IMS2.0:CM6", "IMS1.0:INT", "GSE2.0:CM6", "IMS2.0:CM8", "IMS2.0"]) {
    const { bytes, messages } = await ask(
      request(`TIME ${imsTime(T0 + 10)} TO ${imsTime(T0 + 20)}`, "STA_LIST ST0", `WAVEFORM ${format}`),
    );
    isClean(messages);
    const { segments, problems } = decodeImsWaveforms(bytes, messages);
    assert.deepEqual(problems, []);
    assert.equal(segments.length, 1, format);
    const whole = recorded[0]!.samples;
    const first = Math.round((segments[0]!.startTime - T0) * 20);
    assert.ok(first >= 199 && first <= 200);
    assert.deepEqual([...segments[0]!.samples], [...whole.subarray(first, first + segments[0]!.samples.length)]);
    assert.ok(segments[0]!.samples.length >= 200);
  }
});

test("OUTAGE tells what the archive has not", async () => {
  const { bytes, messages } = await ask(request(hour, "OUTAGE"));
  const { items } = decodeImsOutages(bytes, messages);
  const told = items.map(({ channel, from, to }) => [channel.station, Math.round(from - T0), Math.round(to - T0)]);
  assert.deepEqual(told, [
    ["ST1", 240, 300],
    ["ST2", 0, 600],
  ]);
});

test("BULLETIN, EVENT and ORIGIN by list, place over the date line, depth, magnitude and its difference", async () => {
  const keys = async (...lines: string[]) => {
    const { bytes, messages } = await ask(request(day, "BULL_TYPE IDC_REB", ...lines));
    isClean(messages);
    const { bulletin, problems } = decodeImsBulletin(bytes, messages);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
    return (bulletin?.events ?? []).map((event) => Math.round(preferredOrigin(event).depthKm));
  };
  assert.deepEqual(await keys("BULLETIN IMS1.0:SHORT"), [0, 560]);
  assert.deepEqual(await keys("LON 170 TO -170", "BULLETIN"), [560]);
  assert.deepEqual(await keys("LON 20 TO 30", "LAT 0 TO 10", "BULLETIN"), [0]);
  assert.deepEqual(await keys("DEPTH 300 TO", "ORIGIN"), [560]);
  assert.deepEqual(await keys("MAG 5 TO", "EVENT"), [560]);
  assert.deepEqual(await keys("MAG_TYPE mb", "MAG TO 4.5", "EVENT"), [0]);
  assert.deepEqual(await keys("MAG_TYPE Ms", "BULLETIN"), [560]);
  assert.deepEqual(await keys("MB_MINUS_MS 1 TO 2", "BULLETIN"), [560]);
  assert.deepEqual(await keys("STA_LIST ST1", "BULLETIN"), [0]);
  assert.deepEqual(await keys("EVENT_STA_DIST 0 TO 10", "STA_LIST ST0", "BULLETIN"), [0]);
  const { bytes, messages } = await ask(request(day, "BULL_TYPE REB", "BULLETIN"));
  const { bulletin } = decodeImsBulletin(bytes, messages);
  const [shallow, deep] = bulletin!.events;
  assert.equal(preferredOrigin(deep!).magnitudes.find(({ type }) => type === "mb")!.value, 5.6);
  assert.deepEqual(
    preferredOrigin(shallow!)
      .associations.map(({ station }) => station)
      .sort(),
    ["ST0", "ST1", "ST2"],
  );
  // By the numbers that stand in one answer another request finds the same.
  assert.deepEqual(await keys(`EVENT_LIST ${deep!.key}`, "BULLETIN"), [560]);
  assert.deepEqual(await keys(`ORIGIN_LIST ${deep!.preferredOriginKey}`, "ORIGIN"), [560]);
});

test("EVENT with GROUP_BULL_LIST has the origins of other lists beside its own", async () => {
  const { bytes, messages } = await ask(
    request(day, "BULL_TYPE REB", "GROUP_BULL_LIST SEL1,REB", "DEPTH TO 50", "EVENT"),
  );
  assert.equal(decodeImsBulletin(bytes, messages).bulletin!.events[0]!.origins.length, 2);
});

test("ARRIVAL in its five listings", async () => {
  const listed = async (kind: string, ...lines: string[]) => {
    const { bytes, messages } = await ask(request(hour, ...lines, kind));
    isClean(messages);
    const { items, problems } = decodeImsArrivals(bytes, messages);
    assert.deepEqual(problems, []);
    return items;
  };
  const automatic = await listed("ARRIVAL:AUTOMATIC IMS1.0");
  assert.equal(automatic.length, 4);
  for (const [i, line] of automatic.entries()) {
    const { time, station, snr, amplitudes, azimuthDeg } = arrivals[i]!;
    assert.ok(Math.abs(line.time - time) < 1e-3);
    assert.deepEqual(
      [line.station, line.snr, line.amplitudeNm, line.azimuthDeg],
      [station, snr, amplitudes[0]!.amplitude, azimuthDeg],
    );
  }
  assert.deepEqual((await listed("SLSD")).length, 4);
  assert.deepEqual(
    (await listed("SLSD:UNASSOCIATED", "BULL_TYPE SEL1")).map(({ time }) => Math.round(time - T0)),
    [103],
  );
  assert.deepEqual(
    (await listed("ARRIVAL", "STA_LIST ST1")).map(({ station }) => station),
    ["ST1"],
  );
  const associated = await listed("ARRIVAL:ASSOCIATED", "BULL_TYPE REB");
  assert.deepEqual(
    associated.map(({ phase, deltaDeg, defining }) => [phase, deltaDeg, defining]),
    [
      ["P", 7, "T__"],
      ["P", 7, "T__"],
      ["P", 7, "T__"],
    ],
  );
  assert.equal(associated[0]!.magnitude, 4.2);
  assert.equal((await listed("ARRIVAL:REVIEWED", "BULL_TYPE REB")).length, 3);
  assert.equal(new Set((await listed("ARRIVAL:GROUPED", "BULL_TYPE REB")).map(({ group }) => group)).size, 1);
  assert.deepEqual(
    (await listed(`ARRIVAL`, `ARRIVAL_LIST ${automatic[2]!.id}`)).map(({ id }) => id),
    [automatic[2]!.id],
  );
});

test("WAVEFORM relative to a bulletin: the stations that saw its events, round their arrivals", async () => {
  const { bytes, messages } = await ask(request(day, "BULL_TYPE REB", "RELATIVE_TO BULLETIN", "WAVEFORM"));
  const { segments } = decodeImsWaveforms(bytes, messages);
  assert.deepEqual([...new Set(segments.map(({ channel }) => channel.station))], ["ST0", "ST1"]);
  assert.ok(Math.abs(segments[0]!.startTime - (T0 + 40)) < 0.1);
});

test("status reports in their columns; spectra of radionuclide stations as they came; remarks; HELP", async () => {
  const sta = (await ask(request(hour, "STA_STATUS"))).text("STA_STATUS");
  const share = (code: string) => Number(new RegExp(`^.{10}${code} .*$`, "m").exec(sta)![0].slice(64, 71));
  assert.deepEqual([share("ST0"), share("ST1"), share("ST2")].map(Math.round), [100, 90, 0]);
  assert.match((await ask(request(hour, "CHAN_STATUS"))).text("CHAN_STATUS"), /^XX {8}ST1 {4}BHZ .* 90\.0/m);
  assert.deepEqual((await ask(request(hour, "COMM_STATUS IMS1.0:VERBOSE", "AUTH_STATUS"))).types, [
    "COMM_STATUS",
    "AUTH_STATUS",
  ]);
  const { bytes, messages } = await ask(request(`TIME ${imsTime(T0 - 30 * 86_400)} TO ${imsTime(T0 + 1)}`, "SPHDF"));
  isClean(messages);
  const { items } = decodePulseHeightData(bytes);
  assert.ok(items.length > 0 && items.every(({ kind, qualifier }) => kind === "SAMPLEPHD" && qualifier !== "PREL"));
  assert.match((await ask(request(day, "BULL_TYPE REB", "COMMENT"))).text("COMMENT"), /no Ms/);
  assert.match((await ask(request("HELP"))).text("LOG"), /BULL_TYPE/);
});

referenceTest(
  "the requests with which the IDC tests its parser: every one has one answer that can be read",
  ["formats/ims/idc-autodrm-help-requests.json"],
  async (_t, [path]) => {
    const texts = JSON.parse(readFileSync(path!, "utf8")) as string[];
    for (const text of texts) {
      const { messages, types } = await ask(text);
      assert.equal(messages.length, 1, text);
      assert.ok(types.length > 0, text);
    }
  },
);

test("what a hostile message asks for beyond its sender's rights it does not get", async () => {
  const refusal = async (...lines: string[]) => {
    const { types, outcome, text } = await ask(request(...lines), reader);
    assert.deepEqual([types, outcome], [["ERROR_LOG"], "refused"], lines.join(" "));
    return text("ERROR_LOG");
  };
  assert.match(await refusal(hour, "COMM_STATUS"), /not for a reader/);
  assert.match(await refusal(hour, "AUTH_STATUS"), /not for a reader/);
  // The list that analysts work on, whatever its spelling.
  for (const list of ["LEB", "idc_leb", "IDC_IDC_LEB", "*", "L*"])
    assert.doesNotMatch(await refusal(day, `BULL_TYPE ${list}`, "BULLETIN"), /SECRET/);
  for (const line of ["ARRIVAL:ASSOCIATED", "WAVEFORM", "EVENT", "COMMENT"]) {
    const { bytes } = await ask(request(day, "BULL_TYPE LEB", "RELATIVE_TO EVENT", line), reader);
    assert.doesNotMatch(bytes.toString("latin1"), /SECRET/);
  }
  await refusal(day, "BULL_TYPE REB", "GROUP_BULL_LIST LEB", "EVENT_LIST 999999", "BULLETIN", "X".repeat(2000));
  await refusal("FTP ../../etc/passwd", hour, "STATION");
  await refusal(hour, "STA_LIST ' OR 1=1 --", "STATION");
  await refusal("TIME 1900/01/01 TO 2100/01/01", "WAVEFORM");
  const { text } = await ask(request(hour, "STATION", "COMM_STATUS"), reader);
  assert.match(text("STATION"), /ST0/);
  assert.match(text("ERROR_LOG"), /COMM_STATUS \(line 6\): not for a reader/);
});

test("one that asks too often waits; all that came stands in the log", async () => {
  const bytes = new TextEncoder().encode(request("STA_LIST ST0", "STATION"));
  const hasty: Sender = { name: "Hasty", role: "reader" };
  rig.now += 100;
  const outcomes: string[] = [];
  for (let i = 0; i <= mostPerMinute; i++) outcomes.push((await service.answer(bytes, hasty, https)).outcome);
  assert.deepEqual([outcomes.indexOf("refused"), outcomes.length], [mostPerMinute, mostPerMinute + 1]);
  assert.equal((await service.answer(bytes, reader, https)).outcome, "answered");
  rig.now += 61;
  assert.equal((await service.answer(bytes, hasty, https)).outcome, "answered");
  const log = await loadMessages(rig.store.db, { sender: "Hasty" });
  assert.equal(log.length, mostPerMinute + 2);
  assert.deepEqual([log[0]!.outcome, log[0]!.asked, log[1]!.outcome], ["answered", "STATION", "refused"]);
});

test("an answer that is too long for its carrier goes in parts that name each other; a section that is too long is told", async () => {
  const mail = { way: "e-mail", mostBytes: 3_000 } as const;
  const asked = Array.from({ length: 9 }, () => "STATION");
  const { parts, messages } = await ask(request(...asked), reader, mail);
  assert.ok(parts.length > 1 && parts.every((part) => part.length <= 3_000));
  assert.deepEqual(
    messages.map(({ reference }) => [reference!.part, reference!.of]),
    parts.map((_, i) => [i + 1, parts.length]),
  );
  assert.equal(messages.flatMap(({ sections }) => sections).filter(({ dataType }) => dataType === "STATION").length, 9);
  const { types } = await ask(request(hour, "WAVEFORM"), reader, mail);
  assert.deepEqual(types, ["ERROR_LOG"]);
});

test("no bytes make it throw or leave them without an answer", async () => {
  const sound = new TextEncoder().encode(request(day, "BULL_TYPE REB", "LON 1 TO 2", "BULLETIN", hour, "ARRIVAL"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 30 }), async (changes) => {
      const bytes = sound.slice();
      for (const [at, value] of changes) bytes[at] = value;
      rig.now += 61;
      const { parts } = await service.answer(bytes, reader, https);
      assert.ok(parts.length >= 1 && decodeImsMessages(Buffer.concat(parts)).items.length >= 1);
    }),
    { numRuns: 40 },
  );
});
