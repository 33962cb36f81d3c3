/** Network processing against truths in closed form: times of the earth model with normal errors, among chance detections. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Arrival,
  distanceAzimuth,
  epoch,
  type Origin,
  preferredOrigin,
  randomStream,
  type SeismicEvent,
  type Station,
} from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { buildEvents, createAssociator, type NetworkResult } from "./associator.ts";
import {
  arrivalsOf,
  chanceArrivals,
  globalNetwork,
  networkAround,
  reported,
  type TestEvent,
  testStation,
} from "./testNetwork.ts";

const earth = createEarthModel("ak135");
const T0 = epoch(2026, 3, 1, 12);
const stations = globalNetwork(24);
const associator = createAssociator(stations, earth);
const honshu: TestEvent = { key: "A", time: T0 + 600, latitudeDeg: 38, longitudeDeg: 142, depthKm: 0, magnitude: 5 };
const chile: TestEvent = { ...honshu, key: "B", latitudeDeg: -30, longitudeDeg: -71 };

const chance = (seed: number, perHour = 20, network: readonly Station[] = stations) =>
  chanceArrivals(network, T0, T0 + 2400, perHour, randomStream(seed, "chance"));
const arrivals = (event: TestEvent, phases?: readonly string[], network: readonly Station[] = stations) =>
  arrivalsOf(event, network, earth, randomStream(7, event.key), phases);

function misfit(event: SeismicEvent, truth: TestEvent) {
  const { latitudeDeg, longitudeDeg, time } = preferredOrigin(event);
  const { deltaDeg } = distanceAzimuth(truth.latitudeDeg, truth.longitudeDeg, latitudeDeg, longitudeDeg);
  return { deltaDeg, timeSec: Math.abs(time - truth.time) };
}

function assertFound(event: SeismicEvent, truth: TestEvent, maxDeltaDeg = 0.6, maxTimeSec = 4) {
  const { deltaDeg, timeSec } = misfit(event, truth);
  assert.ok(deltaDeg < maxDeltaDeg && timeSec < maxTimeSec, `${truth.key}: ${deltaDeg} deg, ${timeSec} s away`);
}

/** Each arrival is in one event or in none, and nothing is lost. */
function assertShared({ events, unassociated }: NetworkResult, given: readonly Arrival[]) {
  const held = events.flatMap((event) => preferredOrigin(event).associations.map(({ arrivalKey }) => arrivalKey));
  assert.equal(new Set(held).size, held.length, "no arrival in two events");
  const all = [...held, ...unassociated.map(({ key }) => key)].sort();
  assert.deepEqual(all, given.map(({ key }) => key).sort());
}

test("one event among chance detections: found where it is, with its own arrivals, and nothing else", () => {
  const own = arrivals(honshu);
  const given = [...own, ...chance(1)];
  const result = associator.build(given, [], "T-");
  assert.equal(result.events.length, 1);
  const [event] = result.events;
  assertFound(event!, honshu);
  assertShared(result, given);
  const { associations, depthType, author, magnitudes, error } = preferredOrigin(event!);
  const right = associations.filter(({ arrivalKey }) => arrivalKey.startsWith("A:"));
  assert.ok(right.length >= 0.9 * own.length, `${right.length} of ${own.length} arrivals`);
  assert.ok(associations.length - right.length <= 0.1 * own.length, "few chance detections among them");
  assert.equal(depthType, "surface");
  assert.equal(author, "grid-1");
  assert.ok(error && error.semiMajorKm > 0);
  const mb = magnitudes.find(({ type }) => type === "mb");
  assert.ok(mb && Math.abs(mb.value - honshu.magnitude) < 0.3);
  assert.equal(event!.key, "T-1");
});

test("two events at the same time on two sides of the Earth are two, each with its own arrivals", () => {
  const given = [...arrivals(honshu), ...arrivals(chile), ...chance(2)];
  const result = associator.build(given, [], "");
  assert.equal(result.events.length, 2);
  assertShared(result, given);
  for (const truth of [honshu, chile]) {
    const event = result.events.find((candidate) => misfit(candidate, truth).deltaDeg < 5);
    assert.ok(event, truth.key);
    assertFound(event, truth);
    const keys = preferredOrigin(event).associations.map(({ arrivalKey }) => arrivalKey);
    assert.ok(keys.filter((key) => key.startsWith(`${truth.key}:`)).length >= 0.85 * keys.length);
  }
});

