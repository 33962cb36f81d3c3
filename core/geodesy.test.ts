import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  azimuthDifference,
  azimuthGapDeg,
  distanceAzimuth,
  geocentricLatitude,
  geodesicKm,
  geodesicPosition,
  geographicLatitude,
  localOffsetKm,
  positionAt,
  wrapAzimuth,
} from "./geodesy.ts";

const latitude = fc.double({ min: -89, max: 89, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });

test("a quarter of the equator is 90 deg; azimuths point along it", () => {
  const d = distanceAzimuth(0, 0, 0, 90);
  assert.ok(Math.abs(d.deltaDeg - 90) < 1e-12);
  assert.ok(Math.abs(d.azimuthDeg - 90) < 1e-9 && Math.abs(d.backAzimuthDeg - 270) < 1e-9);
});

test("delta uses geocentric latitudes: the spherical law of cosines by hand", () => {
  // From 41.2952 N 129.0778 E (the test site of 2009) to KSRS.
  const p1 = Math.atan(0.99330562 * Math.tan((41.2952 * Math.PI) / 180));
  const p2 = Math.atan(0.99330562 * Math.tan((37.4421 * Math.PI) / 180));
  const dl = ((127.8844 - 129.0778) * Math.PI) / 180;
  const expected =
    (Math.acos(Math.sin(p1) * Math.sin(p2) + Math.cos(p1) * Math.cos(p2) * Math.cos(dl)) * 180) / Math.PI;
  assert.ok(Math.abs(distanceAzimuth(41.2952, 129.0778, 37.4421, 127.8844).deltaDeg - expected) < 1e-9);
});

test("positionAt and distanceAzimuth are inverse", () => {
  fc.assert(
    fc.property(
      latitude,
      longitude,
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.01, max: 179, noNaN: true }),
      (lat, lon, az, delta) => {
        const there = positionAt(lat, lon, az, delta);
        const back = distanceAzimuth(lat, lon, there.latitudeDeg, there.longitudeDeg);
        assert.ok(Math.abs(back.deltaDeg - delta) < 1e-7);
        assert.ok(Math.abs(azimuthDifference(back.azimuthDeg, az)) < 1e-4 / Math.sin((delta * Math.PI) / 180));
      },
    ),
  );
});

test("geocentric and geographic latitudes are inverse, equal at poles and equator, 0.1924 deg apart at 45", () => {
  fc.assert(fc.property(latitude, (lat) => Math.abs(geographicLatitude(geocentricLatitude(lat)) - lat) < 1e-10));
  assert.deepEqual([-90, 0, 90].map(geocentricLatitude), [-90, 0, 90]);
  // 0.19242 deg at 45 N: Snyder 1987, Map Projections, p. 18.
  assert.ok(Math.abs(45 - geocentricLatitude(45) - 0.19242) < 2e-4);
});

test("geodesic of WGS84: Wellington to Salamanca is 19959.679 km (the example of GeographicLib's documentation)", () => {
  assert.ok(Math.abs(geodesicKm(-41.32, 174.81, 40.96, -5.5) - 19959.679267) < 1e-5);
});

test("local offsets lead back to the place", () => {
  fc.assert(
    fc.property(
      latitude,
      longitude,
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.01, max: 30, noNaN: true }),
      (lat, lon, az, km) => {
        const there = geodesicPosition(lat, lon, az, km);
        const offset = localOffsetKm(lat, lon, there.latitudeDeg, there.longitudeDeg);
        assert.ok(Math.abs(Math.hypot(offset.northKm, offset.eastKm) - km) < 1e-6);
        assert.ok(
          Math.abs(azimuthDifference(wrapAzimuth((Math.atan2(offset.eastKm, offset.northKm) * 180) / Math.PI), az)) <
            1e-4,
        );
      },
    ),
  );
});

test("the largest gap by hand, across north too", () => {
  assert.equal(azimuthGapDeg([]), 360);
  assert.equal(azimuthGapDeg([77]), 360);
  assert.equal(azimuthGapDeg([10, 100]), 270);
  assert.equal(azimuthGapDeg([350, 10, 170, 190]), 160);
  assert.equal(azimuthGapDeg([120, 0, 240]), 120);
});
