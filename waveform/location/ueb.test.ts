/**
 * Against the IDC's analysts: 16 events of the reviewed bulletin of 2010-05-20, relocated with iasp91 from the readings that defined them.
 * The stored tables lack some readings (3 of 15 for the event of the largest difference in depth) and the IDC had a model for infrasound
 * that we have not, so the places differ a little; the readings and weights they share are compared closely.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { azimuthDifference, geodesicKm, localOffsetKm, median } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { directionTables } from "../testDirections.ts";
import { type UebTables, uebTables } from "../testTables.ts";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Prediction } from "./predictor.ts";
import type { LocatedOrigin, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { correctedPredictor, directionShift, noStationCorrections } from "./stationCorrections.ts";
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

function readingsOf(tables: UebTables, orid: number, storedWeights = false): Reading[] {
  return tables.assocs
    .filter((assoc) => assoc.orid === orid && (assoc.timedef || assoc.azdef || assoc.slodef))
    .map((assoc) => {
      const arrival = tables.arrivals.get(assoc.arid)!;
      const site = tables.sites.get(assoc.sta)!;
      const isArray = site.statype === "ar" || assoc.phase === "I";
      return {
        arrivalKey: String(assoc.arid),
        station: { ...testStation(assoc.sta, site.lat, site.lon, site.elev), kind: isArray ? "array" : "3c" },
        phase: assoc.phase,
        time: arrival.time,
        timeErrorSec: storedWeights ? 1 / assoc.wgt : arrival.deltim,
        timeDefining: assoc.timedef,
        azimuthDeg: arrival.azimuth,
        azimuthErrorDeg: arrival.delaz,
        azimuthDefining: assoc.azdef,
        slownessSecPerDeg: arrival.slow,
        slownessErrorSecPerDeg: arrival.delslo,
        slownessDefining: assoc.slodef,
      };
    });
}

/** Null for a file that is not there. */
const optional = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);

const correctionsFrom = (folder: string, tables: UebTables) => ({
  directions: directionTables(
    (name) => optional(`${folder}/${name}`),
    [...new Set(tables.assocs.map(({ sta }) => sta))],
  ),
  travelTimes: [],
});

/** Where a place lies in an origin's ellipse: 0 at its centre, 1 on its line. */
function depthInEllipse({ latitudeDeg, longitudeDeg, error }: LocatedOrigin, lat: number, lon: number): number {
  const { eastKm, northKm } = localOffsetKm(latitudeDeg, longitudeDeg, lat, lon);
  const strike = (error!.strikeDeg * Math.PI) / 180;
  const along = eastKm * Math.sin(strike) + northKm * Math.cos(strike);
  const across = eastKm * Math.cos(strike) - northKm * Math.sin(strike);
  return Math.hypot(along / error!.semiMajorKm, across / error!.semiMinorKm);
}

const MANY_TIMES = 6;

for (const [name, sasc, storedWeights] of [
  ["directions with the IDC's station corrections, onset times with its weights", true, true],
  ["directions with the IDC's station corrections, our weights", true, false],
  ["directions as measured with our model errors, onset times with the IDC's weights", false, true],
  ["directions as measured, our weights", false, false],
] as const) {
  referenceTest(
    `16 events of IDC analysts relocated, ${name}: with six onset times a median of 2 km and at most 8, the others in half an ellipse`,
    [UEB, STATIONS, SASC],
    (t, folders) => {
      const tables = load(folders);
      const iasp91 = createEarthModel("iasp91");
      // A stored weight holds the model's error.
      const earth = storedWeights ? { ...iasp91, modelErrorSec: () => 0 } : iasp91;
      const corrections = sasc ? correctionsFrom(folders[2]!, tables) : noStationCorrections;
      const many: number[] = [];
      let within = 0;
      for (const stored of analystEvents(tables)) {
        const settings: LocationSettings = {
          ...defaultLocationSettings,
          residuals: { largeSigma: null, maxLostFraction: 0 },
          depth: stored.dtype === "f" ? "free" : { fixedKm: stored.depth, type: "surface" },
        };
        const start = { time: stored.time, latitudeDeg: stored.lat, longitudeDeg: stored.lon, depthKm: stored.depth };
        const readings = readingsOf(tables, stored.orid, storedWeights);
        const result = locate(readings, start, earth, settings, corrections);
        assert.ok(result.ok, `${stored.orid}: ${result.ok ? "" : result.reason}`);
        const { origin } = result;
        const km = geodesicKm(stored.lat, stored.lon, origin.latitudeDeg, origin.longitudeDeg);
        // No covariance of these events is stored; the ellipse is that of the same readings and weights.
        const inside = depthInEllipse(origin, stored.lat, stored.lon);
        const words = `${stored.orid}: ${km.toFixed(1)} km, ${(origin.time - stored.time).toFixed(2)} s, ${inside.toFixed(2)} of its ellipse, depth ${stored.depth} and ${origin.depthKm.toFixed(1)} km, ${origin.definingCount} readings`;
        t.diagnostic(words);
        if (readings.filter(({ timeDefining }) => timeDefining).length >= MANY_TIMES) many.push(km);
        else {
          within++;
          assert.ok(inside < 0.5, words);
        }
      }
      t.diagnostic(`median ${median(many).toFixed(2)} km, most ${Math.max(...many).toFixed(1)} km`);
      assert.deepEqual([many.length, within], [8, 8]);
      assert.ok(median(many) <= 2 && Math.max(...many) <= 8);
    },
  );
}

