import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesicKm } from "@harken/core";
import fc from "fast-check";
import { hydroacousticPath } from "./hydroacousticPath.ts";
import { seaTemperatureC, soundChannel } from "./soundChannel.ts";
import { canonicalSpeedKmPerSec, soundSpeedMetresPerSec } from "./soundSpeed.ts";

test("the speed of sound in sea water: the check value of Mackenzie's paper, 1550.744 m/s, and fresh cold water at the surface", () => {
  assert.ok(Math.abs(soundSpeedMetresPerSec(25, 35, 1000) - 1550.744) < 5e-4);
  assert.ok(Math.abs(soundSpeedMetresPerSec(0, 35, 0) - 1448.96) < 1e-9);
});

test("Munk's canonical profile: 1.500 km/s on the axis at 1.3 km, 1.5485 at the surface, 1.5519 at 5 km", () => {
  assert.ok(Math.abs(canonicalSpeedKmPerSec(1.3) - 1.5) < 1e-12);
  assert.ok(Math.abs(canonicalSpeedKmPerSec(0) - 1.5485) < 1e-4);
  // 1.5 * (1 + 0.00737 * (5.692 + 0.0034 - 1)).
  assert.ok(Math.abs(canonicalSpeedKmPerSec(5) - 1.5519) < 1e-4);
  for (const z of [0.2, 1, 1.6, 4]) assert.ok(canonicalSpeedKmPerSec(z) > 1.5);
});

test("the sound channel: a kilometre deep at 1.475 to 1.495 km/s in warm seas, at the surface and near 1.45 km/s in polar ones (Urick 1983, 6.2)", () => {
  for (const latitude of [-35, -20, 0, 20, 35]) {
    const { axisKm, axisKmPerSec } = soundChannel(latitude, 0.3);
    assert.ok(axisKm > 0.7 && axisKm < 1.5, `${latitude}: ${axisKm}`);
    assert.ok(axisKmPerSec > 1.475 && axisKmPerSec < 1.495, `${latitude}: ${axisKmPerSec}`);
  }
  for (const latitude of [-68, 75]) {
    const { axisKm, axisKmPerSec } = soundChannel(latitude, 0.15);
    assert.ok(axisKm < 0.3 && axisKmPerSec > 1.436 && axisKmPerSec < 1.46, `${latitude}: ${axisKm} ${axisKmPerSec}`);
  }
});

test("seasons warm the surface, in August the north and in February the south, and hardly reach the channel", () => {
  assert.ok(seaTemperatureC(40, 0, 0.65) - seaTemperatureC(40, 0, 0.15) > 8);
  assert.ok(seaTemperatureC(-40, 0, 0.15) - seaTemperatureC(-40, 0, 0.65) > 3);
  assert.ok(Math.abs(soundChannel(30, 0.65).axisKmPerSec - soundChannel(30, 0.15).axisKmPerSec) < 1e-4);
});

test("Perth to Bermuda, 1960: 19 820 km in 3 h 43 min, 1.482 km/s (Shockley et al. 1982), within 0.5 %", () => {
  const path = hydroacousticPath(
    { latitudeDeg: -33.6, longitudeDeg: 113.5 },
    { latitudeDeg: 32.17, longitudeDeg: -64.58 },
    { yearFraction: 0.22 },
  );
  assert.ok(Math.abs(path.distanceKm - 19_820) < 60, String(path.distanceKm));
  assert.ok(Math.abs(path.meanSpeedKmPerSec / 1.482 - 1) < 0.005, String(path.meanSpeedKmPerSec));
  assert.ok(path.timeErrorSec < 40);
});

test("a way and its reverse take the same time; time is additive along it", () => {
  const latitude = fc.double({ min: -55, max: 55, noNaN: true });
  const longitude = fc.double({ min: -170, max: 170, noNaN: true });
  fc.assert(
    fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
      const [p, q] = [
        { latitudeDeg: a, longitudeDeg: b },
        { latitudeDeg: c, longitudeDeg: d },
      ];
      fc.pre(geodesicKm(a, b, c, d) < 15_000);
      const [there, back] = [
        hydroacousticPath(p, q, { yearFraction: 0.4 }),
        hydroacousticPath(q, p, { yearFraction: 0.4 }),
      ];
      assert.ok(Math.abs(there.timeSec - back.timeSec) < 1e-3 * (1 + there.timeSec));
      assert.ok(there.meanSpeedKmPerSec > 1.43 && there.meanSpeedKmPerSec < 1.5);
    }),
    { numRuns: 15 },
  );
});

test("the way is the geodesic: its last step ends at the station, half round the Earth too", () => {
  const latitude = fc.double({ min: -60, max: 60, noNaN: true });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  fc.assert(
    fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
      const whole = geodesicKm(a, b, c, d);
      fc.pre(whole > 100 && whole < 19_900);
      const way: (readonly [number, number])[] = [];
      const depthKm = (...place: [number, number]) => {
        way.push(place);
        return null;
      };
      const [from, to] = [
        { latitudeDeg: a, longitudeDeg: b },
        { latitudeDeg: c, longitudeDeg: d },
      ];
      hydroacousticPath(from, to, { yearFraction: 0, depthKm });
      const [lastLatitude, lastLongitude] = way.at(-1)!;
      assert.ok(Math.abs(geodesicKm(lastLatitude, lastLongitude, c, d) - whole / way.length / 2) < 1e-3);
    }),
    { numRuns: 40 },
  );
});

test("a bank in the way blocks it and is told with its distance; shallow ends and unknown depths do not", () => {
  const from = { latitudeDeg: 0, longitudeDeg: 0 };
  const to = { latitudeDeg: 0, longitudeDeg: 20 };
  const bank = (low: number, high: number) => (_: number, longitude: number) =>
    longitude > low && longitude < high ? 0.05 : 4;
  const blocked = hydroacousticPath(from, to, { yearFraction: 0, depthKm: bank(10, 11) });
  assert.ok(Math.abs(blocked.blockedKm - 111) < 25 && Math.abs(blocked.firstObstacleKm! - 1113) < 25);
  for (const depthKm of [bank(19.8, 30), bank(-1, 0.2), () => null]) {
    const free = hydroacousticPath(from, to, { yearFraction: 0, depthKm });
    assert.deepEqual([free.blockedKm, free.firstObstacleKm], [0, null]);
  }
});
