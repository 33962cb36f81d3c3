import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, geodesicPosition, localOffsetKm, randomStream, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import fc from "fast-check";
import type { Cluster, ClusterEvent, ClusterReading, RelocatedCluster } from "./cluster.ts";
import { defaultRelocationSettings } from "./cluster.ts";
import { relocate } from "./doubleDifference.ts";
import { relativePosition } from "./uncertainty.ts";

const earth = createEarthModel("ak135");

function station(code: string, latitudeDeg: number, longitudeDeg: number): Station {
  return {
    code,
    network: "",
    name: code,
    technology: "seismic",
    kind: "1c",
    role: null,
    latitudeDeg,
    longitudeDeg,
    elevationKm: 0.3,
    sites: [],
    channels: [],
  };
}

const centre = { latitudeDeg: 50, longitudeDeg: 78.8 };

/** Stations around the test area: some regional (Pn), most teleseismic (P). */
function network(seed: number, count: number, minDeg: number, maxDeg: number): Station[] {
  const random = randomStream(seed, "network");
  return Array.from({ length: count }, (_, i) => {
    const azimuth = (360 * (i + random.uniform())) / count;
    const km = 111.2 * (minDeg + (maxDeg - minDeg) * random.uniform());
    const { latitudeDeg, longitudeDeg } = geodesicPosition(centre.latitudeDeg, centre.longitudeDeg, azimuth, km);
    return station(`S${i}`, latitudeDeg, longitudeDeg);
  });
}

function trueEvents(seed: number, count: number, radiusKm: number, depthKm: number): ClusterEvent[] {
  const random = randomStream(seed, "events");
  return Array.from({ length: count }, (_, i) => {
    const position = geodesicPosition(
      centre.latitudeDeg,
      centre.longitudeDeg,
      360 * random.uniform(),
      radiusKm * random.uniform(),
    );
    return { key: `E${i}`, ...position, depthKm: depthKm * random.uniform(), time: 1e9 + 1e6 * i };
  });
}

function arrival(event: ClusterEvent, at: Station, phase: string): number {
  const { deltaDeg, azimuthDeg } = distanceAzimuth(
    event.latitudeDeg,
    event.longitudeDeg,
    at.latitudeDeg,
    at.longitudeDeg,
  );
  const path = {
    deltaDeg,
    depthKm: event.depthKm,
    sourceLatitudeDeg: event.latitudeDeg,
    eventStationAzimuthDeg: azimuthDeg,
    stationElevationKm: at.elevationKm,
  };
  const { ellipticitySec, elevationSec } = earth.correction(phase, path);
  return event.time + earth.predict(phase, deltaDeg, event.depthKm)!.timeSec + ellipticitySec + elevationSec;
}

function readings(
  events: readonly ClusterEvent[],
  stations: readonly Station[],
  phase: string,
  error: (event: number, station: number) => number = () => 0,
): ClusterReading[] {
  return events.flatMap((event, i) =>
    stations.map((at, k) => ({
      eventKey: event.key,
      station: at,
      phase,
      time: arrival(event, at, phase) + error(i, k),
      timeErrorSec: 0.05,
    })),
  );
}

/** The events as a network location would have them: each off by some kilometres and tenths of a second. */
function displaced(events: readonly ClusterEvent[], seed: number, km: number): ClusterEvent[] {
  const random = randomStream(seed, "start");
  return events.map((event) => ({
    ...event,
    ...geodesicPosition(event.latitudeDeg, event.longitudeDeg, 360 * random.uniform(), km * random.uniform()),
    time: event.time + 0.3 * random.normal(),
  }));
}

/** Largest error of any event's place relative to the first's, km. */
function worstRelative(cluster: RelocatedCluster, truth: readonly ClusterEvent[]): number {
  let worst = 0;
  const [a] = truth;
  for (const b of truth) {
    const at = cluster.events.find(({ key }) => key === b.key)!;
    const from = cluster.events.find(({ key }) => key === a!.key)!;
    const wanted = localOffsetKm(a!.latitudeDeg, a!.longitudeDeg, b.latitudeDeg, b.longitudeDeg);
    const found = localOffsetKm(from.latitudeDeg, from.longitudeDeg, at.latitudeDeg, at.longitudeDeg);
    worst = Math.max(worst, Math.hypot(wanted.eastKm - found.eastKm, wanted.northKm - found.northKm));
  }
  return worst;
}

