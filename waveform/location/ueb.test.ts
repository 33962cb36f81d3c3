/**
 * Against the IDC's analysts: 16 events of the reviewed bulletin of 2010-05-20, relocated with iasp91 from the readings that defined them.
 * The stored tables lack some readings (3 of 15 for the event of the largest difference in depth) and the IDC had a model for infrasound
 * that we have not, so the places differ a little; the readings and weights they share are compared closely.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { geodesicKm, median } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { type UebTables, uebTables } from "../testTables.ts";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { QUANTITIES, systemAt } from "./system.ts";
import { testStation } from "./testReadings.ts";

const UEB = "parametric/ueb-20100520-css30";
const STATIONS = "parametric/gms-station-ref";
const SASC = "parametric/sigvisa-idc-params/sasc";

const load = (folders: readonly string[]): UebTables =>
  uebTables((name) => readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"));

const noModelErrors = { azimuthModelErrorDeg: 0, slownessModelErrorSecPerDeg: 0 };

function analystEvents(tables: UebTables) {
  const events = tables.origins.filter(({ auth }) => auth === "ARS:IDC");
  assert.equal(events.length, 16);
  return events;
}

interface Direction {
  readonly azimuthDeg: number;
  readonly azimuthErrorDeg: number;
  readonly slownessSecPerDeg: number;
  readonly slownessErrorSecPerDeg: number;
}

/** The IDC's slowness-azimuth station correction of a measured direction, from the station's file (its header explains the columns). */
function corrected(folder: string, station: string, measured: Direction): Direction {
  const file = `${folder}/sasc.${station}`;
  if (!existsSync(file)) return measured;
  const { azimuthDeg, slownessSecPerDeg: slowness } = measured;
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/\s+/).map(Number));
  const [[sx, sy, defaultError], , ...bins] = rows as [[number, number, number], [number], ...number[][]];
  const bin = bins.find(
    ([low, high, from, to]) => slowness >= low! && slowness < high! && azimuthDeg >= from! && azimuthDeg < to!,
  );
  const angle = (azimuthDeg * Math.PI) / 180;
  const [east, north] = [slowness * Math.sin(angle) - sx, slowness * Math.cos(angle) - sy];
  const derivedDeg = (Math.asin(Math.min(1, defaultError / (2 * slowness))) * 360) / Math.PI;
  const [toSlowness, toAzimuth, slownessError, azimuthError] = bin
    ? [slowness - bin[4]!, azimuthDeg - bin[5]!, bin[6]!, bin[7]!]
    : [Math.hypot(east, north), (Math.atan2(east, north) * 180) / Math.PI, defaultError, derivedDeg];
  return {
    azimuthDeg: toAzimuth,
    azimuthErrorDeg: Math.hypot(measured.azimuthErrorDeg, azimuthError),
    slownessSecPerDeg: toSlowness,
    slownessErrorSecPerDeg: Math.hypot(measured.slownessErrorSecPerDeg, slownessError),
  };
}

function readingsOf(tables: UebTables, orid: number, sascFolder: string | null): Reading[] {
  return tables.assocs
    .filter((assoc) => assoc.orid === orid && (assoc.timedef || assoc.azdef || assoc.slodef))
    .map((assoc) => {
      const arrival = tables.arrivals.get(assoc.arid)!;
      const site = tables.sites.get(assoc.sta)!;
      const measured: Direction = {
        azimuthDeg: arrival.azimuth,
        azimuthErrorDeg: arrival.delaz,
        slownessSecPerDeg: arrival.slow,
        slownessErrorSecPerDeg: arrival.delslo,
      };
      // The stored residuals show that the IDC corrected the directions of arrays.
      const direction = sascFolder && site.statype === "ar" ? corrected(sascFolder, assoc.sta, measured) : measured;
      return {
        arrivalKey: String(assoc.arid),
        station: testStation(assoc.sta, site.lat, site.lon, site.elev),
        phase: assoc.phase,
        time: arrival.time,
        timeErrorSec: arrival.deltim,
        timeDefining: assoc.timedef,
        ...direction,
        azimuthDefining: assoc.azdef,
        slownessDefining: assoc.slodef,
      };
    });
}

const quantile90 = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(0.9 * (values.length - 1))]!;

