/**
 * Against the IDC's analysts: all arrivals of their bulletin of 2010-05-20, 20 to 24 h, are fed without a word on what belongs together. The
 * bulletin has 15 seismic events of the IDC and 8 of another analyst that two or more stations saw; the rest have one station and cannot
 * be built. Labels, directions and amplitudes are those of the automatic detections, with and without station corrections of direction. (The
 * IDC's own automatic list SEL3 had 78 % of the analysts' events of a fortnight of 2008 within 5 deg.)
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { distanceAzimuth, preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { directionTables } from "../testDirections.ts";
import { type UebTables, uebTables } from "../testTables.ts";
import { isSeismic, uebArrivals, uebNetwork } from "../uebArrivals.ts";
import { buildEvents } from "./associator.ts";
import { defaultAssociatorSettings } from "./settings.ts";

const UEB = "parametric/ueb-20100520-css30";
const STATIONS = "parametric/gms-station-ref";
const SASC = "parametric/sigvisa-idc-params/sasc";

for (const [name, corrected, least] of [
  ["directions as measured", false, { five: 12, one: 11 }],
  ["directions with the IDC's station corrections", true, { five: 13, one: 13 }],
] as const)
  referenceTest(
    `of the analysts' events with two stations and more most are built, within 5 deg and 50 s and within 1 deg, and hardly any others: ${name}`,
    [UEB, STATIONS, SASC],
    (t, [ueb, reference, sasc]) => {
      const read = (name: string) => readFileSync(`${name.endsWith("site") ? reference : ueb}/${name}`, "utf8");
      const tables = uebTables(read);
      const stations = uebNetwork(tables, readFileSync(`${reference}/ueb_test.affiliation`, "utf8"));
      const { events } = buildEvents(
        uebArrivals(tables).filter(({ station }) => isSeismic(station)),
        stations,
        createEarthModel("ak135"),
        defaultAssociatorSettings,
        {
          directions: corrected
            ? directionTables(
                (file) => (existsSync(`${sasc}/${file}`) ? readFileSync(`${sasc}/${file}`, "utf8") : null),
                stations.map(({ code }) => code),
              )
            : [],
          travelTimes: [],
        },
      );
      const found = events.map(preferredOrigin);
      const near = (origin: (typeof found)[number], truth: UebTables["origins"][number], maxDeg: number) =>
        Math.abs(origin.time - truth.time) <= 50 &&
        distanceAzimuth(truth.lat, truth.lon, origin.latitudeDeg, origin.longitudeDeg).deltaDeg <= maxDeg;
      const stationCount = (orid: number) =>
        new Set(tables.assocs.filter((a) => a.orid === orid && isSeismic(a.sta)).map(({ sta }) => sta)).size;
      const possible = tables.origins.filter(({ orid }) => stationCount(orid) >= 2);
      const idc = possible.filter(({ auth }) => auth === "ARS:IDC");
      assert.deepEqual([idc.length, possible.length], [15, 23]);
      const recall = (truths: typeof possible, maxDeg: number) =>
        truths.filter((truth) => found.some((origin) => near(origin, truth, maxDeg))).length;
      const untrue = found.filter((origin) => !tables.origins.some((truth) => near(origin, truth, 5)));
      t.diagnostic(
        `IDC: ${recall(idc, 5)} of 15 within 5 deg, ${recall(idc, 1)} within 1 deg; all: ${recall(possible, 5)} and ` +
          `${recall(possible, 1)} of 23; ${untrue.length} of ${found.length} built are none of them`,
      );
      assert.ok(recall(idc, 5) >= least.five, "IDC events within 5 deg");
      assert.ok(recall(idc, 1) >= least.one, "IDC events within 1 deg");
      assert.ok(recall(possible, 5) >= 17, "all events within 5 deg");
      assert.ok(untrue.length <= 2, `${untrue.length} events that no analyst has`);
    },
  );
