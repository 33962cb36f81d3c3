/**
 * Against the stored runs of another locator: LocOO3D 1.11.1 (Sandia National Laboratories), five examples with their iteration logs. Where
 * its earth model is one of ours (ak135) we locate from scratch; where it is not, its stored predictions, derivatives and errors stand in.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { distanceAzimuth, geodesicKm, RADIANS_PER_DEGREE, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { locate, locateWith } from "./locate.ts";
import type { PredictedQuantity, ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";

interface LoggedRow {
  readonly arid: string;
  readonly station: string;
  readonly phase: string;
  /** Travel time from the origin time of its iteration. */
  readonly observed: number;
  readonly timeError: number;
  readonly predicted: number;
  readonly residual: number;
  readonly delta: number;
  readonly modelError: number;
  readonly perNorthDeg: number;
  readonly perEastDeg: number;
}

interface LoggedIteration {
  readonly source: Hypocentre;
  readonly rows: readonly LoggedRow[];
}

interface Run {
  readonly stations: ReadonlyMap<string, Station>;
  readonly first: LoggedIteration;
  readonly last: LoggedIteration;
  readonly finalTime: number;
  readonly gapDeg: number;
  readonly ellipse: readonly [semiMajorKm: number, semiMinorKm: number, strikeDeg: number];
  readonly timeError: number;
}

const fields = (line: string) => line.trim().split(/\s+/);

function stationOf(line: string): Station {
  const [code, , , lat, lon, elev] = fields(line);
  return {
    code: code!,
    network: "",
    name: code!,
    technology: "seismic",
    kind: "array",
    role: null,
    latitudeDeg: Number(lat),
    longitudeDeg: Number(lon),
    elevationKm: Number(elev),
    sites: [],
    channels: [],
  };
}

function readRun(path: string): Run {
  const lines = readFileSync(path, "utf8").split("\n");
  const after = (title: string | RegExp, from = 0) =>
    lines.findIndex((line, i) => i >= from && (typeof title === "string" ? line.startsWith(title) : title.test(line)));
  const block = (start: number) => {
    const end = lines.findIndex((line, i) => i >= start && line.trim() === "");
    return lines.slice(start, end);
  };
  const originTime = Number(fields(lines[after("Input location") + 3]!)[5]);
  const iterations = lines.flatMap((line, i): LoggedIteration[] => {
    const head = /^Itt=.*Lat=\s*(\S+)\s+lon=\s*(\S+)\s+z=\s*(\S+)\s+t0=\s*(\S+)/.exec(line);
    if (!head) return [];
    const timing = block(i + 3).map(fields);
    const model = block(i + 5 + timing.length).map(fields);
    const [, lat, lon, z, t0] = head.map(Number);
    return [
      {
        source: { time: originTime + t0!, latitudeDeg: lat!, longitudeDeg: lon!, depthKm: z! },
        rows: timing.map((f, k) => ({
          arid: f[0]!,
          station: f[1]!,
          phase: f[2]!,
          observed: Number(f[5]),
          timeError: Number(f[6]),
          predicted: Number(f[7]),
          residual: Number(f[10]),
          delta: Number(f[12]),
          modelError: Number(model[k]![5]),
          perNorthDeg: Number(model[k]![14]),
          perEastDeg: Number(model[k]![15]),
        })),
      },
    ];
  });
  const [major, minor, trend] = fields(lines[after("2D Epicentral") + 3]!).map(Number);
  return {
    stations: new Map(
      block(after("Site Table") + 3)
        .map(stationOf)
        .map((s) => [s.code, s]),
    ),
    first: iterations[0]!,
    last: iterations.at(-1)!,
    finalTime: Number(fields(lines[after("Final location") + 3]!)[3]),
    gapDeg: Number(fields(lines[after(/^\s+az_gap/) + 1]!)[0]),
    ellipse: [major!, minor!, trend!],
    timeError: Number(fields(lines[after("1D linear") + 3]!)[1]),
  };
}

function readingsOf({ stations, first }: Run): Reading[] {
  return first.rows.map(({ arid, station, phase, observed, timeError }) => ({
    arrivalKey: arid,
    station: stations.get(station)!,
    phase,
    time: first.source.time + observed,
    timeErrorSec: timeError,
    timeDefining: true,
    azimuthDeg: null,
    azimuthErrorDeg: null,
    azimuthDefining: false,
    slownessSecPerDeg: null,
    slownessErrorSecPerDeg: null,
    slownessDefining: false,
  }));
}

const settingsOf = ({ first }: Run): LocationSettings => ({
  ...defaultLocationSettings,
  depth: { fixedKm: first.source.depthKm, type: "analyst" },
  residuals: { largeSigma: null, maxLostFraction: 0 },
  confidence: 0.95,
});