test("an aftershock at the same place two minutes later is an event of its own", () => {
  const after = { ...honshu, key: "C", time: honshu.time + 120, magnitude: 4.7 };
  const { events } = associator.build([...arrivals(honshu), ...arrivals(after), ...chance(3)], [], "");
  assert.equal(events.length, 2);
  assertFound(events[0]!, honshu);
  assertFound(events[1]!, after);
});

test("chance detections alone, sixty an hour at each station, hardly ever make an event", () => {
  // Half of the stations are arrays, so that three of them agree by chance in time, azimuth and slowness once in hours.
  const runs = testScale(12, 3);
  let events = 0;
  for (let seed = 11; seed < 11 + runs; seed++) events += associator.build(chance(seed, 60), [], "").events.length;
  assert.ok(events <= 1 + runs / 6, `${events} events in ${runs} times 40 minutes`);
});

test("the reflections, core and shear waves of one event make no second one", () => {
  const deep = { ...honshu, depthKm: 80, magnitude: 5.5 };
  const phases = ["first", "pP", "sP", "PcP", "PP", "S", "ScP"];
  const given = [...arrivals(deep, phases), ...chance(4)];
  const result = associator.build(given, [], "");
  assert.equal(result.events.length, 1);
  assertFound(result.events[0]!, deep);
  assertShared(result, given);
  const origin = preferredOrigin(result.events[0]!);
  assert.ok(Math.abs(origin.depthKm - 80) < 15, `depth ${origin.depthKm} km`);
  assert.equal(origin.depthType, "free");
  for (const phase of ["pP", "S"])
    assert.ok(
      origin.associations.some((a) => a.phase === phase),
      phase,
    );
});

test("an event 500 km deep is found there", () => {
  const deep = { ...honshu, key: "D", depthKm: 500, latitudeDeg: -20, longitudeDeg: -178 };
  const { events } = associator.build([...arrivals(deep), ...chance(5)], [], "");
  assert.equal(events.length, 1);
  assertFound(events[0]!, deep, 0.6, 6);
  assert.ok(Math.abs(preferredOrigin(events[0]!).depthKm - 500) < 60);
});

test("a network of seven stations at 3 to 12 degrees, from a short record: one event and no other", () => {
  const local = networkAround(41, 129, [3.3, 4.3, 8.5, 9.9, 10.3, 10.6, 11.4]);
  const truth = { ...honshu, key: "E", latitudeDeg: 41, longitudeDeg: 129 };
  const noise = chanceArrivals(local, truth.time, truth.time + 420, 20, randomStream(6));
  const { events } = buildEvents([...arrivals(truth, ["first", "Lg"], local), ...noise], local, earth);
  assert.equal(events.length, 1);
  assertFound(events[0]!, truth, 0.25, 3);
  assert.equal(preferredOrigin(events[0]!).depthType, "surface");
});

test("a small event inside a dense local network is found to a few km", () => {
  const local = networkAround(45, 10, [0.15, 0.3, 0.45, 0.6, 0.8, 1, 1.3, 1.6]);
  const truth = { ...honshu, key: "F", latitudeDeg: 45, longitudeDeg: 10, depthKm: 8, magnitude: 3.5 };
  const { events } = buildEvents([...arrivals(truth, ["Pg", "Sg"], local), ...chance(8, 15, local)], local, earth);
  assert.equal(events.length, 1);
  assertFound(events[0]!, truth, 0.06, 2);
});

test("a Rayleigh wave joins the event that it comes from, and its time does not define", () => {
  const station = stations.find(({ code }) => code === "G8")!;
  const { latitudeDeg, longitudeDeg } = station;
  const { deltaDeg, backAzimuthDeg } = distanceAzimuth(
    honshu.latitudeDeg,
    honshu.longitudeDeg,
    latitudeDeg,
    longitudeDeg,
  );
  const time = honshu.time + earth.predict("LR", deltaDeg, 0)!.timeSec + 20;
  const wave = { logAmplitude: 2, snr: 8, azimuthDeg: backAzimuthDeg, slowness: 30, timeErrorSec: 20 };
  const rayleigh = reported(station, "LR", randomStream(1), { ...wave, time, phase: "LR" });
  const { events } = associator.build([...arrivals(honshu), rayleigh], [], "");
  assert.equal(events.length, 1);
  const own = preferredOrigin(events[0]!).associations.find(({ arrivalKey }) => arrivalKey === "LR");
  assert.deepEqual([own?.phase, own?.timeDefining], ["LR", false]);
});

