import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { localOffsetKm, parseTime, RADIANS_PER_DEGREE } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { dprkReadings, runDprkDemo } from "./demo.ts";
import { dprkPublished } from "./published.ts";

for (const model of ["iasp91", "ak135"] as const) {
  test(`${model}: each test within 10 km of the place of Yang et al. 2021; nine of ten 90 % ellipses hold it, so at least five of six`, (t) => {
    const { tests } = runDprkDemo(createEarthModel(model));
    assert.equal(tests.length, 6);
    let inside = 0;
    for (const { published, origin, distanceKm, laterSec } of tests) {
      const { semiMajorKm, semiMinorKm, strikeDeg } = origin.error!;
      t.diagnostic(
        `${published.key}: ${distanceKm.toFixed(2)} km, ${laterSec.toFixed(2)} s, ellipse ${semiMajorKm.toFixed(1)} x ${semiMinorKm.toFixed(1)} km, ${origin.definingCount} defining`,
      );
      assert.ok(distanceKm <= 10 && Math.abs(laterSec) <= 1);
      const { eastKm, northKm } = localOffsetKm(
        origin.latitudeDeg,
        origin.longitudeDeg,
        published.latitudeDeg,
        published.longitudeDeg,
      );
      const strike = strikeDeg * RADIANS_PER_DEGREE;
      const along = (eastKm * Math.sin(strike) + northKm * Math.cos(strike)) / semiMajorKm;
      const across = (eastKm * Math.cos(strike) - northKm * Math.sin(strike)) / semiMinorKm;
      if (Math.hypot(along, across) <= 1) inside++;
      assert.ok(semiMajorKm < 20);
    }
    assert.ok(inside >= 5, `${inside} of 6`);
  });

  test(`${model}: relative places within 1 km of those of Yang et al. 2021 and of Gibbons 2026`, (t) => {
    const { tests, rmsDoubleDifferenceSec } = runDprkDemo(createEarthModel(model));
    assert.ok(rmsDoubleDifferenceSec < 0.05, `${rmsDoubleDifferenceSec} s`);
    for (const { published, relative, relativePublished } of tests) {
      const apart = Object.values(relativePublished).map((place) =>
        Math.hypot(relative.eastKm - place.eastKm, relative.northKm - place.northKm),
      );
      t.diagnostic(
        `${published.key}: ${relative.eastKm.toFixed(2)} ${relative.northKm.toFixed(2)} km, from Yang ${apart[0]!.toFixed(2)}, Gibbons ${apart[1]!.toFixed(2)} km; ellipse ${relative.semiMajorKm.toFixed(2)} x ${relative.semiMinorKm.toFixed(2)} km`,
      );
      assert.ok(Math.max(...apart) <= 1);
    }
  });
}

referenceTest(
  "the table holds every published reading but those of RES, to the millisecond, at the published coordinates",
  ["parametric/dprk-picks/dprk_picks.csv"],
  (_t, [path]) => {
    const mine = new Map(
      dprkReadings().flatMap((readings) => readings.map((reading) => [reading.arrivalKey, reading] as const)),
    );
    const rows = readFileSync(path!, "utf8").trim().split("\n").slice(1);
    let compared = 0;
    for (const row of rows) {
      const [event, code, phase, time, latitude, longitude] = row.split(",");
      if (code === "RES") continue;
      const own = mine.get(`${event}/${code}/${phase}`)!;
      assert.ok(Math.abs(own.time - parseTime(time!)!) < 0.0006, row);
      assert.ok(Math.abs(own.station.latitudeDeg - Number(latitude)) < 1e-4, row);
      assert.ok(Math.abs(own.station.longitudeDeg - Number(longitude)) < 1e-4, row);
      compared++;
    }
    assert.equal(compared, 478);
    assert.equal(mine.size, 478);
  },
);

referenceTest(
  "the published places and times are those of the reference table",
  ["parametric/nuclear-explosions/dprk_tests.csv"],
  (_t, [path]) => {
    const rows = readFileSync(path!, "utf8").trim().split("\n").slice(1);
    rows.forEach((row, i) => {
      const [key, time, latitude, longitude, , east, north] = row.split(",");
      const own = dprkPublished[i]!;
      assert.equal(own.key, key);
      assert.equal(parseTime(own.time), parseTime(time!));
      assert.equal(own.latitudeDeg, Number(latitude));
      assert.equal(own.longitudeDeg, Number(longitude));
      assert.ok(Math.abs(own.eastKm - Number(east)) < 6e-4 && Math.abs(own.northKm - Number(north)) < 6e-4);
    });
    assert.equal(rows.length, dprkPublished.length);
  },
);
