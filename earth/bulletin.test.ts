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
import { type EarthTables, tableEarthModel } from "./tables/tableModel.ts";

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
/** 20 May 2010, as CSS3.0 writes a day. */
const DAY = 2010140;
const words = (line: string) => line.trim().split(/\s+/);

/** `asIdc`: with the distances of the rows (rounded to 0.001 deg) and the heights of the IDC's own list of stations. */
function differences(
  bulletin: string,
  stations: string,
  earth = createEarthModel("iasp91"),
  asIdc = false,
): Difference[] {
  const heights = new Map(
    lines(join(stations, "netvisa_static_siteid.csv")).map((line) => [line.split(",")[1]!, Number(line.split(",")[4])]),
  );
  // Some stations have moved: the row of the bulletin's day.
  const sites = new Map(
    lines(join(stations, "ueb_test.site")).flatMap((line) => {
      const [station, from, to, latitude, longitude, elevation] = words(line);
      if (Number(from) > DAY || Number(to) < DAY) return [];
      return [
        [station!, { latitude: Number(latitude), longitude: Number(longitude), elevation: Number(elevation) }] as const,
      ];
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
    const direct = distanceAzimuth(origin.latitude, origin.longitude, site.latitude, site.longitude);
    const { azimuthDeg } = direct;
    const deltaDeg = asIdc ? Number(line.slice(41, 50)) : direct.deltaDeg;
    const predicted = earth.predict(phase!, deltaDeg, origin.depth);
    if (!predicted) return [];
    const { ellipticitySec, elevationSec } = earth.correction(phase!, {
      deltaDeg,
      depthKm: origin.depth,
      sourceLatitudeDeg: origin.latitude,
      eventStationAzimuthDeg: azimuthDeg,
      stationElevationKm: (asIdc && heights.get(station!)) || site.elevation,
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

/** The IDC's own table of P (14 depths, 190 distances) and the ellipticity coefficients of its programs; the headers of both tell the order. */
function idcTables(parameters: string, ellipticity: string): EarthTables {
  const numbers = lines(join(parameters, "ttime/iasp91.P")).flatMap((line) =>
    line.startsWith("#") ? [] : words(line.replace(/Number of.*$/, "")).map(Number),
  );
  const take = (count: number) => numbers.splice(0, count);
  const depthsKm = take(take(1)[0]!);
  const deltasDeg = take(take(1)[0]!);
  const secondsByDepth = depthsKm.map(() => take(deltasDeg.length));
  const rows = lines(join(ellipticity, "ELCOR.dat")).map(words);
  const head = rows.findIndex(([phase]) => phase === "P");
  const count = Number(rows[head]![1]);
  const block = rows.slice(head + 2, head + 2 + 4 * count).map((row) => row.map(Number));
  const nodes = Array.from({ length: count }, (_, i) => block.slice(4 * i, 4 * i + 4) as [number[], ...number[][]]);
  return {
    travelTimes: [{ phase: "P", depthsKm, deltasDeg, secondsByDepth, errors: null }],
    ellipticity: [
      {
        ...{ phase: "P", depthsKm: rows[head + 1]!.map(Number), deltasDeg: nodes.map(([delta]) => delta[0]!) },
        tau: nodes.map(([, ...tau]) => tau as [number[], number[], number[]]),
      },
    ],
  };
}

referenceTest(
  "P at 25 to 98 deg with the IDC's own tables: within 0.005 s (standard deviation) of the bulletin's residuals; our own: 0.01 s",
  [...sets, "parametric/sigvisa-idc-params", "parametric/gms-ellipticity"],
  (t, [bulletin, stations, parameters, ellipticity]) => {
    const tables = idcTables(parameters!, ellipticity!);
    const base = createEarthModel("iasp91");
    for (const [name, part, most] of [
      ["both", tables, 0.005],
      ["its ellipticity alone", { ...tables, travelTimes: [] }, 0.01],
      ["our own", { travelTimes: [], ellipticity: [] }, 0.01],
    ] as const) {
      const seconds = differences(bulletin!, stations!, tableEarthModel(base, part), true)
        .filter(({ phase, deltaDeg }) => phase === "P" && deltaDeg >= 25 && deltaDeg <= 98)
        .map((difference) => difference.seconds);
      const sd = standardDeviation(seconds);
      t.diagnostic(`${name}: ${seconds.length} residuals, mean ${mean(seconds).toFixed(4)}, sd ${sd.toFixed(4)} s`);
      assert.ok(seconds.length >= 80 && sd <= most, `${name}: ${sd}`);
    }
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
