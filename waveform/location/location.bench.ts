/** Locations of ten exact readings of one event, as an associator asks for them by the ten thousand, and without a start. */
import { randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { exactReading, stationsAround, timesOnly } from "./testReadings.ts";

const COUNT = 200;
const WITHOUT_START = 10;

const earth = createEarthModel("ak135");
const source: Hypocentre = { time: 1.5e9, latitudeDeg: 41.3, longitudeDeg: 129.1, depthKm: 20 };
const near: Hypocentre = { time: 1.5e9 + 5, latitudeDeg: 42.5, longitudeDeg: 128, depthKm: 10 };
const surface: LocationSettings = { ...defaultLocationSettings, depth: { fixedKm: 0, type: "surface" } };

function readings(): Reading[] {
  const predictor = earthPredictor(earth, defaultLocationSettings);
  const stations = stationsAround(source, 10, [3, 90], randomStream(1, "location"));
  return stations.flatMap((station) => exactReading(predictor, source, station, "P") ?? []);
}

const all = readings();
const times = timesOnly(all);

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
  repeated("location from 10 onset times, depth held, start 160 km off", COUNT, times, near, surface),
  repeated("location from 10 onset times, free depth, start 160 km off", COUNT, times, near, defaultLocationSettings),
  repeated("location from 10 times, azimuths and slownesses, free depth", COUNT, all, near, defaultLocationSettings),
  repeated("location from 10 onset times, free depth, no start", WITHOUT_START, times, null, defaultLocationSettings),
];
