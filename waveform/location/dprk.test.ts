/** The six announced nuclear tests of the DPRK from published readings of P and Pn, against the places and times of Yang et al. 2021. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { geodesicKm, parseTime } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { locate } from "./locate.ts";
import type { Reading } from "./reading.ts";
import { defaultLocationSettings } from "./settings.ts";
import { testStation } from "./testReadings.ts";

function table(path: string): Readonly<Record<string, string>>[] {
  const [head, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((value, i) => [names[i]!, value])));
}

function readingOf(row: Readonly<Record<string, string>>): Reading {
  const station = row["station"]!;
  return {
    arrivalKey: `${station} ${row["phase"]}`,
    station: testStation(station, Number(row["sta_lat"]), Number(row["sta_lon"])),
    phase: row["phase"]!,
    time: parseTime(row["time_utc"]!)!,
    timeErrorSec: 0.5,
    timeDefining: true,
    azimuthDeg: null,
    azimuthErrorDeg: null,
    azimuthDefining: false,
    slownessSecPerDeg: null,
    slownessErrorSecPerDeg: null,
    slownessDefining: false,
  };
}

referenceTest(
  "six DPRK tests, 56 to 90 readings each, no start given: within 8 km and 0.6 s, and inside the 90 % ellipse's long axis",
  ["parametric/dprk-picks/dprk_picks.csv", "parametric/nuclear-explosions/dprk_tests.csv"],
  (t, [picks, tests]) => {
    // The label of RES is wrong by more than a minute.
    const rows = table(picks!).filter(({ station }) => station !== "RES");
    const events = table(tests!);
    assert.equal(events.length, 6);
    for (const { event, origin_time_utc, lat, lon } of events) {
      const readings = rows.filter((row) => row["event"] === event).map(readingOf);
      const result = locate(readings, null, createEarthModel("ak135"), {
        ...defaultLocationSettings,
        depth: { fixedKm: 0, type: "surface" },
      });
      assert.ok(result.ok);
      const { latitudeDeg, longitudeDeg, time, error } = result.origin;
      const km = geodesicKm(latitudeDeg, longitudeDeg, Number(lat), Number(lon));
      const late = time - parseTime(origin_time_utc!)!;
      t.diagnostic(`${event}: ${km.toFixed(1)} km, ${late.toFixed(2)} s, ${readings.length} readings`);
      assert.ok(km < 8 && km < error!.semiMajorKm, `${event}: ${km} km`);
      assert.ok(Math.abs(late) < 0.6, `${event}: ${late} s`);
    }
  },
);
