import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLimits } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import { decodeStationHealth } from "./decode.ts";

const utf8 = new TextEncoder();
const message = (type: string, body: string) =>
  `BEGIN IMS2.0\nMSG_TYPE DATA\nMSG_ID 7 XX_RN\nDATA_TYPE ${type}\n${body}\nSTOP\n`;

const health = message(
  "RMSSOH",
  `#Header 3
XXP01 XXP01_001
2026/11/24 00:00:00 2026/11/24 12:00:00
#AirSamplerFlow
994.2 3.1 2026/11/24 00:00:00 3600
990.0 2.9 2026/11/24 01:00:00 3600
#DetEnv
21.5 CLOSED 45 2500 -180.2 80 0.1 2026/11/24 00:00:00 3600
#NewThing
1 2 3 2026/11/24 00:00:00 600
#Comment
filter changed`,
);
const weather = message(
  "MET",
  `XXP01
2026/11/24 00:00:00 2026/11/24 01:00:00 -3.5 270 4.2 1013.2 80 0.0
2026/11/24 01:00:00 2026/11/24 02:00:00 -3.1 280 5.0 1012.9 78 0.2`,
);
const alert = message("ALERT_FLOW", "XXP01 2026/11/24 03:12:00\nFlow below 500 m3/h");

test("state of health: values by name, the interval by its date wherever it stands", () => {
  const { items, problems } = decodeStationHealth(utf8.encode(health));
  assert.deepEqual(problems, []);
  const [item] = items;
  assert.ok(item?.kind === "health");
  assert.deepEqual([item.station, item.detector, item.comment], ["XXP01", "XXP01_001", "filter changed"]);
  assert.equal(item.stopTime! - item.startTime!, 43_200);
  assert.deepEqual(
    item.readings.map(({ subject }) => subject),
    ["AirSamplerFlow", "AirSamplerFlow", "DetEnv", "NewThing"],
  );
  assert.deepEqual(item.readings[0]!.values, { flowM3PerHour: 994.2, flowDeviationM3PerHour: 3.1 });
  assert.equal(item.readings[2]!.values["shield"], "CLOSED");
  assert.equal(item.readings[2]!.values["highVoltageV"], 2500);
  assert.deepEqual(item.readings[3]!.values, { value1: 1, value2: 2, value3: 3 });
  assert.deepEqual(item.readings[3]!.durationSec, 600);
});

test("weather and alerts", () => {
  const [met] = decodeStationHealth(utf8.encode(weather)).items;
  assert.ok(met?.kind === "weather" && met.station === "XXP01");
  assert.equal(met.readings.length, 2);
  assert.deepEqual([met.readings[1]!.temperatureC, met.readings[1]!.rainMm], [-3.1, 0.2]);
  const [told] = decodeStationHealth(utf8.encode(alert)).items;
  assert.ok(told?.kind === "alert");
  assert.deepEqual([told.type, told.station], ["ALERT_FLOW", "XXP01"]);
  assert.equal(told.time, Date.UTC(2026, 10, 24, 3, 12) / 1000);
  assert.match(told.text, /Flow below/);
});

test("faults are told by line, and the rest is kept", () => {
  const problems = (text: string) =>
    decodeStationHealth(utf8.encode(text)).problems.map(({ code, line }) => [code, line]);
  assert.deepEqual(problems(health.replace("#Header 3", "#Other")), [
    ["health.header", 5],
    ["health.row", 6],
    ["health.row", 7],
  ]);
  const broken = health.replace("2026/11/24 01:00:00", "yesterday");
  assert.deepEqual(problems(broken), [["health.row", 10]]);
  const [kept] = decodeStationHealth(utf8.encode(broken)).items;
  assert.equal(kept?.kind === "health" && kept.readings.length, 3);
  assert.deepEqual(problems(weather.replace("270 4.2", "west")), [["met.row", 6]]);
  assert.deepEqual(problems(message("ALERT_UPS", "")), [["alert.station", 5]]);
  assert.deepEqual(problems("nothing"), [["health.none", undefined]]);
});

fuzzDecoder(
  "decodeStationHealth",
  (bytes) => decodeStationHealth(bytes, { ...defaultLimits, maxItems: 50 }),
  [health, weather, alert].map((text) => utf8.encode(text)),
  ({ items }) => assert.ok(items.length <= 50),
);
