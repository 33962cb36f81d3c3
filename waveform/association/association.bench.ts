/** Network processing: an hour of a global network's arrivals, and what is computed once for its stations. Synthesised input. */
import { epoch, randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createAssociator } from "./associator.ts";
import { prepareGround } from "./search.ts";
import { defaultAssociatorSettings } from "./settings.ts";
import { arrivalsOf, chanceArrivals, globalNetwork } from "./testNetwork.ts";

const STATIONS = 100;
const EVENTS = 20;
const CHANCE_PER_HOUR = 25;
const HOUR_SEC = 3600;

const earth = createEarthModel("ak135");
const start = epoch(2026, 3, 1);
const stations = globalNetwork(STATIONS);

function hour() {
  const random = randomStream(1, "network bench");
  const events = Array.from({ length: EVENTS }, (_, i) => ({
    key: `E${i}`,
    time: start + HOUR_SEC * random.uniform(),
    latitudeDeg: 120 * random.uniform() - 60,
    longitudeDeg: 360 * random.uniform() - 180,
    depthKm: 60 * random.exponential(),
    magnitude: 4 + 0.43 * random.exponential(),
  }));
  return [
    ...events.flatMap((event) => arrivalsOf(event, stations, earth, random, ["first", "pP", "S"])),
    ...chanceArrivals(stations, start, start + HOUR_SEC, CHANCE_PER_HOUR, random),
  ];
}

const arrivals = hour();
const associator = createAssociator(stations, earth);

export const benchmarks = [
  {
    name: `events of an hour: ${arrivals.length} arrivals at ${STATIONS} stations, ${EVENTS} events`,
    unit: "arrivals",
    amount: arrivals.length,
    run: () => {
      associator.build(arrivals, [], "");
    },
  },
  {
    name: `the search grids of ${STATIONS} stations: distances and azimuths`,
    unit: "paths",
    amount: prepareGround(stations, earth, defaultAssociatorSettings).levels[0]!.grid.count * STATIONS,
    run: () => {
      prepareGround(stations, earth, defaultAssociatorSettings);
    },
  },
];