test("exact readings give back the relative places, whatever the start and the delays of the paths", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const truth = trueEvents(seed, 6, 8, 0);
      const stations = network(seed, 16, 30, 90);
      const random = randomStream(seed, "delays");
      const delays = stations.map(() => 2 * random.normal());
      const start = displaced(truth, seed, 6);
      const cluster: Cluster = { events: start, readings: readings(truth, stations, "P", (_, k) => delays[k]!) };
      const { clusters, unlinked } = relocate(cluster, earth, defaultRelocationSettings);
      assert.deepEqual(unlinked, []);
      assert.ok(clusters[0]!.converged);
      // What is left is that the centre of the start is kilometres from the true one, where slownesses differ a little.
      assert.ok(worstRelative(clusters[0]!, truth) < 0.05, `${worstRelative(clusters[0]!, truth)} km`);
    }),
    { numRuns: 25 },
  );
});

test("the centre of the cluster and the mean origin time stay where the start puts them", () => {
  const truth = trueEvents(3, 5, 8, 0);
  const start = displaced(truth, 3, 6);
  const { clusters } = relocate(
    { events: start, readings: readings(truth, network(3, 16, 30, 90), "P") },
    earth,
    defaultRelocationSettings,
  );
  const sum = (pick: (event: RelocatedCluster["events"][number]) => number) =>
    clusters[0]!.events.reduce((total, event) => total + pick(event), 0);
  assert.ok(Math.abs(sum(({ eastKm }) => eastKm)) < 0.01 && Math.abs(sum(({ northKm }) => northKm)) < 0.01);
  const shift = clusters[0]!.events.reduce((total, event, i) => total + event.time - start[i]!.time, 0);
  assert.ok(Math.abs(shift) < 1e-3);
});

test("differential times alone do the same, and weigh as told against wrong readings", () => {
  const truth = trueEvents(5, 5, 6, 0);
  const stations = network(5, 14, 30, 90);
  const start = displaced(truth, 5, 5);
  const differentialTimes = truth.flatMap((first, i) =>
    truth.slice(i + 1).flatMap((second) =>
      stations.map((at) => ({
        firstEventKey: first.key,
        secondEventKey: second.key,
        station: at,
        phase: "P",
        differenceSec: arrival(first, at, "P") - arrival(second, at, "P"),
        errorSec: 0.01,
      })),
    ),
  );
  const alone = relocate({ events: start, readings: [], differentialTimes }, earth, defaultRelocationSettings);
  assert.ok(worstRelative(alone.clusters[0]!, truth) < 0.05);
  const random = randomStream(5, "errors");
  const noisy = readings(truth, stations, "P", () => 0.5 * random.normal());
  const settings = { ...defaultRelocationSettings, differentialWeight: 100 };
  const both = relocate({ events: start, readings: noisy, differentialTimes }, earth, settings);
  const without = relocate({ events: start, readings: noisy }, earth, settings);
  assert.ok(worstRelative(both.clusters[0]!, truth) < 0.1);
  assert.ok(worstRelative(without.clusters[0]!, truth) > 0.5);
});

test("a reading ten seconds late moves nothing", () => {
  const truth = trueEvents(7, 6, 6, 0);
  const stations = network(7, 16, 30, 90);
  const late = readings(truth, stations, "P", (event, at) => (event === 2 && at === 4 ? 10 : 0));
  const { clusters } = relocate({ events: displaced(truth, 7, 5), readings: late }, earth, defaultRelocationSettings);
  assert.ok(worstRelative(clusters[0]!, truth) < 0.05);
  assert.equal(clusters[0]!.events.find(({ key }) => key === "E2")!.pathCount, 15);
});

