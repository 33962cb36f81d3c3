/**
 * On a simulated network with hidden events: the real stations, waves with the sizes, path errors and radiation of the simulator, what
 * exceeds each station's noise, and chance detections beside. How many hidden events are found, and how many that are none.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, randomStream, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import {
  createWorld,
  demoWorldConfig,
  type HiddenEvent,
  matchTruth,
  trueArrivals,
  type World,
} from "@harken/simulator";
import { testScale } from "@harken/testing";
import { stationsOfRole } from "@harken/treaty";
import { createAssociator } from "./associator.ts";
import { chanceArrivals, reported, THRESHOLD } from "./testNetwork.ts";

const earth = createEarthModel("ak135");
const HOUR_SEC = 3600;
const allSeismic = [...stationsOfRole("primary"), ...stationsOfRole("auxiliary")]
  .filter(({ latitudeDeg, stationCode }) => latitudeDeg !== null && stationCode !== "")
  .map(({ stationCode }) => stationCode);

interface Detections {
  readonly arrivals: readonly Arrival[];
  /** Stations that report the first P-type wave of each event. */
  readonly seenBy: ReadonlyMap<string, number>;
}

/** Every third station counts as an array, as in the real network. */
const listening = (world: World): Station[] =>
  world.inventory.stations.map((station, i) => ({ ...station, kind: i % 3 === 0 ? "array" : station.kind }));

/** What the stations report: waves above their noise, secondary ones every second time, and a coda after the strong. */
function detect(world: World, stations: readonly Station[], events: readonly HiddenEvent[], seed: number): Detections {
  const arrivals: Arrival[] = [];
  const seenBy = new Map<string, number>();
  for (const station of stations) {
    const random = randomStream(seed, "detect", station.code);
    const noise = THRESHOLD[station.kind] + 0.2 * random.normal();
    for (const event of events) {
      for (const wave of trueArrivals(world, station, event)) {
        const logAmplitude = Math.log10(wave.velocityNmPerSec / (2 * Math.PI));
        const snr = 4 * 10 ** (logAmplitude - noise);
        const first = /^(P|Pn|Pg|PKP.*)$/.test(wave.phase);
        if (snr < 4 || (!first && random.uniform() < 0.5)) continue;
        if (first) seenBy.set(event.key, (seenBy.get(event.key) ?? 0) + 1);
        const signal = {
          ...{ time: wave.time, logAmplitude, snr, azimuthDeg: wave.backAzimuthDeg, slowness: wave.slownessSecPerDeg },
          phase: wave.row.wave,
          timeErrorSec: Math.min(1.07, Math.max(0.12, 1.07 - 1.22 * Math.log10(snr / 3))),
        };
        arrivals.push(reported(station, `${event.key}:${wave.phase}:${station.code}`, random, signal));
        for (let k = random.poisson(Math.min(2, 0.4 * Math.log(snr / 4))); k > 0; k--) {
          const late = {
            ...signal,
            time: wave.time + 4 + 25 * random.exponential(),
            snr: 4 + 2 * random.exponential(),
          };
          arrivals.push(
            reported(station, `${event.key}:coda${k}:${wave.phase}:${station.code}`, random, {
              ...{ ...late, logAmplitude: noise + 0.2, azimuthDeg: late.azimuthDeg + 20 * random.normal() },
            }),
          );
        }
      }
    }
  }
  return { arrivals, seenBy };
}

interface Tally {
  detectable: number;
  found: number;
  untrue: number;
}

/** Detectable is what four stations saw by a first arrival. */
function score(
  world: World,
  stations: readonly Station[],
  hidden: readonly HiddenEvent[],
  seed: number,
  chance: number,
) {
  const { startTime, hours } = world.config;
  const { arrivals, seenBy } = detect(world, stations, hidden, seed);
  const beside = chanceArrivals(
    stations,
    startTime,
    startTime + hours * HOUR_SEC,
    chance,
    randomStream(seed, "chance"),
  );
  const given = [...arrivals, ...beside];
  const { events } = createAssociator(stations, earth).build(given, [], "");
  const matched = matchTruth(events, hidden);
  const pairs = new Map(matched.pairs.map((pair) => [pair.truthKey, pair]));
  const detectable = hidden.filter(({ key }) => (seenBy.get(key) ?? 0) >= 4);
  const tally: Tally = {
    detectable: detectable.length,
    found: detectable.filter(({ key }) => pairs.has(key)).length,
    untrue: matched.false.length,
  };
  const kms = [...pairs.values()].map(({ distanceKm }) => distanceKm).sort((a, b) => a - b);
  return { tally, arrivals: given.length, medianKm: kms[kms.length >> 1] ?? 0 };
}

const world = (seed: number, changes: Partial<typeof demoWorldConfig>) =>
  createWorld({ ...demoWorldConfig, seed, hours: 1, explosion: false, ...changes }, earth);

test("hidden events that four stations saw are found, nine of ten, with hardly a false one", (t) => {
  const runs = testScale(6, 1);
  const sum: Tally = { detectable: 0, found: 0, untrue: 0 };
  for (let seed = 1; seed <= runs; seed++) {
    const simulated = world(seed, {
      eventsPerHour: 10,
      minimumMagnitude: 4,
      ...(runs > 1 ? { stationCodes: allSeismic } : {}),
    });
    const { tally, arrivals, medianKm } = score(simulated, listening(simulated), simulated.events, seed, 25);
    t.diagnostic(`seed ${seed}: ${arrivals} arrivals, ${JSON.stringify(tally)}, median ${medianKm.toFixed(0)} km`);
    assert.ok(medianKm < 40);
    for (const key of ["detectable", "found", "untrue"] as const) sum[key] += tally[key];
  }
  assert.ok(sum.found >= 0.9 * sum.detectable, `${sum.found} of ${sum.detectable}`);
  assert.ok(sum.untrue <= 1 + 0.05 * sum.found, `${sum.untrue} false`);
});

test("a flood of aftershocks at one place ends in time, with few false events", (t) => {
  const count = testScale(300, 30);
  const simulated = world(3, { eventsPerHour: 0 });
  const stations = listening(simulated);
  const random = randomStream(5, "flood");
  const { startTime } = simulated.config;
  const flood = Array.from({ length: count }, (_, i): HiddenEvent => {
    const magnitude = Math.min(6.5, 4 - Math.log10(1 - random.uniform()));
    const time = startTime + 0.9 * HOUR_SEC * random.uniform();
    const latitudeDeg = 38 + 0.5 * random.normal();
    const longitudeDeg = 142.5 + 0.4 * random.normal();
    return { key: `f${i}`, time, latitudeDeg, longitudeDeg, depthKm: 20, magnitude, kind: "earthquake" };
  });
  const before = performance.now();
  const { tally, arrivals } = score(simulated, stations, flood, 3, 15);
  const seconds = (performance.now() - before) / 1000;
  t.diagnostic(`${count} events in an hour, ${arrivals} arrivals: ${JSON.stringify(tally)} in ${seconds.toFixed(1)} s`);
  assert.ok(tally.found >= 0.4 * tally.detectable, `${tally.found} of ${tally.detectable}`);
  // At one event in twelve seconds every station hears several at any time, and mixtures of them fit other places too.
  assert.ok(tally.untrue <= (count > 100 ? 0.35 : 0.1) * tally.found, `${tally.untrue} false`);
  assert.ok(seconds < 300);
});
