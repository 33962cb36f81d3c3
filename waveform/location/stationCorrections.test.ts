/** Corrections of station and path by hand: they move predictions as their tables say, and locations by what was put in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DirectionCorrection,
  geodesicKm,
  geodesicPosition,
  randomStream,
  type TravelTimeCorrection,
} from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Hypocentre } from "./reading.ts";
import { defaultLocationSettings } from "./settings.ts";
import { correctedPredictor, directionShift } from "./stationCorrections.ts";
import { exactReading, stationsAround, testStation, timesOnly } from "./testReadings.ts";

const earth = createEarthModel("ak135");
const plain = earthPredictor(earth, defaultLocationSettings);
const source: Hypocentre = { time: 1e9, latitudeDeg: 41.3, longitudeDeg: 129.1, depthKm: 0 };
const held = { ...defaultLocationSettings, depth: { fixedKm: 0, type: "surface" } } as const;

const table: DirectionCorrection = {
  ...{ station: "A", eastSecPerDeg: 0.5, northSecPerDeg: -0.25, errorSecPerDeg: 1 },
  bins: [
    {
      ...{ slownessFrom: 6, slownessTo: 8, azimuthFrom: 30, azimuthTo: 60, slownessSecPerDeg: 0.4, azimuthDeg: -7 },
      ...{ slownessErrorSecPerDeg: 0.2, azimuthErrorDeg: 3 },
    },
  ],
};

test("a direction in a bin is off by the bin's figures, elsewhere by the vector", () => {
  const inside = directionShift(table, 45, 7);
  assert.deepEqual([inside.azimuthDeg, inside.slownessSecPerDeg], [-7, 0.4]);
  const east = directionShift(table, 90, 10);
  // (10, 0) less (0.5, -0.25) is (9.5, 0.25).
  assert.ok(Math.abs(east.azimuthDeg - (Math.atan(0.25 / 9.5) * 180) / Math.PI) < 1e-9);
  assert.ok(Math.abs(east.slownessSecPerDeg - (10 - Math.hypot(9.5, 0.25))) < 1e-12);
  assert.ok(Math.abs(east.azimuthErrorDeg - 5.7319) < 1e-3);
});

test("predictions take it on at arrays alone, with an error no less than the least", () => {
  const station = testStation("A", 0, 90);
  const reading = { ...exactReading(plain, source, station, "P")!, azimuthDeg: 45, slownessSecPerDeg: 7 };
  const before = plain.predict(reading, source)!;
  const settings = { stationCorrections: defaultLocationSettings.stationCorrections };
  const corrections = { directions: [table], travelTimes: [] };
  const after = correctedPredictor(plain, corrections, settings).predict(reading, source)!;
  assert.ok(Math.abs(after.azimuth.value - before.azimuth.value + 7) < 1e-12);
  assert.ok(Math.abs(after.slowness.value - before.slowness.value - 0.4) < 1e-12);
  assert.deepEqual([after.azimuth.modelError, after.slowness.modelError], [3, 0.5]);
  assert.equal(after.time.value, before.time.value);
  const single = { ...reading, station: { ...station, kind: "3c" as const } };
  const untouched = correctedPredictor(plain, corrections, settings).predict(single, source)!;
  assert.equal(untouched.azimuth.value, before.azimuth.value);
});

/** A plane of corrections around the source: `east` and `north` s/deg, and `error`. */
function plane(station: string, level: "regional" | "local", value: (lat: number, lon: number) => number) {
  const latitudesDeg = Array.from({ length: 9 }, (_, i) => 46 - i);
  const longitudesDeg = Array.from({ length: 9 }, (_, i) => 125 + i);
  const grid = (f: (lat: number, lon: number) => number) =>
    latitudesDeg.map((lat) => longitudesDeg.map((lon) => f(lat, lon)));
  const correction: TravelTimeCorrection = {
    ...{ station, phase: "P", region: "R", model: "ak135", level, latitudesDeg, longitudesDeg, errorFactor: 0.5 },
    secondsByLatitude: grid(value),
    errorSecByLatitude: level === "local" ? grid(() => 0.3) : null,
  };
  return correction;
}

test("a grid of travel times adds its seconds and slopes, and the local one holds", () => {
  const station = testStation("A", 0, 90);
  const reading = exactReading(plain, source, station, "P")!;
  const before = plain.predict(reading, source)!.time;
  const predict = (travelTimes: TravelTimeCorrection[], at = source) =>
    correctedPredictor(plain, { directions: [], travelTimes }, held).predict(reading, at)!.time;
  const regional = plane("A", "regional", (lat, lon) => 1 + 0.2 * (lat - 41) - 0.1 * (lon - 129));
  const after = predict([regional]);
  assert.ok(Math.abs(after.value - before.value - (1 + 0.2 * 0.3 - 0.1 * 0.1)) < 1e-6);
  assert.ok(Math.abs(after.perNorthKm - before.perNorthKm - 0.2 / 111.195) < 1e-6);
  const cosine = Math.cos((41.3 * Math.PI) / 180);
  assert.ok(Math.abs(after.perEastKm - before.perEastKm + 0.1 / (111.195 * cosine)) < 1e-6);
  assert.ok(Math.abs(after.modelError - 0.5 * before.modelError) < 1e-12);
  const local = predict([regional, plane("A", "local", () => -2)]);
  assert.ok(Math.abs(local.value - before.value + 2) < 1e-9);
  assert.ok(Math.abs(local.modelError - 0.3) < 1e-12);
  const far = { ...source, longitudeDeg: 150 };
  assert.equal(predict([regional], far).value, plain.predict(reading, far)!.time.value);
});

test("readings late by what the grids say are located where they came from, and elsewhere without", () => {
  const stations = stationsAround(source, 12, [30, 80], randomStream(1, "stations"));
  const late = (i: number) => 2 * Math.sin(i);
  const readings = timesOnly(
    stations.map((station, i) => {
      const reading = exactReading(plain, source, station, "P")!;
      return { ...reading, time: reading.time + late(i) };
    }),
  );
  const travelTimes = stations.map(({ code }, i) => plane(code, "regional", () => late(i)));
  const start = { ...source, ...geodesicPosition(source.latitudeDeg, source.longitudeDeg, 60, 50) };
  const km = (corrections?: { directions: []; travelTimes: TravelTimeCorrection[] }) => {
    const result = locate(readings, start, earth, held, corrections);
    assert.ok(result.ok);
    const { latitudeDeg, longitudeDeg } = result.origin;
    return geodesicKm(latitudeDeg, longitudeDeg, source.latitudeDeg, source.longitudeDeg);
  };
  assert.ok(km({ directions: [], travelTimes }) < 0.05);
  assert.ok(km() > 3);
});
