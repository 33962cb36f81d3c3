/**
 * The whole chain (tables, ellipticity, elevation) against the residuals that IDC analysts' solutions carry: a real bulletin of 2010-05-20 in
 * CSS3.0 tables. Only times, places and heights are read; the stored residual is observed less predicted by the IDC's iasp91.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { distanceAzimuth, mean, median, scaledMad, standardDeviation } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { createEarthModel } from "./earthModel.ts";

interface Difference {
  readonly phase: string;
  readonly deltaDeg: number;
  readonly depthKm: number;
  /** Our residual less the stored one, s. */
  readonly seconds: number;
}

const lines = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
const words = (line: string) => line.trim().split(/\s+/);

function differences(bulletin: string, stations: string): Difference[] {
  const earth = createEarthModel("iasp91");
  const sites = new Map(
    lines(join(stations, "ueb_test.site")).map((line) => {
      const [station, , , latitude, longitude, elevation] = words(line);
      return [station!, { latitude: Number(latitude), longitude: Number(longitude), elevation: Number(elevation) }];
    }),
  );
  const origins = new Map(
    lines(join(bulletin, "ueb_test.origin")).map((line) => {
      const [latitude, longitude, depth, time, orid] = words(line);
      // Events of a later study are not the IDC's.
      const study = line.includes("ARS:chip");
      const source = { latitude: Number(latitude), longitude: Number(longitude), depth: Number(depth), study };
      return [orid!, { ...source, time: Number(time) }];
    }),
  );
  const times = new Map(
    lines(join(bulletin, "ueb_test.arrival")).map((line) => [words(line)[2]!, Number(words(line)[1])]),
  );
  return lines(join(bulletin, "ueb_test.assoc")).flatMap((line) => {
    // Columns, not words: belief and distance touch.
    const [arid, orid, station, phase] = [
      line.slice(0, 8),
      line.slice(8, 18),
      line.slice(20, 27),
      line.slice(27, 36),
    ].map((field) => field.trim());
    const stored = Number(line.slice(66, 75));
    const [origin, site, time] = [origins.get(orid!), sites.get(station!), times.get(arid!)];
    if (!origin || !site || time === undefined || stored < -900 || origin.study) return [];
    const { deltaDeg, azimuthDeg } = distanceAzimuth(origin.latitude, origin.longitude, site.latitude, site.longitude);
    const predicted = earth.predict(phase!, deltaDeg, origin.depth);
    if (!predicted) return [];
    const { ellipticitySec, elevationSec } = earth.correction(phase!, {
      deltaDeg,
      depthKm: origin.depth,
      sourceLatitudeDeg: origin.latitude,
      eventStationAzimuthDeg: azimuthDeg,
      stationElevationKm: site.elevation,
    });
    const residual = time - origin.time - predicted.timeSec - ellipticitySec - elevationSec;
    return [{ phase: phase!, deltaDeg, depthKm: origin.depth, seconds: residual - stored }];
  });
}

const sets = ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"] as const;

referenceTest(
  "P at 25 to 98 deg: our residuals differ from the bulletin's by no more than 0.02 s (standard deviation)",
  sets,
  (t, [bulletin, stations]) => {
    const seconds = differences(bulletin!, stations!)
      .filter(({ phase, deltaDeg }) => phase === "P" && deltaDeg >= 25 && deltaDeg <= 98)
      .map((difference) => difference.seconds);
    const sd = standardDeviation(seconds);
    t.diagnostic(
      `${seconds.length} residuals: mean ${mean(seconds).toFixed(4)}, sd ${sd.toFixed(4)}, largest ${Math.max(...seconds.map(Math.abs)).toFixed(3)} s`,
    );
    assert.ok(seconds.length >= 80 && sd <= 0.02 && Math.abs(mean(seconds)) <= 0.02);
  },
);

referenceTest("PcP, PKP, PKPbc and PP agree with the bulletin too", sets, (t, [bulletin, stations]) => {
  const all = differences(bulletin!, stations!);
  for (const phase of ["PcP", "PKP", "PKPbc", "PP"]) {
    const seconds = all.filter((difference) => difference.phase === phase).map((difference) => difference.seconds);
    t.diagnostic(
      `${phase}: ${seconds.length} residuals, median ${median(seconds).toFixed(3)}, spread ${scaledMad(seconds).toFixed(3)} s`,
    );
    assert.ok(seconds.length >= 5 && Math.abs(median(seconds)) <= 0.05 && scaledMad(seconds) <= 0.05, phase);
  }
});
