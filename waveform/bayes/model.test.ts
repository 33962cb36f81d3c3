/**
 * The pieces of the generative model against closed forms and against the earth model itself: tables of times, the map of seismicity as a
 * probability, logarithms from tables, and the score of an event whose arrivals are made to fit.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, distanceAzimuth, normalCdf, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createAssessor } from "./assess.ts";
import { columnsOf, countChance } from "./columns.ts";
import { logMissOf, logNormalCdf, logSigmoid } from "./logistic.ts";
import { modelOf } from "./model.ts";
import { modelPhases } from "./phases.ts";
import { type BayesPriors, defaultPriors, layerEdgesKm, layerOf } from "./priors.ts";
import { seismicityMap } from "./seismicityMap.ts";
import { defaultBayesSettings } from "./settings.ts";
import { between, depthCell, STEP_DEG, tablesOf } from "./tables.ts";
import { logVolume } from "./volume.ts";

const earth = createEarthModel("ak135");

test("times of P from the tables are the earth model's within 0.3 s", () => {
  const tables = tablesOf(earth);
  const p = modelPhases.findIndex(({ phase, minDepthKm }) => phase === "P" && minDepthKm === 0);
  for (const depthKm of [0, 12, 33, 120, 430, 640]) {
    for (const deltaDeg of [20.1, 33.33, 57.7, 91.2]) {
      const { node, share } = depthCell(depthKm);
      const column = Math.floor(deltaDeg / STEP_DEG);
      const time = between(tables.phases[p]!.timeSec, node, share, column, deltaDeg / STEP_DEG - column);
      const exact = earth.predict("P", deltaDeg, depthKm)!.timeSec;
      assert.ok(Math.abs(time - exact) < 0.3, `${deltaDeg} deg, ${depthKm} km: ${time - exact}`);
    }
  }
});

test("a phase that no bulletin taught is PKP, a magnitude unit fainter (SAIC 1998); what was learned is kept", () => {
  const rowOf = (phase: string, priors: BayesPriors) => {
    const row = modelPhases.findIndex((other) => other.phase === phase);
    return modelOf([], earth, priors, defaultBayesSettings).phases[row];
  };
  const at = (deltaDeg: number) => Math.round(deltaDeg / STEP_DEG);
  const bc = rowOf("PKPbc", defaultPriors)!;
  const reflected = rowOf("PKKPbc", defaultPriors)!;
  const { slope } = bc.detection;
  for (const deltaDeg of [85, 100, 120])
    assert.ok(Math.abs(reflected.logit[at(deltaDeg)]! - (bc.logit[at(150)]! - slope)) < 1e-5);
  assert.ok(Math.abs(reflected.amplitude.mean - (bc.amplitude.mean - 1)) < 1e-12);
  const learned = { ...defaultPriors, phases: { ...defaultPriors.phases, PKKPbc: defaultPriors.phases.PcP! } };
  assert.equal(rowOf("PKKPbc", learned)!.amplitude.mean, defaultPriors.phases.PcP!.amplitude.mean);
  const { PKPbc: _, ...without } = defaultPriors.phases;
  assert.equal(rowOf("PKKPbc", { ...defaultPriors, phases: without }), null);
});

test("logarithms from tables are those of the functions", () => {
  const miss = logMissOf(0.9);
  for (let x = -9.87; x < 10; x += 0.631) {
    assert.ok(Math.abs(logSigmoid(x) + Math.log1p(Math.exp(-x))) < 1e-3);
    assert.ok(Math.abs(miss(x) - Math.log(1 - 0.9 / (1 + Math.exp(-x)))) < 1e-3);
    assert.ok(Math.abs(logNormalCdf(x) - Math.log(Math.max(0.02, normalCdf(x)))) < 5e-3);
  }
});

test("an event reaches the arrivals of its own waves, and none in between", () => {
  const station: Station = {
    ...{ code: "A", name: "A", kind: "single", technology: "seismic", elements: [] },
    ...{ latitudeDeg: 0, longitudeDeg: 60, elevationKm: 0 },
  } as unknown as Station;
  const model = modelOf([station], earth, defaultPriors, defaultBayesSettings);
  const { timeSec } = earth.predict("P", 60, 10)!;
  const arrivals = [0, 60, earth.predict("S", 60, 10)!.timeSec - timeSec].map(
    (after, i): Arrival =>
      ({
        ...{
          key: String(i),
          station: "A",
          phase: "P",
          time: timeSec + after,
          timeErrorSec: 0.5,
          amplitudes: [],
          snr: 5,
        },
        ...{ azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null },
      }) as unknown as Arrival,
  );
  const columns = columnsOf(arrivals, model.network);
  const assessor = createAssessor(model, columns, new Float64Array(3));
  const place = { latitudeDeg: 0, longitudeDeg: 0, depthKm: 10, time: 0 };
  const reached = [0, 1, 2].map((a) => assessor.reaches(place, a, 2));
  assert.deepEqual(reached, [true, false, true]);
});

test("the map of seismicity integrates over the Earth and its depths to the rate of events", () => {
  const seismicity: BayesPriors["seismicity"] = {
    ...{ perDay: 200, minMagnitude: 2.5, bValue: 1, evenShare: 0.2, kernelDeg: 1.3 },
    places: [
      [38, 142, 0, 5],
      [-20, -179.5, 3, 2],
      [80, 10, 0, 1],
    ],
  };
  const map = seismicityMap({ ...defaultPriors, seismicity });
  let sum = 0;
  for (let layer = 0; layer + 1 < layerEdgesKm.length; layer++)
    for (let lat = -89.5; lat < 90; lat++)
      for (let lon = -179.5; lon < 180; lon++)
        sum += Math.exp(map.logRate(lat, lon, layer)) * Math.cos((lat * Math.PI) / 180);
  assert.ok(Math.abs((sum * 86_400) / 200 - 1) < 0.03, `${(sum * 86_400) / 200}`);
  assert.ok(map.isActive(-20, 179.9, 3) && !map.isActive(0, 0, 3));
  assert.deepEqual([0, 44.9, 45, 299, 800].map(layerOf), [0, 0, 1, 2, 3]);
});

const codes = ["ARCES", "ASAR", "MKAR", "YKA", "BOSA", "PLCA"];
const stations: Station[] = codes.map((code, i) => ({
  ...{ code, network: "", name: code, technology: "seismic", kind: i < 4 ? "array" : "3c", role: "primary" },
  ...{ latitudeDeg: [69, -24, 47, 62, -28, -41][i]!, longitudeDeg: [25, 134, 82, -114, 25, -70][i]! },
  ...{ elevationKm: 0, sites: [], channels: [] },
}));
const truth = { latitudeDeg: 38, longitudeDeg: 142, depthKm: 20, time: 1_700_000_000 };

/** P at every station within its range, on time and from the right direction. */
const fitting = stations.flatMap((station): Arrival[] => {
  const { latitudeDeg, longitudeDeg } = station;
  const path = distanceAzimuth(truth.latitudeDeg, truth.longitudeDeg, latitudeDeg, longitudeDeg);
  const travel = path.deltaDeg < 98 ? earth.predict("P", path.deltaDeg, truth.depthKm) : null;
  if (!travel) return [];
  return [
    {
      ...{ key: station.code, station: station.code, channel: "", time: truth.time + travel.timeSec, phase: "P" },
      ...{ timeErrorSec: 0.3, azimuthDeg: path.backAzimuthDeg, azimuthErrorDeg: 8, snr: 20 },
      ...{ slownessSecPerDeg: travel.slownessSecPerDeg, slownessErrorSecPerDeg: 1, amplitudes: [] },
      ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: 1, fkQuality: null },
      author: "test",
    },
  ];
});

