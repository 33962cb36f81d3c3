import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, distanceAzimuth, KM_PER_DEGREE } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { processStation } from "@harken/waveform";
import { synthesize } from "../synthesize.ts";
import { demoSoundCodes, demoWorldConfig } from "../world/config.ts";
import { createWorld } from "../world/world.ts";
import { trueSounds } from "./trueSounds.ts";

const world = createWorld({ ...demoWorldConfig, soundCodes: demoSoundCodes }, createEarthModel("ak135"));
const stationOf = (code: string) => world.inventory.stations.find((station) => station.code === code)!;
const { startTime, hours } = world.config;
const explosion = world.events.find(({ kind }) => kind === "explosion")!;

test("the world has its listeners: arrays of four barometers and a triplet of hydrophones, with responses in Pa", () => {
  const found = demoSoundCodes.map(stationOf);
  assert.deepEqual(
    found.map(({ technology, sites }) => [technology, sites.length]),
    [
      ["infrasound", 4],
      ["infrasound", 4],
      ["infrasound", 4],
      ["hydroacoustic", 3],
    ],
  );
  assert.ok(found.every(({ channels }) => channels.every(({ response }) => response?.inputUnit === "Pa")));
  assert.throws(() => createWorld({ ...demoWorldConfig, soundCodes: ["ARCES"] }, world.earth), /ARCES/);
});

test("the same samples come out whatever stretch is asked for", () => {
  for (const code of ["I45RU", "H11"]) {
    const station = stationOf(code);
    const [from, to] = [startTime + 3000, startTime + 3120];
    const whole = synthesize(world, station, from, to);
    const parts = [synthesize(world, station, from, from + 47.3), synthesize(world, station, from + 47.3, to)];
    for (const [j, { samples }] of whole.entries())
      assert.deepEqual(
        [...samples],
        parts.flatMap((part) => [...part[j]!.samples]),
      );
  }
});

test("the explosion reaches an array at the celerity of the air, from its azimuth within what the wind does; station processing hears it there as I", () => {
  const station = stationOf("I45RU");
  const sound = trueSounds(world, station, startTime, startTime + 3600 * hours).find(
    ({ eventKey }) => eventKey === explosion.key,
  )!;
  const { deltaDeg, backAzimuthDeg } = distanceAzimuth(
    explosion.latitudeDeg,
    explosion.longitudeDeg,
    station.latitudeDeg,
    station.longitudeDeg,
  );
  const celerity = (deltaDeg * KM_PER_DEGREE) / (sound.time - explosion.time);
  assert.ok(celerity > 0.21 && celerity < 0.34, String(celerity));
  assert.ok(Math.abs(azimuthDifference(sound.azimuthDeg, backAzimuthDeg)) < 12);
  const segments = synthesize(world, station, sound.time - 600, sound.time + 600);
  const { arrivals } = processStation({ station, segments, keyPrefix: "" });
  const heard = arrivals.find(({ phase, time }) => phase === "I" && Math.abs(time - sound.time) < 30)!;
  assert.ok(heard, arrivals.map(({ time, phase }) => `${phase} ${(time - sound.time).toFixed(0)}`).join(", "));
  assert.ok(
    Math.abs(azimuthDifference(heard.azimuthDeg!, sound.azimuthDeg)) < 2,
    `${heard.azimuthDeg} ${sound.azimuthDeg}`,
  );
  assert.ok(Math.abs(KM_PER_DEGREE / heard.slownessSecPerDeg! / sound.speedKmPerSec - 1) < 0.03);
});

test("earthquakes are heard as T phases at the hydrophones, with their azimuths and pressures", () => {
  const station = stationOf("H11");
  const loud = trueSounds(world, station, startTime, startTime + 3600 * hours)
    .filter(({ phase, time }) => phase === "T" && time > startTime + 300)
    .sort((a, b) => b.pressurePa - a.pressurePa)[0]!;
  const segments = synthesize(world, station, loud.time - 200, loud.time + 200);
  const { arrivals } = processStation({ station, segments, keyPrefix: "" });
  const heard = arrivals.find(({ time }) => Math.abs(time - loud.time) < 30)!;
  assert.ok(heard, `${loud.pressurePa} Pa not heard`);
  assert.equal(heard.phase, "T");
  assert.ok(Math.abs(azimuthDifference(heard.azimuthDeg!, loud.azimuthDeg)) < 2);
});

test("clutter comes again and again from one direction", () => {
  const sounds = trueSounds(world, stationOf("I30JP"), startTime, startTime + 7200).filter(
    ({ phase }) => phase === "N",
  );
  assert.ok(sounds.length >= 9 && sounds.length <= 12, String(sounds.length));
  assert.ok(sounds.every(({ azimuthDeg }) => Math.abs(azimuthDifference(azimuthDeg, sounds[0]!.azimuthDeg)) < 6));
});
