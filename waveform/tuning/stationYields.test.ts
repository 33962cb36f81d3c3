import assert from "node:assert/strict";
import { test } from "node:test";
import type { Arrival } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { testStation } from "../station/testStation.ts";
import { stationYields, totalYield } from "./stationYields.ts";

const earth = createEarthModel("ak135");
const station = { ...testStation(), latitudeDeg: 0, longitudeDeg: 50 };
const at = (time: number) => ({ time, latitudeDeg: 0, longitudeDeg: 0, depthKm: 10 });
const travel = earth.predict("P", 50, 10)!.timeSec;
const arrival = (key: string, time: number) => ({ key, station: "TST", time }) as Arrival;

test("detections an hour, their share in events, and first waves missed, of those that came while the station recorded", () => {
  // An event each in the first span, in the gap, and in the second; one in the core's shadow; one whose wave comes at the very end of the data.
  const events = [at(0), at(4000), at(8000), { ...at(8000), longitudeDeg: -70 }, at(9000 - travel)];
  const input = {
    stations: [{ station, spans: [[0, 3600] as const, [7200, 9000] as const] }],
    arrivals: [arrival("a", travel + 5.9), arrival("b", 1000), arrival("c", 8000 + travel - 6.1), arrival("d", 2000)],
    associated: new Set(["a", "z"]),
    events,
  };
  const [own] = stationYields(input, earth);
  assert.deepEqual(own, {
    ...{ station: "TST", hours: 1.5, detections: 4, associated: 1, due: 2, missed: 1 },
    ...{ perHour: 4 / 1.5, associatedShare: 0.25, missedShare: 0.5 },
  });
  const all = totalYield("all", [own!, { ...own!, hours: 0.5, detections: 0, associated: 0, due: 0, missed: 0 }]);
  assert.deepEqual([all.hours, all.perHour, all.associatedShare, all.missedShare], [2, 2, 0.25, 0.5]);
});

test("Pn comes before P near the source; without data or waves there are no rates", () => {
  const near = { ...station, longitudeDeg: 5 };
  const pn = earth.predict("Pn", 5, 10)!.timeSec;
  const stations = [{ station: near, spans: [[0, 600] as const] }];
  const common = { stations, associated: new Set<string>(), events: [at(0)] };
  assert.equal(stationYields({ ...common, arrivals: [arrival("a", pn)] }, earth)[0]!.missed, 0);
  assert.equal(stationYields({ ...common, arrivals: [] }, earth)[0]!.missed, 1);
  const [none] = stationYields({ ...common, stations: [{ station: near, spans: [] }], arrivals: [] }, earth);
  assert.deepEqual([none!.perHour, none!.associatedShare, none!.missedShare], [null, null, null]);
});
