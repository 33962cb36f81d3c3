/** The IDC's weights: two arrays with time, azimuth and slowness make 3.6 and pass 3.55; three plain times do not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Association, Station } from "@harken/core";
import { definitionOf } from "./definition.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { testStation } from "./testNetwork.ts";

const stations = new Map<string, Station>(
  (["array", "array", "3c", "3c", "3c"] as const).map((kind, i) => [`S${i}`, testStation(`S${i}`, i, i, kind)]),
);
stations.set("AUX", { ...testStation("AUX", 9, 9, "3c"), role: "auxiliary" });

const association = (station: string, phase: string, directed: boolean, timeDefining = true): Association => ({
  ...{ arrivalKey: `${station}${phase}`, station, phase, deltaDeg: 30 },
  ...{ stationEventAzimuthDeg: 0, eventStationAzimuthDeg: 0, weight: 1 },
  ...{ timeResidualSec: 0, timeDefining },
  ...{ azimuthResidualDeg: 0, azimuthDefining: directed },
  ...{ slownessResidualSecPerDeg: 0, slownessDefining: directed },
});
const sum = (...associations: Association[]) => {
  const { weight, stations: count } = definitionOf(associations, (code) => stations.get(code), settings);
  return [Math.round(weight * 100) / 100, count];
};

test("primary and secondary times, azimuth and slowness by kind and role of the station", () => {
  assert.deepEqual(sum(association("S0", "P", true), association("S1", "P", true)), [3.6, 2]);
  assert.deepEqual(sum(association("S2", "P", true), association("S3", "P", true)), [2.8, 2]);
  assert.deepEqual(sum(...["S2", "S3", "S4"].map((s) => association(s, "P", false))), [3, 3]);
  assert.deepEqual(
    sum(association("S2", "Pn", false), association("S2", "Pg", false), association("S2", "Sn", false)),
    [2.4, 1],
  );
  assert.deepEqual(sum(association("AUX", "P", true)), [1, 1]);
  assert.deepEqual(sum(association("S0", "LR", false, false)), [0, 0]);
});
