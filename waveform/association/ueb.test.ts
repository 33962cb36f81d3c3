/**
 * Against the IDC's analysts: all arrivals of their bulletin of 2010-05-20, 20 to 24 h, are fed without a word on what belongs together. The
 * bulletin has 15 seismic events of the IDC and 8 of another analyst that two or more stations saw; the rest have one station and cannot
 * be built. Labels, directions and amplitudes are those of the automatic detections; directions have no station corrections here. (The
 * IDC's own automatic list SEL3 had 78 % of the analysts' events of a fortnight of 2008 within 5 deg.)
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Amplitude, type Arrival, distanceAzimuth, preferredOrigin, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { type UebTables, uebTables } from "../testTables.ts";
import { buildEvents } from "./associator.ts";

const UEB = "parametric/ueb-20100520-css30";
const STATIONS = "parametric/gms-station-ref";

/** CSS3.0 writes -1 and -999 for what was not measured. */
const measured = (value: number) => (value > 0 ? value : null);
const isSeismic = (code: string) => !/^[HI]\d/.test(code);

/** Stations that reported, and all of the primary network. */
function networkOf(tables: UebTables, affiliation: string): Station[] {
  const roles = new Map<string, "primary" | "auxiliary">();
  for (const line of affiliation.split("\n")) {
    const [network, code] = line.trim().split(/\s+/);
    if (network === "IMS_PRI" || network === "IMS_AUX")
      roles.set(code!, network === "IMS_PRI" ? "primary" : "auxiliary");
  }
  const codes = new Set([
    ...[...tables.arrivals.values()].map(({ sta }) => sta),
    ...[...roles].filter(([, role]) => role === "primary").map(([code]) => code),
  ]);
  return [...codes].filter(isSeismic).flatMap((code): Station[] => {
    const site = tables.sites.get(code);
    if (!site) return [];
    return [
      {
        ...{ code, network: "IM", name: code, technology: "seismic", role: roles.get(code) ?? null },
        kind: site.statype === "ar" ? "array" : "3c",
        ...{ latitudeDeg: site.lat, longitudeDeg: site.lon, elevationKm: site.elev, sites: [], channels: [] },
      },
    ];
  });
}

function arrivalsOf(tables: UebTables): Arrival[] {
  const amplitudes = new Map<number, Amplitude>();
  for (const { arid, amp, per, time, amptype } of tables.amplitudes.values()) {
    if (arid < 0 || !amptype.startsWith("A5/2")) continue;
    const channel = { network: "", station: "", location: "", channel: "" };
    amplitudes.set(arid, { type: "A5/2", channel, time, amplitude: amp, periodSec: per, clipped: false });
  }
  return [...tables.arrivals.values()].map((row): Arrival => {
    const amplitude = amplitudes.get(row.arid);
    return {
      ...{ key: String(row.arid), station: row.sta, channel: "", time: row.time, phase: row.iphase },
      timeErrorSec: measured(row.deltim) ?? 1,
      azimuthDeg: row.azimuth >= 0 ? row.azimuth : null,
      azimuthErrorDeg: measured(row.delaz),
      slownessSecPerDeg: measured(row.slow),
      slownessErrorSecPerDeg: measured(row.delslo),
      snr: measured(row.snr),
      amplitudes: amplitude ? [amplitude] : [],
      ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: null, fkQuality: null },
      author: "IDC",
    };
  });
}

referenceTest(
  "of the analysts' events with two stations and more most are built, within 5 deg and 50 s and within 1 deg, and hardly any others",
  [UEB, STATIONS],
  (t, [ueb, reference]) => {
    const read = (name: string) => readFileSync(`${name.endsWith("site") ? reference : ueb}/${name}`, "utf8");
    const tables = uebTables(read);
    const stations = networkOf(tables, readFileSync(`${reference}/ueb_test.affiliation`, "utf8"));
    const { events } = buildEvents(
      arrivalsOf(tables).filter(({ station }) => isSeismic(station)),
      stations,
      createEarthModel("ak135"),
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
    assert.ok(recall(idc, 5) >= 12, "IDC events within 5 deg");
    assert.ok(recall(idc, 1) >= 11, "IDC events within 1 deg");
    assert.ok(recall(possible, 5) >= 17, "all events within 5 deg");
    assert.ok(untrue.length <= 2, `${untrue.length} events that no analyst has`);
  },
);
