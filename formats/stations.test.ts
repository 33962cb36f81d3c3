import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel } from "@harken/core";
import type { SiteRecord } from "./contents.ts";
import { stationsFromRecords } from "./stations.ts";

const channel = (
  station: string,
  code: string,
  latitudeDeg: number,
  extra: Partial<Channel> = {},
  location = "",
): Channel => ({
  id: { network: "XX", station, location, channel: code },
  startTime: null,
  endTime: null,
  latitudeDeg,
  longitudeDeg: 10,
  elevationKm: 0,
  depthKm: 0,
  hangDeg: code.endsWith("N") ? 0 : code.endsWith("E") ? 90 : -1,
  vangDeg: code.endsWith("Z") ? 0 : 90,
  sampleRateHz: 20,
  instrument: "",
  calibNmPerCount: null,
  calperSec: null,
  response: null,
  ...extra,
});
const site = (code: string, station: string, latitudeDeg: number): SiteRecord => ({
  network: "",
  code,
  station,
  name: `${code} name`,
  latitudeDeg,
  longitudeDeg: 10,
  elevationKm: 0.1,
  northKm: null,
  eastKm: null,
});

test("several sensors at one place are one three-component station", () => {
  const channels = ["00", "10", "60"].flatMap((location) =>
    ["BHZ", "BHN", "BHE"].map((code) => channel("MDJ", code, 44, {}, location)),
  );
  const [station, ...others] = stationsFromRecords(channels, []);
  assert.equal(others.length, 0);
  assert.equal(station?.kind, "3c");
  assert.equal(station?.channels.length, 9);
  assert.equal(station?.sites.length, 1);
});

test("sites that name their station are an array about the reference record", () => {
  const sites = [
    site("ARCES", "ARCES", 69),
    site("ARA0", "ARCES", 69),
    site("ARA1", "ARCES", 69.01),
    site("ARA2", "ARCES", 69.02),
  ];
  const [station] = stationsFromRecords([], sites);
  assert.equal(station?.code, "ARCES");
  assert.equal(station?.kind, "array");
  const north = station?.sites.find(({ code }) => code === "ARA2")?.northKm ?? 0;
  assert.ok(Math.abs(north - 2.231) < 0.002, `${north}`);
});

test("neighbours with a common prefix are one array, others are not", () => {
  const names = ["YKR1", "YKR2", "YKB1", "YKB2", "YKW9"];
  const channels = names.map((name, i) => channel(name, "SHZ", 62 + i / 100));
  channels.push(channel("YKFAR", "SHZ", 70), channel("ZZZ", "SHZ", 62));
  const stations = stationsFromRecords(channels, []);
  assert.deepEqual(
    stations.map(({ code, kind, sites }) => [code, kind, sites.length]),
    [
      ["YK", "array", 5],
      ["YKFAR", "1c", 1],
      ["ZZZ", "1c", 1],
    ],
  );
});

test("technology by channel code, earlier records win", () => {
  const [infra, hydro] = stationsFromRecords([channel("I22A", "BDF", 1), channel("H01W", "EDH", 2)], []);
  assert.equal(infra?.technology, "infrasound");
  assert.equal(hydro?.technology, "hydroacoustic");
  const [station] = stationsFromRecords([channel("AAA", "BHZ", 5)], [site("AAA", "AAA", 4), site("AAA", "AAA", 6)]);
  assert.equal(station?.latitudeDeg, 4);
  assert.equal(station?.network, "");
});