test("free depths come back from near stations, all events starting at the cluster's true centre", () => {
  const truth = trueEvents(11, 8, 5, 12);
  const stations = network(11, 14, 0.1, 1.2);
  const mean = (pick: (event: ClusterEvent) => number) =>
    truth.reduce((sum, event) => sum + pick(event), 0) / truth.length;
  const start = truth.map((event) => ({
    ...event,
    latitudeDeg: mean(({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: mean(({ longitudeDeg }) => longitudeDeg),
    depthKm: mean(({ depthKm }) => depthKm),
  }));
  const cluster = { events: start, readings: [...readings(truth, stations, "P"), ...readings(truth, stations, "S")] };
  const settings = { ...defaultRelocationSettings, depth: "free" } as const;
  const { clusters } = relocate(cluster, earth, settings);
  for (const { key, depthKm } of truth) {
    const found = clusters[0]!.events.find((event) => event.key === key)!;
    assert.ok(Math.abs(found.depthKm - depthKm) < 0.1, `${key}: ${found.depthKm} km, true ${depthKm}`);
  }
  assert.ok(worstRelative(clusters[0]!, truth) < 0.05);
});

test("readings too poor for depths: no event leaves the ground or sinks into the mantle, and the fit never gets worse", () => {
  const settings = { ...defaultRelocationSettings, depth: "free", outlierCut: null } as const;
  for (const seed of [12, 13, 14, 15, 16]) {
    const truth = trueEvents(seed, 6, 5, 3);
    const stations = network(seed, 14, 0.1, 1.2);
    const random = randomStream(seed, "errors");
    const noisy = readings(truth, stations, "P", () => 0.5 * random.normal());
    const { clusters } = relocate({ events: truth, readings: noisy }, earth, settings);
    const { events, rmsSec, rmsBeforeSec } = clusters[0]!;
    for (const { key, depthKm } of events) assert.ok(depthKm >= 0 && depthKm < 35, `${seed} ${key}: ${depthKm} km`);
    assert.ok(rmsSec < rmsBeforeSec, `${seed}: ${rmsSec} s after ${rmsBeforeSec} s`);
  }
});

test("events without enough shared paths stay out, and separate groups are solved apart", () => {
  const stations = network(13, 20, 30, 90);
  const truth = trueEvents(13, 7, 6, 0);
  const split = readings(truth, stations, "P").filter(({ eventKey, station: { code } }) => {
    const half = Number(code.slice(1)) < 10;
    if (eventKey === "E6") return code === "S1" || code === "S2";
    return Number(eventKey.slice(1)) < 3 ? half : !half;
  });
  const { clusters, unlinked } = relocate({ events: truth, readings: split }, earth, defaultRelocationSettings);
  assert.deepEqual(
    clusters.map(({ events }) => events.map(({ key }) => key)),
    [
      ["E0", "E1", "E2"],
      ["E3", "E4", "E5"],
    ],
  );
  assert.deepEqual(unlinked, ["E6"]);
  assert.deepEqual(relocate({ events: [], readings: [] }, earth, defaultRelocationSettings), {
    clusters: [],
    unlinked: [],
  });
});

test("ellipses of 90 % hold the true relative place in about nine of ten draws of the errors", () => {
  const truth = trueEvents(17, 5, 4, 0);
  const stations = network(17, 25, 30, 90);
  const wanted = localOffsetKm(
    truth[0]!.latitudeDeg,
    truth[0]!.longitudeDeg,
    truth[1]!.latitudeDeg,
    truth[1]!.longitudeDeg,
  );
  const settings = { ...defaultRelocationSettings, outlierCut: null };
  const draws = 200;
  let inside = 0;
  for (let draw = 0; draw < draws; draw++) {
    const random = randomStream(draw, "errors");
    const noisy = readings(truth, stations, "P", () => 0.05 * random.normal());
    const { clusters } = relocate({ events: truth, readings: noisy }, earth, settings);
    const relative = relativePosition(clusters[0]!, "E0", "E1")!;
    const [e, n] = [relative.eastKm - wanted.eastKm, relative.northKm - wanted.northKm];
    const strike = (relative.strikeDeg * Math.PI) / 180;
    const along = (e * Math.sin(strike) + n * Math.cos(strike)) / relative.semiMajorKm;
    const across = (e * Math.cos(strike) - n * Math.sin(strike)) / relative.semiMinorKm;
    if (along ** 2 + across ** 2 <= 1) inside++;
  }
  // Binomial: 0.9 +- 3 * 0.021.
  assert.ok(inside / draws > 0.83 && inside / draws < 0.97, `${inside} of ${draws}`);
});
