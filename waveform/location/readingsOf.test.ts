import assert from "node:assert/strict";
import { test } from "node:test";
import type { Arrival } from "@harken/core";
import { type ReadingChoice, readingsOf } from "./readingsOf.ts";
import { testStation } from "./testReadings.ts";

const arrival = (key: string, station: string): Arrival => ({
  key,
  station,
  channel: "",
  time: 100,
  timeErrorSec: 0.7,
  phase: "P",
  azimuthDeg: 20,
  azimuthErrorDeg: 5,
  slownessSecPerDeg: 7,
  slownessErrorSecPerDeg: 1,
  snr: null,
  amplitudes: [],
  firstMotion: null,
  rectilinearity: null,
  incidenceDeg: null,
  frequencyHz: null,
  fkQuality: null,
  author: "",
});
const choice = (arrivalKey: string): ReadingChoice => ({
  arrivalKey,
  phase: "Pn",
  timeDefining: true,
  azimuthDefining: false,
  slownessDefining: true,
});

test("the association's phase and choice, the arrival's measurements, the station's place", () => {
  const stations = new Map([["A", testStation("A", 10, 20)]]);
  const arrivals = new Map(["1 A", "2 B", "3 C"].map((key) => [key, arrival(key, key.slice(-1))]));
  const { readings, unknownStations } = readingsOf(
    [choice("1 A"), choice("3 C"), choice("2 B"), choice("gone")],
    arrivals,
    (code) => stations.get(code),
  );
  assert.deepEqual(unknownStations, ["B", "C"]);
  assert.deepEqual(readings, [
    {
      ...choice("1 A"),
      station: stations.get("A"),
      time: 100,
      timeErrorSec: 0.7,
      azimuthDeg: 20,
      azimuthErrorDeg: 5,
      slownessSecPerDeg: 7,
      slownessErrorSecPerDeg: 1,
    },
  ]);
});