for (const [name, sasc, errors, bounds] of [
  ["with the IDC's station corrections of direction", true, noModelErrors, { median: 5, most: 15 }],
  ["as measured, with our model errors of direction", false, {}, { median: 10, most: 50 }],
] as const) {
  referenceTest(
    `16 events of IDC analysts relocated, directions ${name}: median below ${bounds.median} km, 9 of 10 below ${bounds.most} km`,
    [UEB, STATIONS, SASC],
    (t, folders) => {
      const tables = load(folders);
      const earth = createEarthModel("iasp91");
      const kilometres = analystEvents(tables).map((stored) => {
        const settings: LocationSettings = {
          ...defaultLocationSettings,
          ...errors,
          residuals: { largeSigma: null, maxLostFraction: 0 },
          depth: stored.dtype === "f" ? "free" : { fixedKm: stored.depth, type: "surface" },
        };
        const start = { time: stored.time, latitudeDeg: stored.lat, longitudeDeg: stored.lon, depthKm: stored.depth };
        const readings = readingsOf(tables, stored.orid, sasc ? folders[2]! : null);
        // Corrected directions suffice without a start; as measured, one event of four readings has a second place 200 km off.
        const result = locate(readings, sasc ? null : start, earth, settings);
        assert.ok(result.ok, `${stored.orid}: ${result.ok ? "" : result.reason}`);
        const { origin } = result;
        const km = geodesicKm(stored.lat, stored.lon, origin.latitudeDeg, origin.longitudeDeg);
        t.diagnostic(
          `${stored.orid}: ${km.toFixed(1)} km, ${(origin.time - stored.time).toFixed(2)} s, depth ${stored.depth} and ${origin.depthKm.toFixed(1)} km, ${origin.definingCount} readings, ellipse ${origin.error!.semiMajorKm.toFixed(0)} x ${origin.error!.semiMinorKm.toFixed(0)} km`,
        );
        assert.ok(km < origin.error!.semiMajorKm, `${stored.orid}: outside its own 90 % ellipse`);
        return km;
      });
      t.diagnostic(`median ${median(kilometres).toFixed(1)} km`);
      assert.ok(median(kilometres) < bounds.median);
      assert.ok(quantile90(kilometres) < bounds.most, `${quantile90(kilometres)}`);
    },
  );
}

referenceTest(
  "at the stored places: weights within 1 %, residuals within 0.1 s, 0.1 deg and 0.02 s/deg, but for a few in the upper mantle",
  [UEB, STATIONS, SASC],
  (t, folders) => {
    const tables = load(folders);
    const predictor = earthPredictor(createEarthModel("iasp91"), noModelErrors);
    const compared = { weight: [0, 0], time: [0, 0], azimuth: [0, 0], slowness: [0, 0] };
    const compare = (what: keyof typeof compared, near: boolean, words: string) => {
      compared[what]![0]!++;
      if (near) compared[what]![1]!++;
      else t.diagnostic(words);
    };
    for (const stored of analystEvents(tables)) {
      const place = { time: stored.time, latitudeDeg: stored.lat, longitudeDeg: stored.lon, depthKm: stored.depth };
      const readings = readingsOf(tables, stored.orid, folders[2]!);
      // No onset defines here, so that the origin time stays the stored one.
      const mask = new Uint8Array(QUANTITIES * readings.length);
      const { residual, sigma } = systemAt(readings, mask, predictor, place, true);
      readings.forEach(({ arrivalKey }, i) => {
        const row = tables.assocs.find(({ arid }) => String(arid) === arrivalKey)!;
        const [time, azimuth, slowness] = residual.subarray(QUANTITIES * i, QUANTITIES * (i + 1));
        const name = `${row.sta} ${row.phase} of ${stored.orid}`;
        if (row.timedef && row.vmodel === "IASPEI") {
          const weight = 1 / sigma[QUANTITIES * i]!;
          compare("weight", Math.abs(weight / row.wgt - 1) < 0.01, `${name}: weight ${weight}, stored ${row.wgt}`);
          compare("time", Math.abs(time! - row.timeres) < 0.1, `${name}: ${time} s, stored ${row.timeres}`);
        }
        if (row.azdef)
          compare("azimuth", Math.abs(azimuth! - row.azres) < 0.1, `${name}: ${azimuth} deg, stored ${row.azres}`);
        if (row.slodef)
          compare(
            "slowness",
            Math.abs(slowness! - row.slores) < 0.02,
            `${name}: ${slowness} s/deg, stored ${row.slores}`,
          );
      });
    }
    t.diagnostic(JSON.stringify(compared));
    // The IDC's tables have the model error at more depths: it differs for the event at 302 km.
    // Near 20 deg and at 145 deg, where branches cross, its travel times are not those of the published model.
    const least = { weight: 0.97, time: 0.93, azimuth: 1, slowness: 0.8 };
    for (const [what, [all, good]] of Object.entries(compared) as [keyof typeof compared, number[]][]) {
      assert.ok(all! > 20 && good! >= least[what] * all!, `${what}: ${good} of ${all}`);
    }
  },
);
