/** Locations of exact readings of one event, as an associator asks for them by the ten thousand, and without a start; regions of few readings. */
import { randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import { probabilityGrid } from "./probabilityGrid.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { exactReading, stationsAround, timesOnly } from "./testReadings.ts";

const COUNT = 200;
const WITHOUT_START = 10;

const earth = createEarthModel("ak135");
const source: Hypocentre = { time: 1.5e9, latitudeDeg: 41.3, longitudeDeg: 129.1, depthKm: 20 };
const near: Hypocentre = { time: 1.5e9 + 5, latitudeDeg: 42.5, longitudeDeg: 128, depthKm: 10 };
const surface: LocationSettings = { ...defaultLocationSettings, depth: { fixedKm: 0, type: "surface" } };

function readings(count: number): Reading[] {
  const predictor = earthPredictor(earth, defaultLocationSettings);
  const stations = stationsAround(source, count, [3, 90], randomStream(1, "location"));
  return stations.flatMap((station) => exactReading(predictor, source, station, "P") ?? []);
}

const all = readings(20);
const times = timesOnly(all);
const hundred = timesOnly(readings(100));
const few = all.slice(0, 3);
const correlated: LocationSettings = { ...surface, correlationKm: 500 };

const repeated = (
  name: string,
  amount: number,
  given: readonly Reading[],
  start: Hypocentre | null,
  settings: LocationSettings,
) => ({
  name,
  unit: "locations",
  amount,
  run() {
    for (let i = 0; i < amount; i++) locate(given, start, earth, settings);
  },
});

export const benchmarks = [
  repeated("location from 20 onset times, depth held, start 160 km off", COUNT, times, near, surface),
  repeated("location from 20 onset times, free depth, start 160 km off", COUNT, times, near, defaultLocationSettings),
  repeated("location from 20 times, azimuths and slownesses, free depth", COUNT, all, near, defaultLocationSettings),
  repeated("location from 20 onset times, free depth, no start", WITHOUT_START, times, null, defaultLocationSettings),
  repeated("location from 100 onset times, depth held, start 160 km off", COUNT / 4, hundred, near, surface),
  repeated("location from 100 onset times with correlated errors", COUNT / 10, hundred, near, correlated),
  {
    name: "region of three arrays' times, azimuths and slownesses",
    unit: "regions",
    amount: 1,
    run() {
      probabilityGrid(few, earth);
    },
  },
];