test("the score is highest where the arrivals come from, and an arrival that another event has is worth less", () => {
  const model = modelOf(stations, earth, defaultPriors, defaultBayesSettings);
  const columns = columnsOf(fitting, model.network);
  const owned = new Float64Array(fitting.length);
  countChance(columns, model.network, model.settings, new Uint8Array(fitting.length), true);
  const assessor = createAssessor(model, columns, owned);
  const options = { blurSec: 0.2, quick: false, magnitude: 5 };
  assessor.assess(truth, options);
  const best = assessor.score;
  const matches = assessor.matches();
  assert.equal(matches.length, fitting.length);
  assert.ok(matches.every(({ residualSec }) => Math.abs(residualSec) < 2.5));
  for (const change of [{ latitudeDeg: 39.5 }, { longitudeDeg: 145 }, { time: truth.time + 8 }, { depthKm: 300 }]) {
    assessor.assess({ ...truth, ...change }, options);
    assert.ok(assessor.score < best, JSON.stringify(change));
  }
  const volume = logVolume(model, columns, truth, matches);
  assert.ok(logVolume(model, columns, truth, matches.slice(0, 2)) > volume, "fewer arrivals leave more open");
  owned.fill(3);
  assessor.assess(truth, options);
  assert.ok(assessor.score < best - 2 * fitting.length);
});
