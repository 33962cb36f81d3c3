import assert from "node:assert/strict";
import { test } from "node:test";
import { type Channel, type InstrumentResponse, NO_PLACE_DEG } from "@harken/core";
import { mergeChannels } from "./mergeChannels.ts";
import { stationsFromRecords } from "./stations.ts";

const response: InstrumentResponse = { stages: [], sensitivity: 1e9, sensitivityFrequencyHz: 1, inputUnit: "m/s" };

const placed: Channel = {
  id: { network: "IC", station: "BJT", location: "00", channel: "BHZ" },
  startTime: null,
  endTime: null,
  latitudeDeg: 40,
  longitudeDeg: 116,
  elevationKm: 0.2,
  depthKm: 0.06,
  hangDeg: -1,
  vangDeg: 0,
  sampleRateHz: 20,
  instrument: "",
  calibNmPerCount: null,
  calperSec: null,
  response: null,
};
const unplaced: Channel = {
  ...placed,
  id: { ...placed.id, network: "" },
  latitudeDeg: NO_PLACE_DEG,
  longitudeDeg: NO_PLACE_DEG,
  elevationKm: 0,
  depthKm: 0,
  sampleRateHz: null,
  instrument: "STS-1",
  response,
};

test("the place of one record and the response of another are one channel", () => {
  for (const records of [
    [placed, unplaced],
    [unplaced, placed],
  ])
    assert.deepEqual(mergeChannels(records), [{ ...placed, instrument: "STS-1", response }]);
});

test("each epoch of the response becomes a record, within the time that both hold", () => {
  const records = [
    { ...placed, startTime: 100 },
    { ...unplaced, startTime: 0, endTime: 200 },
    { ...unplaced, startTime: 200, endTime: 300 },
    { ...unplaced, endTime: 50 },
  ];
  assert.deepEqual(
    mergeChannels(records).map(({ startTime, endTime, latitudeDeg }) => [startTime, endTime, latitudeDeg]),
    [
      [100, 200, 40],
      [200, 300, 40],
      [null, 50, NO_PLACE_DEG],
    ],
  );
});

test("a record without response gives way to one that has place and response; other networks and sensors stay", () => {
  const full = { ...placed, response };
  const other = { ...placed, id: { ...placed.id, network: "XX" } };
  const sensor = { ...placed, id: { ...placed.id, location: "10" } };
  assert.deepEqual(mergeChannels([placed, full, other, sensor]), [full, other, sensor]);
});

test("a calibration of the waveform's own stays when a response comes", () => {
  const [channel, ...others] = mergeChannels([{ ...placed, calibNmPerCount: 0.5, calperSec: 2 }, unplaced]);
  assert.equal(others.length, 0);
  assert.deepEqual([channel?.calibNmPerCount, channel?.calperSec, channel?.response], [0.5, 2, response]);
});

test("a response without a place finds its site by the code, or is left out", () => {
  assert.deepEqual(stationsFromRecords([unplaced], []), []);
  const { network, station: code } = placed.id;
  const site = { network, code, station: code, name: "", latitudeDeg: 1, longitudeDeg: 2, elevationKm: 3 };
  const [station] = stationsFromRecords([unplaced], [{ ...site, northKm: null, eastKm: null }]);
  assert.deepEqual(
    station?.channels.map(({ latitudeDeg, elevationKm }) => [latitudeDeg, elevationKm]),
    [[1, 3]],
  );
});
