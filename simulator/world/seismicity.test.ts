import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth } from "@harken/core";
import { demoWorldConfig } from "./config.ts";
import { hiddenEvents } from "./seismicity.ts";
import { seismicZones } from "./seismicZones.ts";

const many = hiddenEvents({ ...demoWorldConfig, hours: 500, explosion: false, eventsPerHour: 10 });

test("the demonstration has twelve earthquakes and one explosion at the surface, the first within three minutes", () => {
  const events = hiddenEvents(demoWorldConfig);
  assert.equal(events.length, 13);
  assert.ok(events[0]!.time - demoWorldConfig.startTime <= 180 && events[0]!.magnitude > 5);
  const explosions = events.filter(({ kind }) => kind === "explosion");
  assert.deepEqual(
    explosions.map(({ depthKm, mechanism }) => [depthKm, mechanism]),
    [[0, undefined]],
  );
  assert.equal(new Set(events.map(({ key }) => key)).size, events.length);
});

test("a longer world begins like a shorter one", () => {
  const short = hiddenEvents({ ...demoWorldConfig, hours: 2 });
  assert.deepEqual(hiddenEvents(demoWorldConfig).slice(0, short.length), short);
});

test("magnitudes follow Gutenberg and Richter with b = 1", () => {
  const magnitudes = many.map(({ magnitude }) => magnitude);
  assert.ok(magnitudes.every((m) => m >= 4 && m <= 6));
  const excess = magnitudes.reduce((sum, m) => sum + m - 4, 0) / magnitudes.length;
  // Mean of the exponential with b = 1 cut at two units: log10(e) - 2 / 99.
  assert.ok(Math.abs(excess - (Math.LOG10E - 2 / 99)) < 0.02, `mean excess ${excess}`);
});

test("every earthquake lies near a zone's line and within some zone's depths", () => {
  const nodes = seismicZones.flatMap(({ line }) => line);
  for (const { latitudeDeg, longitudeDeg, depthKm } of many) {
    const nearest = Math.min(
      ...nodes.map(([lat, lon]) => distanceAzimuth(latitudeDeg, longitudeDeg, lat, lon).deltaDeg),
    );
    assert.ok(nearest < 25 && depthKm >= 3 && depthKm <= 600);
  }
});
