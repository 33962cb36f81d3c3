import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, distanceAzimuth, randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { assignSurfaceWaves } from "./surfaceWaves.ts";
import { reported, testStation } from "./testNetwork.ts";

const earth = createEarthModel("ak135");
const station = testStation("S", 50, 10, "3c");
const stations = new Map([["S", station]]);
const source = { time: 1e9, latitudeDeg: 0, longitudeDeg: 10, depthKm: 10 };

function rayleigh(key: string, lateSec: number): Arrival {
  const { deltaDeg } = distanceAzimuth(source.latitudeDeg, source.longitudeDeg, 50, 10);
  const time = source.time + earth.predict("LR", deltaDeg, 10)!.timeSec + lateSec;
  const signal = { time, phase: "LR", logAmplitude: 2, snr: 8, azimuthDeg: 180, slowness: 30, timeErrorSec: 20 };
  return reported(station, key, randomStream(1), signal);
}

test("the Rayleigh wave nearest to its time joins, one for each station, and none that is far off or from the deep", () => {
  const given = [rayleigh("near", 15), rayleigh("further", -60), rayleigh("far", 900)];
  const [readings] = assignSurfaceWaves([source], given, stations, earth);
  assert.deepEqual(
    readings!.map(({ arrivalKey, phase, timeDefining }) => [arrivalKey, phase, timeDefining]),
    [["near", "LR", false]],
  );
  assert.deepEqual(assignSurfaceWaves([{ ...source, depthKm: 400 }], given, stations, earth), [[]]);
});

test("two events never share a Rayleigh wave", () => {
  const later = { ...source, time: source.time + 40 };
  const assigned = assignSurfaceWaves([source, later], [rayleigh("one", 35)], stations, earth);
  assert.deepEqual(
    assigned.map((readings) => readings.map(({ arrivalKey }) => arrivalKey)),
    [[], ["one"]],
  );
});
