/**
 * The main job on real waveforms: four DPRK nuclear tests at 7 to 8 open stations. Scored against the locations and times of Yang et al.
 * 2021 in the reference data; the SAC headers' own origins are up to 8 km away and are not read.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { geodesicKm, median, type Origin, parseTime, preferredOrigin } from "@harken/core";
import { referencePath, referenceTest } from "@harken/testing";
import { processFiles } from "./processFiles.ts";

const all = "waveforms/dprk-2009-2016";
const table = "parametric/nuclear-explosions/dprk_tests.csv";
const cases: readonly (readonly [folder: string, name: string])[] = [
  ["2009-05-25-mb47-north-korea", "DPRK2"],
  ["2013-02-12-mb51-north-korea", "DPRK3"],
  ["2016-01-06-mb51-north-korea", "DPRK4"],
  ["2016-09-09-mb53-north-korea", "DPRK5"],
];

function published(name: string): { time: number; latitude: number; longitude: number } {
  const row = readFileSync(referencePath(table)!, "utf8")
    .split("\n")
    .find((line) => line.startsWith(`${name},`))!
    .split(",");
  return { time: parseTime(row[1]!)!, latitude: Number(row[2]), longitude: Number(row[3]) };
}

const options = { metadata: [], from: null, to: null, model: "ak135", quiet: true, workers: 1 } as const;
const alone: Origin[] = [];

for (const [folder, name] of cases) {
  const set = `${all}/${folder}`;
  referenceTest(
    `${name}: one event with three or more stations, within 25 km and 3 s of Yang et al. 2021`,
    [set, table],
    async (t, [path]) => {
      const result = await processFiles([path!], options);
      const events = result.bulletin.events.map(preferredOrigin).filter(({ stationCount }) => stationCount >= 3);
      assert.equal(events.length, 1, "events with three or more stations");
      const [origin] = events;
      const truth = published(name);
      const km = geodesicKm(truth.latitude, truth.longitude, origin!.latitudeDeg, origin!.longitudeDeg);
      t.diagnostic(
        `${name}: ${km.toFixed(1)} km, ${(origin!.time - truth.time).toFixed(2)} s, ${origin!.stationCount} stations`,
      );
      alone.push(origin!);
      assert.ok(km <= 25, `${km.toFixed(1)} km away`);
      assert.ok(Math.abs(origin!.time - truth.time) <= 3, `${(origin!.time - truth.time).toFixed(2)} s off`);
      assert.ok(origin!.error !== null && origin!.error.semiMajorKm > 0);
      const ml = origin!.magnitudes.find(({ type }) => type === "ML");
      assert.ok(ml && ml.value > 3 && ml.value < 7, "ML is given");
      assert.ok(!origin!.magnitudes.some(({ type }) => type === "mb"), "mb is not defined below 20 deg");
      assert.ok(
        origin!.remarks.some((remark) => /mb/.test(remark)),
        "the reason why mb is absent is said",
      );
      const stations = origin!.associations
        .filter(({ timeDefining }) => timeDefining)
        .map(({ station, phase }) => `${station} ${phase}`);
      assert.equal(new Set(stations).size, stations.length, "co-located sensors count once");
    },
  );
}

referenceTest("median of the four within 12 km", [table], (t) => {
  assert.equal(alone.length, cases.length, "all four were located");
  const away = cases.map(([, name], i) => {
    const truth = published(name);
    return geodesicKm(truth.latitude, truth.longitude, alone[i]!.latitudeDeg, alone[i]!.longitudeDeg);
  });
  t.diagnostic(`median ${median(away).toFixed(1)} km`);
  assert.ok(median(away) <= 12);
});

referenceTest(
  "the four in one folder, seven years and other names of horizontals apart: within 25 km and 3 s, with directions and ML",
  [all, table],
  async (t, [path]) => {
    const { bulletin } = await processFiles([path!], options);
    const origins = bulletin.events.map(preferredOrigin).filter(({ stationCount }) => stationCount >= 3);
    assert.equal(origins.length, cases.length);
    for (const [i, { latitudeDeg, longitudeDeg, time, magnitudes, associations }] of origins.entries()) {
      const truth = published(cases[i]![1]);
      const km = geodesicKm(truth.latitude, truth.longitude, latitudeDeg, longitudeDeg);
      const directed = associations.filter(({ azimuthResidualDeg }) => azimuthResidualDeg !== null).length;
      t.diagnostic(`${km.toFixed(1)} km, ${(time - truth.time).toFixed(2)} s, ${directed} with azimuth`);
      assert.ok(km <= 25 && Math.abs(time - truth.time) <= 3);
      assert.ok(magnitudes.some(({ type }) => type === "ML"));
      // Without the horizontals of its years an event has none at all.
      assert.ok(directed >= 5, `${directed} with azimuth`);
    }
  },
);
