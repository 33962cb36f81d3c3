/** Commands: the lines are those of the CTBTO's calibration programs (CALIBRATE_START with its words), as the facts' sheet has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzDecoder } from "@harken/testing";
import { decodeCalibrationResults, writeCalibrationResult } from "./calibrationResult.ts";
import { decodeImsCommands, writeImsCommand } from "./command.ts";

const START = `BEGIN IMS2.0
MSG_TYPE COMMAND_REQUEST
MSG_ID 4711 CTBT_IDC
CALIBRATE_START
START_TIME 2026/03/01 12:00:00.000
STA_LIST EKB
CHAN_LIST bhz, BHN
SENSOR YES
TYPE RANDOM
CALIB_PARAM 10 0.5 seconds
STOP
`;
const bytesOf = (text: string) => new TextEncoder().encode(text);

test("a command says which it is, of what, when, and with which words", () => {
  const { items, problems } = decodeImsCommands(bytesOf(`Some mail header\r\n\r\n${START.replaceAll("\n", "\r\n")}`));
  assert.deepEqual(problems, []);
  assert.equal(items.length, 1);
  const [{ words, ...command }] = items as [(typeof items)[0]];
  assert.deepEqual(command, {
    message: { id: "4711", source: "CTBT_IDC" },
    ...{ reference: null, name: "CALIBRATE_START", startTime: Date.UTC(2026, 2, 1, 12) / 1_000 },
    ...{ stations: ["EKB"], channels: ["BHZ", "BHN"] },
  });
  assert.deepEqual(
    [words.get("SENSOR"), words.get("TYPE"), words.get("CALIB_PARAM")],
    ["YES", "RANDOM", "10 0.5 seconds"],
  );
});

test("what is written is read back, and a confirmation names its command", () => {
  const words: [string, string][] = [
    ["STA_LIST", "EKB"],
    ["CHAN_LIST", "BHZ"],
    ["START_TIME", "2026/03/01 12:00:00.000"],
  ];
  const text = writeImsCommand(
    { id: "1", source: "EKB" },
    { id: "4711", source: "CTBT_IDC" },
    "CALIBRATE_CONFIRM",
    words,
  );
  const [answer] = decodeImsCommands(bytesOf(text)).items;
  assert.deepEqual(
    [answer!.name, answer!.reference, [...answer!.words]],
    ["CALIBRATE_CONFIRM", { id: "4711", source: "CTBT_IDC" }, words],
  );
  assert.match(text, /^MSG_TYPE COMMAND_RESPONSE$/m);
});

test("results are not commands, and commands no results; a message without a command is a problem", () => {
  const result = writeCalibrationResult({
    ...{ message: { id: "2", source: "EKB" }, reference: null, time: 0, station: "EKB", channel: "BHZ" },
    ...{ inSpec: true, calibNmPerCount: 1, calperSec: 1, responses: [] },
  });
  assert.deepEqual(decodeImsCommands(bytesOf(result)).items, []);
  assert.deepEqual(decodeCalibrationResults(bytesOf(START)).items, []);
  assert.deepEqual(decodeImsCommands(bytesOf(START.replace("COMMAND_REQUEST", "REQUEST"))).items, []);
  const { items, problems } = decodeImsCommands(bytesOf(START.replace("CALIBRATE_START\n", "")));
  assert.deepEqual([items.length, problems.map(({ code }) => code)], [0, ["ims.no-command"]]);
});

fuzzDecoder("IMS commands", decodeImsCommands, [bytesOf(START + START)], ({ items }) => {
  for (const { words, name } of items) assert.ok(words.size <= 200 && name.length <= 32);
});
