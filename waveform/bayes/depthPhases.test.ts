/**
 * What one event's later arrivals must not become, against the earth model's own travel times: its depth phases say its depth and make no second
 * event; and what follows a strong signal is taken for its coda, the more so when it is about as strong as codas are.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, distanceAzimuth, preferredOrigin, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createBayesAssociator } from "./associator.ts";
import { columnsOf, countChance } from "./columns.ts";
import { depthsSaid } from "./depthPhases.ts";
import { listedLogOdds } from "./explain.ts";
import { modelOf } from "./model.ts";
import { applies, modelPhases } from "./phases.ts";
import { defaultPriors } from "./priors.ts";
import { defaultBayesSettings } from "./settings.ts";

const earth = createEarthModel("ak135");
const stations = (
  [
    ["ARCES", 69.5, 25.5],
    ["ASAR", -23.7, 133.9],
    ["MKAR", 46.8, 82.3],
    ["YKA", 62.5, -114.6],
    ["SONM", 47.8, 106.4],
    ["CMAR", 18.5, 98.9],
    ["WRA", -19.9, 134.3],
    ["ILAR", 64.8, -146.9],
  ] as const
).map(
  ([code, latitudeDeg, longitudeDeg]): Station => ({
    ...{ code, network: "", name: code, technology: "seismic", kind: "array", role: "primary" },
    ...{ latitudeDeg, longitudeDeg, elevationKm: 0, sites: [], channels: [] },
  }),
);

function arrival(
  key: string,
  station: string,
  time: number,
  snr: number,
  azimuthDeg: number,
  slowness: number,
): Arrival {
  const periodSec = 0.7;
  const noise = 10 ** defaultPriors.stations[station]!.noise;
  const channel = { network: "", station, location: "", channel: "BHZ" };
  return {
    ...{ key, station, channel: "BHZ", time, timeErrorSec: 0.4, phase: "P", snr, azimuthDeg, azimuthErrorDeg: 8 },
    ...{ slownessSecPerDeg: slowness, slownessErrorSecPerDeg: 0.8 },
    amplitudes: [{ type: "A5/2", channel, time, amplitude: periodSec * noise * snr, periodSec, clipped: false }],
    ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: 1, fkQuality: null },
    author: "test",
  };
}

/** Waves of an event as arrays report them, by the earth model alone. */
function reported(depthKm: number, phases: Readonly<Record<string, number>>): Arrival[] {
  const [latitudeDeg, longitudeDeg, time] = [27.9, 140.2, 1_700_000_000];
  return stations.flatMap((station) => {
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    return Object.entries(phases).flatMap(([phase, snr]): Arrival[] => {
      if (!modelPhases.some((row) => row.phase === phase && applies(row, path.deltaDeg, depthKm))) return [];
      const travel = earth.predict(phase, path.deltaDeg, depthKm);
      if (!travel) return [];
      const { code } = station;
      const { timeSec, slownessSecPerDeg } = travel;
      return [arrival(`${code}-${phase}`, code, time + timeSec, snr, path.backAzimuthDeg, slownessSecPerDeg)];
    });
  });
}

for (const depthKm of [90, 278, 471]) {
  test(`pP and sP of an event at ${depthKm} km say its depth from any other, and make no second event`, () => {
    const arrivals = reported(depthKm, { P: 40, pP: 9, sP: 6 });
    const model = modelOf(stations, earth, defaultPriors, defaultBayesSettings);
    const columns = columnsOf(arrivals, model.network);
    const place = { latitudeDeg: 27.9, longitudeDeg: 140.2, depthKm: 10, time: 1_700_000_000 };
    const row = modelPhases.findIndex(({ phase, minDepthKm }) => phase === "P" && minDepthKm === 0);
    const matches = columns.arrivals.flatMap(({ key }, a) =>
      key.endsWith("-P") ? [{ arrival: a, station: columns.stationOf[a]!, row, residualSec: 0, gain: 8 }] : [],
    );
    assert.ok(matches.length >= 6);
    const [first] = depthsSaid(model, columns, place, matches);
    assert.ok(Math.abs(first! - depthKm) <= 6, `${first} km`);
    const { events } = createBayesAssociator(stations, earth).build(arrivals, [], "E");
    assert.equal(events.length, 1);
    const { associations } = preferredOrigin(events[0]!);
    for (const { phase } of associations) assert.ok(["P", "pP", "sP"].includes(phase), phase);
    assert.ok(associations.length >= 0.8 * arrivals.length, `${associations.length} of ${arrivals.length}`);
  });
}

test("behind a strong signal a detection is likely its coda, and most so about as strong as codas are", () => {
  const model = modelOf(stations, earth, defaultPriors, defaultBayesSettings);
  const logChance = (snr: number, parent: number) => {
    const arrivals = [arrival("a", "MKAR", 1000, parent, 90, 7), arrival("b", "MKAR", 1012, snr, 95, 7.5)];
    const columns = columnsOf(arrivals, model.network);
    columns.noise.fill(defaultPriors.stations.MKAR!.noise);
    countChance(columns, model.network, model.settings, new Uint8Array(2), true);
    return columns.chance[1]!;
  };
  assert.ok(logChance(60, 200) > logChance(60, 5) + 5);
  assert.ok(logChance(60, 200) > logChance(600, 200) + 3);
});

test("an event that one array alone proves is listed by what another station adds", () => {
  const match = (station: number, gain: number) => ({ arrival: 0, station, row: 0, residualSec: 0, gain });
  assert.equal(listedLogOdds({ logOdds: 11, matches: [match(0, 20), match(0, 16), match(1, 4)] }), 4);
  assert.equal(listedLogOdds({ logOdds: 11, matches: [match(0, 20), match(1, 12), match(2, 4)] }), 11);
});
