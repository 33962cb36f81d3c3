import assert from "node:assert/strict";
import { test } from "node:test";
import { TruthReport } from "@harken/api";
import { geodesicKm, type Origin, type SeismicEvent } from "@harken/core";
import { demoWorldConfig, type HiddenEvent } from "@harken/simulator";
import { Errors } from "typebox/value";
import { compareWithTruth } from "./truth.ts";

const START = demoWorldConfig.startTime;
const hiddenAt = (key: string, sec: number, latitudeDeg: number, depthKm = 30): HiddenEvent => ({
  ...{ key, time: START + sec, latitudeDeg, longitudeDeg: 20, depthKm, magnitude: 5, kind: "earthquake" },
});
const eventAt = (key: string, sec: number, latitudeDeg: number, mb: number | null = null): SeismicEvent => ({
  key,
  preferredOriginKey: "o",
  origins: [
    {
      ...{ key: "o", time: START + sec, latitudeDeg, longitudeDeg: 20, depthKm: 10 },
      magnitudes: [{ type: "ML", value: 9 }, ...(mb === null ? [] : [{ type: "mb", value: mb }])],
    } as unknown as Origin,
  ],
});
const world = {
  config: demoWorldConfig,
  events: [hiddenAt("A", 100, 10), hiddenAt("B", 900, -30), hiddenAt("C", 2000, 45), hiddenAt("D", 4000, 60, 0)],
};
const events = [
  eventAt("1", 102, 11, 5.3),
  eventAt("2", 1500, 70),
  eventAt("3", 1999, 45.5),
  eventAt("4", 3990, 60),
  eventAt("5", 5000, 0),
];

test("counts, medians and misses are those of the stretch whose waves have been processed", () => {
  // Events up to 2400 s are expected by now.
  const { report, matches } = compareWithTruth("SEL1", events, world, START + 3600);
  assert.deepEqual([...Errors(TruthReport, report)], []);
  assert.deepEqual([report.comparedFrom, report.comparedTo], [START, START + 2400]);
  assert.deepEqual(
    report.hidden.map(({ key, matchedEventKey }) => [key, matchedEventKey]),
    [
      ["A", "1"],
      ["B", null],
      ["C", "3"],
    ],
  );
  assert.deepEqual([report.missed, report.false], [["B"], ["2"]]);
  assert.deepEqual(report.counts, { hidden: 3, matched: 2, missed: 1, false: 1 });
  const kilometres = [geodesicKm(10, 20, 11, 20), geodesicKm(45, 20, 45.5, 20)];
  assert.ok(Math.abs(report.medians.distanceKm! - (kilometres[0]! + kilometres[1]!) / 2) < 1e-9);
  assert.deepEqual([report.medians.absTimeErrorSec, report.medians.absDepthErrorKm], [1.5, 20]);
  assert.ok(Math.abs(report.medians.absMagnitudeError! - 0.3) < 1e-9, "mb alone is compared with the hidden mb");
  // An event found before its turn is shown with its truth all the same.
  assert.equal(matches.get("4")?.truthKey, "D");
  assert.equal(matches.get("4")?.depthErrorKm, 10);
  assert.equal(matches.get("3")?.magnitudeError, null);
  assert.equal(matches.has("5"), false);
});

test("before the first stretch is done there is nothing to count, and the whole is counted at the end", () => {
  const early = compareWithTruth("SEL1", events.slice(0, 1), world, START + 1140);
  assert.deepEqual([early.report.available, early.report.comparedTo, early.report.counts.hidden], [true, null, 0]);
  assert.deepEqual([...Errors(TruthReport, early.report)], []);
  assert.equal(early.matches.get("1")?.truthKey, "A");
  const late = compareWithTruth("SEL1", events, world, START + 7200);
  assert.deepEqual(late.report.counts, { hidden: 4, matched: 3, missed: 1, false: 2 });
});
