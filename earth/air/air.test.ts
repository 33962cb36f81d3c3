import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { airColumn, bounce, celerities } from "./celerity.ts";
import { infrasoundPath, seasonalWindEast } from "./infrasoundPath.ts";
import { airSpeedKmPerSec, standardTemperatureK } from "./standardAtmosphere.ts";

test("U.S. Standard Atmosphere 1976: temperatures and speeds of sound as printed", () => {
  // Geometric altitude, temperature, speed of sound (table 1 and 3 of the document).
  for (const [z, kelvin, metres] of [
    [0, 288.15, 340.29],
    [5, 255.676, 320.55],
    [11, 216.774, 295.15],
    [20, 216.65, 295.07],
    [30, 226.509, 301.71],
    [50, 270.65, 329.8],
    [70, 219.585, 297.06],
    [80, 198.639, 282.54],
  ] as const) {
    assert.ok(Math.abs(standardTemperatureK(z) - kelvin) < 0.01, `${z}: ${standardTemperatureK(z)}`);
    assert.ok(Math.abs(1000 * airSpeedKmPerSec(standardTemperatureK(z)) - metres) < 0.02, String(z));
  }
  for (const [z, kelvin] of [
    [90, 186.87],
    [100, 195.08],
    [110, 240],
    [120, 360],
    [140, 559.63],
  ] as const)
    assert.ok(Math.abs(standardTemperatureK(z) - kelvin) < 0.02, `${z}: ${standardTemperatureK(z)}`);
});

test("in air whose speed grows with height rays are arcs of circles: range and time in closed form", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.0005, max: 0.01, noNaN: true }),
      fc.double({ min: 1.001, max: 1.2, noNaN: true }),
      (g, ratio) => {
        const ground = 0.34;
        const altitudesKm = Array.from({ length: 400 }, (_, i) => i * 0.5);
        const column = { altitudesKm, speedsKmPerSec: altitudesKm.map((z) => ground + g * z) };
        const turning = ground * ratio;
        fc.pre((turning - ground) / g < 199);
        const ray = bounce(column, turning)!;
        const rise = Math.sqrt(1 - 1 / ratio ** 2);
        assert.ok(Math.abs(ray.rangeKm / ((2 * turning * rise) / g) - 1) < 1e-9);
        assert.ok(Math.abs(ray.timeSec / ((2 / g) * Math.log(ratio * (1 + rise))) - 1) < 1e-9);
        assert.ok(Math.abs(ray.turningKm - (turning - ground) / g) < 1e-9);
      },
    ),
  );
});

test("still air carries thermospheric sound only; a wind of 50 m/s in the stratosphere opens its duct downwind and not upwind", () => {
  const phases = (peak: number) =>
    celerities(airColumn((z) => peak * Math.exp(-(((z - 55) / 14) ** 2)))).map(({ phase }) => phase);
  assert.deepEqual(phases(0), ["It"]);
  assert.deepEqual(phases(50), ["Is", "It"]);
  assert.deepEqual(phases(-50), ["It"]);
});

test("celerities as observed: Iw 0.32 to 0.345, Is 0.28 to 0.315, It 0.21 to 0.275 km/s (Ceranna et al. 2009; Nippress et al. 2014)", () => {
  const column = airColumn((z) => 50 * Math.exp(-(((z - 55) / 14) ** 2)) + 50 * Math.exp(-(((z - 10) / 4) ** 2)));
  const found = new Map(celerities(column).map((phase) => [phase.phase, phase]));
  for (const [phase, low, high, least, most] of [
    ["Iw", 0.32, 0.345, 3, 18],
    ["Is", 0.28, 0.315, 30, 72],
    ["It", 0.21, 0.275, 90, 140],
  ] as const) {
    const { celerityKmPerSec, minTurningKm, maxTurningKm } = found.get(phase)!;
    assert.ok(celerityKmPerSec > low && celerityKmPerSec < high, `${phase} ${celerityKmPerSec}`);
    assert.ok(minTurningKm > least && maxTurningKm <= most, `${phase} ${minTurningKm} ${maxTurningKm}`);
  }
  // The first bounce of the stratosphere comes down beyond the zone of silence.
  assert.ok(found.get("Is")!.firstBounceKm > 120 && found.get("Is")!.firstBounceKm < 300);
});

test("the season's stratosphere blows to the east in winter and to the west in summer, in both hemispheres", () => {
  for (const latitude of [50, -50]) {
    const winter = latitude > 0 ? 0.02 : 0.52;
    assert.ok(seasonalWindEast(latitude, 55, winter) > 40);
    assert.ok(seasonalWindEast(latitude, 55, winter + 0.5) < -30);
  }
});

test("paths: downwind through the stratosphere and faster than upwind; near sources straight; a wind across turns the azimuth", () => {
  const europe = { latitudeDeg: 48, longitudeDeg: 0 };
  const asia = { latitudeDeg: 48, longitudeDeg: 15 };
  const eastward = infrasoundPath(europe, asia, { yearFraction: 0.02 });
  const westward = infrasoundPath(asia, europe, { yearFraction: 0.02 });
  assert.deepEqual([eastward.phase, westward.phase], ["Is", "It"]);
  assert.ok(eastward.timeSec < westward.timeSec && eastward.timeErrorSec > 0.03 * eastward.timeSec);
  assert.equal(infrasoundPath(europe, { latitudeDeg: 48.2, longitudeDeg: 0 }, { yearFraction: 0.5 }).phase, "Iw");
  // Sound to the north in a wind to the east: it must head to the west of north and so seems to come from the east of south.
  const north = infrasoundPath(
    europe,
    { latitudeDeg: 56, longitudeDeg: 0 },
    { yearFraction: 0, wind: () => ({ east: 30, north: 0 }) },
  );
  assert.ok(north.windTurnDeg < -4 && north.windTurnDeg > -8, String(north.windTurnDeg));
  assert.ok(Math.abs(north.backAzimuthDeg - 180) < 1e-6);
});
