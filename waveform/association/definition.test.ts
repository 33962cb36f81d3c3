/** The IDC's weights: two arrays with time, azimuth and slowness make 3.6 and pass 3.55; three plain times do not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Association, Station } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { uebTables } from "../testTables.ts";
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

/** The reviewed bulletin's rule: this sum of weights, and so many primary stations. */
const REVIEWED = { threshold: 4.6, primaryStations: 3 };

referenceTest(
  "the 15 seismic events of IDC analysts (2010-05-20) meet the reviewed bulletin's rule with the associations that are stored",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, [ueb, reference]) => {
    const tables = uebTables((name) => readFileSync(`${name.endsWith("site") ? reference : ueb}/${name}`, "utf8"));
    const primary = new Set(
      readFileSync(`${reference}/ueb_test.affiliation`, "utf8")
        .split("\n")
        .flatMap((line) => (line.startsWith("IMS_PRI") ? [line.trim().split(/\s+/)[1]!] : [])),
    );
    const stationOf = (code: string): Station => ({
      ...testStation(code, 0, 0, tables.sites.get(code)?.statype === "ar" ? "array" : "3c"),
      role: primary.has(code) ? "primary" : "auxiliary",
    });
    const events = tables.origins.filter(
      ({ auth, orid }) => auth === "ARS:IDC" && tables.assocs.some((row) => row.orid === orid && row.phase !== "I"),
    );
    assert.equal(events.length, 15);
    const weights = events.map(({ orid }) => {
      const own = tables.assocs.filter((row) => row.orid === orid);
      const associations = own.map((row) => ({
        ...association(row.sta, row.phase, false, row.timedef),
        ...{ azimuthDefining: row.azdef, slownessDefining: row.slodef },
      }));
      const { weight } = definitionOf(associations, stationOf, settings);
      const heard = new Set(own.filter(({ timedef, sta }) => timedef && primary.has(sta)).map(({ sta }) => sta));
      assert.ok(weight >= REVIEWED.threshold && heard.size >= REVIEWED.primaryStations, `${orid}: ${weight}`);
      return weight;
    });
    t.diagnostic(`sums of weights ${Math.min(...weights).toFixed(1)} to ${Math.max(...weights).toFixed(1)}`);
  },
);