referenceTest(
  "what the IDC's direction corrections do for its own analysts' defining readings: slowness in bins by half, azimuth little, errors right",
  [UEB, STATIONS, SASC],
  (t, folders) => {
    const tables = load(folders);
    const corrections = correctionsFrom(folders[2]!, tables);
    const plain = earthPredictor(createEarthModel("iasp91"), noModelErrors);
    const settings = {
      stationCorrections: { ...defaultLocationSettings.stationCorrections, directionsOf: "all" },
    } as const;
    const corrected = correctedPredictor(plain, corrections, settings);
    const rows = analystEvents(tables).flatMap((stored) => {
      const place = { time: stored.time, latitudeDeg: stored.lat, longitudeDeg: stored.lon, depthKm: stored.depth };
      return readingsOf(tables, stored.orid).flatMap((reading) => {
        const [before, after] = [plain, corrected].map((predictor) => predictor.predict(reading, place));
        const table = corrections.directions.find(({ station }) => station === reading.station.code);
        if (!before || !after || !table) return [];
        const [azimuthDeg, slowness] = [reading.azimuthDeg!, reading.slownessSecPerDeg!];
        const binned = "slownessFrom" in directionShift(table, azimuthDeg, slowness);
        const kind = `${reading.station.kind === "array" ? "arrays" : "three components"}, ${binned ? "in a bin" : "by default"}`;
        const off = (predicted: Prediction) => [
          reading.azimuthDefining ? azimuthDifference(azimuthDeg, predicted.azimuth.value) : null,
          reading.slownessDefining ? slowness - predicted.slowness.value : null,
        ];
        return [{ kind, before: off(before), after: off(after), after2: after, reading }];
      });
    });
    const sizes = (kind: string, quantity: 0 | 1, which: "before" | "after") =>
      rows.flatMap((row) =>
        row.kind === kind && row[which][quantity] !== null ? [Math.abs(row[which][quantity]!)] : [],
      );
    const middle = (list: readonly number[]) => (list.length > 0 ? median(list) : Number.NaN);
    for (const kind of [...new Set(rows.map((row) => row.kind))].sort()) {
      const of = (quantity: 0 | 1) =>
        `${middle(sizes(kind, quantity, "before")).toFixed(2)} -> ${middle(sizes(kind, quantity, "after")).toFixed(2)} (${sizes(kind, quantity, "before").length})`;
      t.diagnostic(`${kind}: median azimuth residual ${of(0)} deg, slowness ${of(1)} s/deg`);
    }
    const binned = (quantity: 0 | 1, which: "before" | "after") => middle(sizes("arrays, in a bin", quantity, which));
    assert.ok(binned(1, "after") < 0.5 * binned(1, "before"), "slowness");
    assert.ok(binned(0, "after") < 1.1 * binned(0, "before"), "azimuth");
    // Residuals over their claimed errors, the reading's and the correction's together.
    const z = rows.flatMap(({ after, after2, reading, kind }) =>
      after[1] === null || !kind.startsWith("arrays")
        ? []
        : [after[1]! / Math.hypot(reading.slownessErrorSecPerDeg!, after2.slowness.modelError)],
    );
    const rms = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0) / z.length);
    t.diagnostic(`slowness residuals over their errors: rms ${rms.toFixed(2)} of ${z.length}`);
    assert.ok(rms > 0.4 && rms < 1.2);
  },
);

referenceTest(
  "at the stored places: weights within 1 %, residuals within 0.1 s, 0.1 deg and 0.02 s/deg, but for a few in the upper mantle",
  [UEB, STATIONS, SASC],
  (t, folders) => {
    const tables = load(folders);
    const plain = earthPredictor(createEarthModel("iasp91"), noModelErrors);
    const predictor = correctedPredictor(plain, correctionsFrom(folders[2]!, tables), defaultLocationSettings);
    const compared = { weight: [0, 0], time: [0, 0], azimuth: [0, 0], slowness: [0, 0] };
    const compare = (what: keyof typeof compared, near: boolean, words: string) => {
      compared[what]![0]!++;
      if (near) compared[what]![1]!++;
      else t.diagnostic(words);
    };
    for (const stored of analystEvents(tables)) {
      const place = { time: stored.time, latitudeDeg: stored.lat, longitudeDeg: stored.lon, depthKm: stored.depth };
      const readings = readingsOf(tables, stored.orid);
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