test("the order of the arrivals does not matter", () => {
  const given = [...arrivals(honshu), ...arrivals(chile, ["first", "pP"]), ...chance(9)];
  const expected = associator.build(given, [], "");
  fc.assert(
    fc.property(fc.shuffledSubarray(given, { minLength: given.length }), (shuffled) => {
      assert.deepEqual(associator.build(shuffled, [], ""), expected);
    }),
    { numRuns: testScale(20, 2) },
  );
});

test("an event keeps its key as arrivals come in, and is left as it is when nothing is new", () => {
  const given = [...arrivals(honshu), ...chance(10)];
  const early = given.filter(({ time }) => time < honshu.time + 700);
  const first = associator.build(early, [], "I1-");
  assert.equal(first.events.length, 1);
  const second = associator.build([...given, ...arrivals(chile)], first.events, "I2-");
  const [grown, fresh] = [honshu, chile].map((truth) => second.events.find((e) => misfit(e, truth).deltaDeg < 2)!);
  assert.equal(grown!.key, first.events[0]!.key);
  assert.equal(grown!.origins.length, 2);
  assert.equal(grown!.preferredOriginKey, grown!.origins[1]!.key);
  assert.ok(preferredOrigin(grown!).definingCount > preferredOrigin(first.events[0]!).definingCount);
  assert.ok(fresh!.key.startsWith("I2-"));
  const third = associator.build([...given, ...arrivals(chile)], second.events, "I3-");
  assert.deepEqual(third.events, second.events);
});

test("recordings years apart give the events of each alone, and cost no more", () => {
  // 2^29 s, 17 years: times stay as exact as they were.
  const later = 2 ** 29;
  const given = [...arrivals(honshu), ...arrivals(chile), ...chance(12)];
  const moved = given.map((arrival) => ({ ...arrival, key: `${arrival.key}+`, time: arrival.time + later }));
  const alone = associator.build(given, [], "");
  assert.equal(alone.events.length, 2);
  const both = associator.build([...moved, ...given], alone.events, "L-");
  assert.deepEqual(both.events.slice(0, 2), alone.events, "known events stay what they were");
  assert.equal(both.events.length, 4);
  both.events.slice(2).forEach((event, i) => {
    const [found, before] = [preferredOrigin(event), preferredOrigin(alone.events[i]!)];
    const keys = ({ associations }: Origin) => associations.map(({ arrivalKey }) => arrivalKey.replace("+", ""));
    assert.deepEqual(keys(found), keys(before));
    assert.ok(Math.abs(found.time - later - before.time) < 1e-3);
    assert.ok(misfit(event, { ...honshu, ...before, time: found.time }).deltaDeg < 1e-5);
  });
  assertShared(both, [...moved, ...given]);
});

test("nothing, strangers, other waves, one station, odd numbers: no event, and the reason where there is one", () => {
  assert.deepEqual(associator.build([], [], ""), { events: [], unassociated: [], remarks: [] });
  const [some] = arrivals(honshu);
  const stranger = { ...some!, key: "x", station: "NOPE" };
  assert.match(associator.build([stranger], [], "").remarks.join(), /NOPE/);
  const sound = [testStation("I1", 0, 0, "array"), testStation("I2", 5, 5, "array")].map(
    (station): Station => ({ ...station, technology: "infrasound" }),
  );
  const heard = buildEvents([{ ...some!, station: "I1", phase: "I" }], sound, earth);
  assert.deepEqual([heard.events.length, heard.remarks.length], [0, 1]);
  const odd = { ...some!, key: "odd", time: Number.NaN, snr: 0, azimuthErrorDeg: 0, slownessErrorSecPerDeg: null };
  assert.deepEqual(associator.build([odd, { ...odd, key: "odd2", time: T0 }, some!], [], "").events, []);
});