/** The stored predictions and derivatives of one iteration, linear around its place. */
function storedPredictor({ source, rows }: LoggedIteration): ReadingPredictor {
  const none: PredictedQuantity = { value: 0, modelError: 1, perEastKm: 0, perNorthKm: 0, perDepthKm: 0 };
  const kmPerDegree = 6371 * RADIANS_PER_DEGREE;
  return {
    predict(reading, at) {
      const row = rows.find(({ arid }) => arid === reading.arrivalKey)!;
      const way = distanceAzimuth(source.latitudeDeg, source.longitudeDeg, at.latitudeDeg, at.longitudeDeg);
      const north = way.deltaDeg * Math.cos(way.azimuthDeg * RADIANS_PER_DEGREE);
      const east = way.deltaDeg * Math.sin(way.azimuthDeg * RADIANS_PER_DEGREE);
      return {
        time: {
          value: row.predicted + row.perNorthDeg * north + row.perEastDeg * east,
          modelError: row.modelError,
          perEastKm: row.perEastDeg / kmPerDegree,
          perNorthKm: row.perNorthDeg / kmPerDegree,
          perDepthKm: 0,
        },
        azimuth: none,
        slowness: none,
        outsideDeg: 0,
      };
    },
  };
}

const log = (example: string) => `parametric/locoo3d-examples/Example${example}/locoo3d_output_original.txt`;

describe("LocOO3D", () => {
  for (const example of ["01", "05"]) {
    referenceTest(
      `example ${example}, located with our ak135: within 1 km and 0.1 s, ellipse within 0.5 %`,
      [log(example)],
      (t, [path]) => {
        const run = readRun(path!);
        for (const start of [run.first.source, null]) {
          const result = locate(readingsOf(run), start, createEarthModel("ak135"), settingsOf(run));
          assert.ok(result.ok);
          const { origin } = result;
          const { source, rows } = run.last;
          const km = geodesicKm(origin.latitudeDeg, origin.longitudeDeg, source.latitudeDeg, source.longitudeDeg);
          t.diagnostic(`${km.toFixed(2)} km, ${(origin.time - run.finalTime).toFixed(3)} s from the stored solution`);
          assert.ok(km < 1, `${km} km`);
          assert.ok(Math.abs(origin.time - run.finalTime) < 0.1);
          for (const row of rows) {
            const ours = origin.associations.find(({ arrivalKey }) => arrivalKey === row.arid)!;
            assert.ok(Math.abs(ours.timeResidualSec! - row.residual) < 0.05, `${row.station}: ${ours.timeResidualSec}`);
            assert.ok(Math.abs(ours.deltaDeg - row.delta) < 0.01);
            assert.ok(Math.abs(1 / ours.weight! - Math.hypot(row.timeError, row.modelError)) < 0.002, row.station);
          }
          const error = origin.error!;
          const [major, minor, trend] = run.ellipse;
          assert.ok(Math.abs(error.semiMajorKm / major - 1) < 0.005, `${error.semiMajorKm}`);
          assert.ok(Math.abs(error.semiMinorKm / minor - 1) < 0.005, `${error.semiMinorKm}`);
          assert.ok(Math.abs(error.strikeDeg - trend) < 0.5);
          assert.ok(Math.abs(error.timeErrorSec / run.timeError - 1) < 0.005);
          assert.ok(Math.abs(origin.azimuthGapDeg - run.gapDeg) < 0.05);
        }
      },
    );
  }

  for (const example of ["01", "02", "03", "04", "05"]) {
    referenceTest(
      `example ${example}, stored predictions at the solution: the same solution and ellipse`,
      [log(example)],
      (t, [path]) => {
        const run = readRun(path!);
        const { source } = run.last;
        const result = locateWith(readingsOf(run), run.first.source, storedPredictor(run.last), settingsOf(run));
        assert.ok(result.ok);
        const { origin } = result;
        const km = geodesicKm(origin.latitudeDeg, origin.longitudeDeg, source.latitudeDeg, source.longitudeDeg);
        t.diagnostic(`${km.toFixed(3)} km, ${(origin.time - run.finalTime).toFixed(4)} s`);
        assert.ok(km < 0.05, `${km} km`);
        assert.ok(Math.abs(origin.time - run.finalTime) < 0.005, `${origin.time - run.finalTime} s`);
        const error = origin.error!;
        const [major, minor, trend] = run.ellipse;
        // LocOO3D's kilometre is that of the local radius of the ellipsoid: up to 0.3 % from a sphere's.
        assert.ok(Math.abs(error.semiMajorKm / major - 1) < 0.005, `${error.semiMajorKm}, stored ${major}`);
        assert.ok(Math.abs(error.semiMinorKm / minor - 1) < 0.005, `${error.semiMinorKm}, stored ${minor}`);
        assert.ok(Math.abs(error.strikeDeg - trend) < 0.5);
        assert.ok(Math.abs(error.timeErrorSec / run.timeError - 1) < 0.005);
      },
    );
  }
});
