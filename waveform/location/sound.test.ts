/** Events of sound alone, located by the ways that the earth's models give it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, KM_PER_DEGREE, randomStream } from "@harken/core";
import { createEarthModel, soundEarthModel } from "@harken/earth";
import { locate } from "./locate.ts";
import type { Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { testStation } from "./testReadings.ts";

const earth = soundEarthModel(createEarthModel("ak135"), { yearFraction: 0.9 });
const truth = { time: 1e9, latitudeDeg: 47, longitudeDeg: 66, depthKm: 0 };

function reading(phase: string, latitudeDeg: number, longitudeDeg: number, noise: number, seed: number): Reading {
  const random = randomStream(seed, "reading");
  const station = testStation(`S${seed}`, latitudeDeg, longitudeDeg);
  const path = earth.predictPath!(phase, truth, station, 0)!;
  const { backAzimuthDeg } = distanceAzimuth(truth.latitudeDeg, truth.longitudeDeg, latitudeDeg, longitudeDeg);
  return {
    ...{ arrivalKey: `a${seed}`, station, phase },
    time: truth.time + path.timeSec + noise * path.errorSec * random.normal(),
    timeErrorSec: 5,
    ...{ timeDefining: true, azimuthDefining: true, slownessDefining: false },
    azimuthDeg: backAzimuthDeg + noise * 2 * random.normal(),
    azimuthErrorDeg: 2,
    ...{ slownessSecPerDeg: path.slownessSecPerDeg, slownessErrorSecPerDeg: 10 },
  };
}

const located = (readings: readonly Reading[]) => {
  const settings: LocationSettings = { ...defaultLocationSettings, depth: { type: "surface", fixedKm: 0 } };
  const result = locate(readings, null, earth, settings);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  const { deltaDeg } = distanceAzimuth(
    result.origin.latitudeDeg,
    result.origin.longitudeDeg,
    truth.latitudeDeg,
    truth.longitudeDeg,
  );
  return { origin: result.origin, missKm: deltaDeg * KM_PER_DEGREE };
};

test("an explosion in the air, heard by four arrays: exact readings bring it home, noisy ones within what the ellipse allows", () => {
  const places = [
    [53.9, 84.8],
    [50.4, 58],
    [37.9, 58.1],
    [56.4, 61.3],
  ] as const;
  const exact = located(places.map(([lat, lon], i) => reading("I", lat, lon, 0, i)));
  assert.ok(exact.missKm < 5, String(exact.missKm));
  const noisy = located(places.map(([lat, lon], i) => reading("I", lat, lon, 1, 10 + i)));
  assert.ok(noisy.missKm < 2 * noisy.origin.error!.semiMajorKm, `${noisy.missKm} ${noisy.origin.error!.semiMajorKm}`);
});
