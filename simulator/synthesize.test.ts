import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, type EarthModel, KM_PER_DEGREE, type Station } from "@harken/core";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { sts2 } from "./instruments.ts";
import { trueArrivals } from "./signals/arrivals.ts";
import { synthesize } from "./synthesize.ts";
import { demoWorldConfig } from "./world/config.ts";
import { createWorld, type World } from "./world/world.ts";

/** Straight travel times: enough to know where signals must stand. */
const slowness: Readonly<Record<string, number>> = { P: 8, Pn: 13.7, Pg: 18.5, pP: 8.1, S: 15, Sn: 24, Lg: 31.8 };
const earth: EarthModel = {
  ...{ model: "straight", phases: Object.keys(slowness), modelErrorSec: () => 1 },
  predict: (phase, deltaDeg) => {
    const slownessSecPerDeg = slowness[phase];
    if (slownessSecPerDeg === undefined) return null;
    return { phase, timeSec: slownessSecPerDeg * deltaDeg, slownessSecPerDeg, depthDerivativeSecPerKm: 0 };
  },
  correction: () => ({ ellipticitySec: 0, elevationSec: 0 }),
};

const world = createWorld(demoWorldConfig, earth);
const start = demoWorldConfig.startTime;
const stationOf = (code: string): Station => world.inventory.stations.find((station) => station.code === code)!;

/** The signals alone: the same world with and without its events. */
function signalsOnly(of: World, station: Station, from: number, to: number): Float64Array[] {
  const full = synthesize(of, station, from, to);
  const quiet = synthesize({ ...of, events: [] }, station, from, to);
  return full.map(({ samples }, i) => Float64Array.from(samples, (value, j) => value - quiet[i]!.samples[j]!));
}

test("samples are the same however the time is split", () => {
  const station = stationOf("ARCES");
  const span = 1500;
  const whole = synthesize(world, station, start, start + span);
  fc.assert(
    fc.property(fc.double({ min: 0, max: span - 60, noNaN: true }), (offset) => {
      const parts = synthesize(world, station, start + offset, start + offset + 60);
      parts.forEach(({ startTime, sampleRateHz, samples }, i) => {
        const at = Math.round((startTime - start) * sampleRateHz);
        assert.ok(startTime >= start + offset && startTime < start + offset + 1 / sampleRateHz);
        assert.deepEqual(samples, whole[i]!.samples.slice(at, at + samples.length));
      });
    }),
    { numRuns: testScale(200, 15) },
  );
});

test("consecutive requests join without a gap and without a sample twice", () => {
  const station = stationOf("BOSA");
  const cuts = [0, 10.013, 20.5, 33.3333, 60].map((offset) => start + offset);
  const counts = cuts.slice(1).map((to, i) => synthesize(world, station, cuts[i]!, to)[0]!.samples.length);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    60 * demoWorldConfig.sampleRateHz,
  );
  assert.deepEqual(synthesize(world, station, start, start), []);
});

test("an explosion's P begins upwards at every station", () => {
  const explosion = world.events.find(({ kind }) => kind === "explosion")!;
  const alone = { ...world, events: [explosion] };
  for (const code of ["KSRS", "USRK", "BRTR", "STKA", "KMBO", "NVAR"]) {
    const station = stationOf(code);
    const arrivals = trueArrivals(alone, station, explosion);
    const first = arrivals.reduce((a, b) => (b.time < a.time ? b : a));
    const [vertical] = signalsOnly(alone, station, first.time - 5, first.time + 15);
    const peak = vertical!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const onset = vertical!.findIndex((value) => Math.abs(value) > Math.max(1.5, 0.06 * peak));
    assert.ok(vertical![onset]! > 0, code);
    assert.ok(Math.abs(onset / 20 - 5) < 0.6, `${code}: ${onset / 20 - 5} s`);
  }
});

test("a plane wave crosses the array at its slowness", () => {
  const station = stationOf("ASAR");
  const event = world.events[0]!;
  const p = trueArrivals(world, station, event).find(({ phase }) => phase === "P")!;
  const alone = { ...world, events: [event] };
  const traces = signalsOnly(alone, station, p.time - 3, p.time + 5);
  const beamPower = (backAzimuthDeg: number) => {
    const azimuth = ((backAzimuthDeg + 180) * Math.PI) / 180;
    const beam = new Float64Array(traces[0]!.length - 80);
    station.sites.forEach(({ northKm, eastKm }, element) => {
      const delay = (p.slownessSecPerDeg / KM_PER_DEGREE) * (northKm * Math.cos(azimuth) + eastKm * Math.sin(azimuth));
      for (let i = 0; i < beam.length; i++) beam[i]! += traces[element]![i + 40 + Math.round(delay * 20)]! / 9;
    });
    return beam.reduce((sum, value) => sum + value * value, 0);
  };
  assert.ok(beamPower(p.backAzimuthDeg) > 3 * beamPower(p.backAzimuthDeg + 180));
});

test("amplitudes give back mb within the scatter, and three components the back-azimuth", () => {
  const event = world.events[0]!;
  const alone = { ...world, events: [event] };
  const errors: number[] = [];
  for (const station of world.inventory.stations.filter(({ kind }) => kind === "3c")) {
    const { latitudeDeg, longitudeDeg } = station;
    const path = distanceAzimuth(event.latitudeDeg, event.longitudeDeg, latitudeDeg, longitudeDeg);
    const p = trueArrivals(alone, station, event).find(({ phase }) => phase === "P");
    if (!p || path.deltaDeg < 25) continue;
    const traces = signalsOnly(alone, station, p.time - 5, p.time + 2);
    const [z, n, e] = traces;
    const swing = (Math.max(...z!) - Math.min(...z!)) / 2 / sts2.response.sensitivity! / 1e-9;
    errors.push(Math.log10(swing / p.velocityNmPerSec));
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const away = (Math.atan2(dot(e!, z!), dot(n!, z!)) * 180) / Math.PI;
    const off = Math.abs(((away - p.backAzimuthDeg + 720) % 360) - 180);
    assert.ok(off < 35, `${station.code}: off by ${off}`);
  }
  assert.ok(errors.length >= 8, `${errors.length} stations`);
  // The whole band holds somewhat more than the band in which mb is measured, and the coda adds to both.
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  assert.ok(Math.abs(bias) < 0.25, `mean ${bias}`);
  for (const error of errors) assert.ok(Math.abs(error - bias) < 0.25, `${error}`);
});

test("configurations that cannot be are refused", () => {
  assert.throws(() => createWorld({ ...demoWorldConfig, hours: 0 }, earth), RangeError);
  assert.throws(() => createWorld({ ...demoWorldConfig, sampleRateHz: 12.5 }, earth), RangeError);
  assert.throws(() => createWorld({ ...demoWorldConfig, startTime: Number.NaN }, earth), RangeError);
});
