import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, WaveformSegment } from "@harken/core";
import { channelRecordAt, channelsOf, rankSensors, sameChannel, technologyOf } from "./sensors.ts";
import { ARRAY_PLACES, testStation } from "./testStation.ts";

const segment = (
  channel: string,
  { station = "TST", location = "", rate = 40, length = 4000, network = "XX" } = {},
): WaveformSegment => ({
  channel: { network, station, location, channel },
  startTime: 0,
  sampleRateHz: rate,
  samples: new Int32Array(length),
});
const single = testStation({ channels: ["BHZ"] });
const bare = { ...single, channels: [] };
const names = (station: typeof single, segments: readonly WaveformSegment[]) =>
  rankSensors(station, segments).map((set) => [
    set.kind,
    ...channelsOf(set).map(({ location, channel }) => `${location}${channel}`),
  ]);

test("three components of one sensor are one set, whatever letters their horizontals have", () => {
  for (const pair of ["NE", "12", "23"]) {
    const [a, b] = [...pair].map((c) => `BH${c}`);
    assert.deepEqual(names(bare, [segment(b!), segment("BHZ"), segment(a!)]), [["single", "BHZ", a, b]]);
  }
  assert.deepEqual(names(bare, [segment("SZL"), segment("SNL"), segment("SEL")]), [["single", "SZL", "SNL", "SEL"]]);
});

test("a vertical whose horizontals changed their names makes a set with each pair", () => {
  const segments = ["BHZ", "BHN", "BHE", "BH1", "BH2"].map((channel) => segment(channel));
  assert.deepEqual(names(bare, segments), [
    ["single", "BHZ", "BHN", "BHE"],
    ["single", "BHZ", "BH1", "BH2"],
  ]);
});

test("several sensors at one place are ranked: a known response, three components, the band, the most data", () => {
  const three = (location: string, options = {}) =>
    ["BHZ", "BHN", "BHE"].map((channel) => segment(channel, { location, ...options }));
  assert.deepEqual(
    names(bare, [...three("10"), ...three("00", { length: 5000 }), segment("HHZ", { location: "20" })]).map(
      ([, z]) => z,
    ),
    ["00BHZ", "10BHZ", "20HHZ"],
  );
  const response = { stages: [], sensitivity: 1, sensitivityFrequencyHz: 1, inputUnit: "m/s" as const };
  const channels = single.channels.map((c): Channel => ({ ...c, id: { ...c.id, location: "10" }, response }));
  assert.equal(names({ ...bare, channels }, [...three("00"), ...three("10")])[0]![1], "10BHZ");
});

test("channels too slow to time a signal and horizontals alone are no sensors", () => {
  assert.deepEqual(names(bare, [segment("LHZ", { rate: 1 }), segment("BHN"), segment("BHE")]), []);
});

test("the metadata's inclination counts for more than the code", () => {
  const tilted = { ...single, channels: single.channels.map((c) => ({ ...c, vangDeg: 90, hangDeg: 0 })) };
  assert.deepEqual(names(tilted, [segment("BHZ")]), []);
});

test("an array takes one vertical for each site, of the kind that most sites have, and its single sensors come after", () => {
  const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"] });
  const codes = station.sites.map(({ code }) => code);
  const segments = [
    ...codes.map((code) => segment("SHZ", { station: code })),
    ...["BHZ", "BHN", "BHE"].map((channel) => segment(channel, { station: codes[0]! })),
    segment("SHZ", { station: "ELSE" }),
  ];
  const [array, ...rest] = rankSensors({ ...station, channels: [] }, segments);
  assert.equal(array!.kind, "array");
  assert.deepEqual(
    channelsOf(array!).map(({ station: code }) => code),
    codes,
  );
  assert.ok(rest.every(({ kind }) => kind === "single") && rest.length > 1);
  // Two elements make no array.
  assert.ok(rankSensors(station, segments.slice(0, 2)).every(({ kind }) => kind === "single"));
});

test("the technology is that of the channels recorded", () => {
  const array = testStation({ places: ARRAY_PLACES, channels: ["SHZ"] });
  assert.equal(technologyOf(array, [segment("BDF"), segment("BDF", { station: "B" })]), "infrasound");
  const weather = ["LWS", "LWD", "LDA", "LKO"].map((channel) => segment(channel, { rate: 1 }));
  assert.equal(technologyOf(array, [segment("BDF"), ...weather, ...weather]), "infrasound");
  assert.equal(technologyOf(array, [segment("EDH")]), "hydroacoustic");
  assert.equal(technologyOf(array, [segment("BHZ"), segment("BHN"), segment("BHE"), segment("BDF")]), "seismic");
});

test("a blank network is any network; the record that holds at the time is taken, else the last", () => {
  const id = { network: "XX", station: "TST", location: "", channel: "BHZ" };
  assert.ok(sameChannel(id, { ...id, network: "" }) && !sameChannel(id, { ...id, network: "YY" }));
  const epochs = [0, 100].map(
    (startTime): Channel => ({ ...single.channels[0]!, startTime, endTime: startTime + 100 }),
  );
  const station = { ...single, channels: epochs };
  assert.equal(channelRecordAt(station, id, 150), epochs[1]);
  assert.equal(channelRecordAt(station, id, 50), epochs[0]);
  assert.equal(channelRecordAt(station, id, 900), epochs[1]);
  assert.equal(channelRecordAt(station, { ...id, channel: "BHN" }, 50), null);
});
