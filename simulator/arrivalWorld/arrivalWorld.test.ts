/**
 * Worlds of arrivals against what they claim: the law of Gutenberg and Richter, rates, travel times of the earth model, and the bulletins'
 * usual counts. Compared with closed forms and with the predicted times of the earth model.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, median, preferredOrigin, standardDeviation } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createArrivalWorld } from "./arrivalWorld.ts";
import { assumptionsOf } from "./assumptions.ts";
import { catalogueOf } from "./catalogue.ts";
import { type ArrivalWorldVariant, arrivalWorldVariants } from "./config.ts";
import { referenceBulletin } from "./reference.ts";

const earth = createEarthModel("ak135");
const usual = { ...arrivalWorldVariants.usual, days: 0.25, seed: 5 };
const world = createArrivalWorld(usual, earth);

test("the same configuration gives the same world, and another seed another one", () => {
  const again = createArrivalWorld(usual, earth);
  assert.deepEqual(again.arrivals, world.arrivals);
  assert.notDeepEqual(createArrivalWorld({ ...usual, seed: 6 }, earth).arrivals, world.arrivals);
});

test("a quarter of a day has thousands of arrivals of all the located seismic stations, and dozens of events of three stations", () => {
  assert.equal(world.stations.length, new Set(world.stations.map(({ code }) => code)).size);
  assert.ok(world.arrivals.length > 2500 && world.arrivals.length < 6000, `${world.arrivals.length}`);
  const listed = referenceBulletin(world, 3).events.length;
  assert.ok(listed >= 15 && listed <= 60, `${listed}`);
  const heard = new Set(world.arrivals.map(({ station }) => station));
  assert.ok(heard.size > 0.9 * world.stations.length);
});

test("ninety days of earthquakes have the b-value 1 (Aki 1965) and the rate they claim", () => {
  const events = catalogueOf({ ...usual, days: 90 });
  const magnitudes = events.map(({ magnitude }) => magnitude);
  const mean = magnitudes.reduce((sum, m) => sum + m, 0) / magnitudes.length;
  const b = Math.LOG10E / (mean - usual.minimumMagnitude);
  assert.ok(Math.abs(b - 1) < 0.03, `${b}`);
  const large = magnitudes.filter((m) => m >= 4).length / 90;
  assert.ok(Math.abs(large - usual.eventsPerDay) < 1.5, `${large}`);
});

test("aftershocks die away as Omori has it: the first day has more than the next six", () => {
  const config = { ...arrivalWorldVariants.aftershocks, days: 8 };
  const day = (time: number) => (time - config.startTime) / 86_400 - 0.2;
  const own = catalogueOf(config).filter(({ key }) => key.startsWith("s0"));
  const first = own.filter(({ time }) => day(time) < 1).length;
  const later = own.filter(({ time }) => day(time) >= 1 && day(time) < 7).length;
  assert.ok(first > later && first > 500, `${first} and ${later}`);
});

test("onsets of P stand around the earth model's time by a second or so", () => {
  const stations = new Map(world.stations.map((station) => [station.code, station]));
  const events = new Map(world.events.map((event) => [event.key, event]));
  const residuals = world.arrivals.flatMap((arrival) => {
    const truth = world.truth.get(arrival.key);
    if (truth?.phase !== "P") return [];
    const event = events.get(truth.eventKey)!;
    const { latitudeDeg, longitudeDeg } = stations.get(arrival.station)!;
    const path = distanceAzimuth(event.latitudeDeg, event.longitudeDeg, latitudeDeg, longitudeDeg);
    const travel = earth.predict("P", path.deltaDeg, event.depthKm);
    return travel ? [arrival.time - event.time - travel.timeSec] : [];
  });
  assert.ok(residuals.length > 300);
  assert.ok(Math.abs(median(residuals)) < 1.2, `${median(residuals)}`);
  const spread = standardDeviation(residuals);
  assert.ok(spread > 0.6 && spread < 3, `${spread}`);
});

test("every associated arrival of the reference stands in its list", () => {
  const bulletin = referenceBulletin(world, 3);
  const keys = new Set(bulletin.arrivals.map(({ key }) => key));
  for (const event of bulletin.events)
    for (const { arrivalKey } of preferredOrigin(event).associations) assert.ok(keys.has(arrivalKey));
});

test("each kind of world says what it assumes, and impossible ones are refused", () => {
  for (const name of Object.keys(arrivalWorldVariants) as ArrivalWorldVariant[])
    assert.ok(assumptionsOf(arrivalWorldVariants[name])[0]!.includes(`"${name}"`));
  for (const days of [0, 91, Number.NaN])
    assert.throws(() => createArrivalWorld({ ...usual, days }, earth), RangeError);
});
