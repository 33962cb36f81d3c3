import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, RADIANS_PER_DEGREE } from "@harken/core";
import fc from "fast-check";
import { geometryOf, globalGrid, gridAround, gridNear, placeOf, positionOf } from "./grid.ts";
import { testStation } from "./testNetwork.ts";

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const angleDeg = (a: readonly number[], b: readonly number[]) =>
  Math.acos(Math.min(1, a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!)) / RADIANS_PER_DEGREE;

test("no place on the Earth is further from the grid than its radius, and its points are as many as the area asks for", () => {
  const spacing = 3;
  const { vectors, count, radiusDeg } = globalGrid(spacing);
  assert.ok(Math.abs(count * spacing ** 2 - 41_253) < 0.02 * 41_253);
  fc.assert(
    fc.property(latitude, longitude, (lat, lon) => {
      const place = placeOf(lat, lon);
      let nearest = 180;
      for (let i = 0; i < count; i++)
        nearest = Math.min(nearest, angleDeg(place, [...vectors.subarray(3 * i, 3 * i + 3)]));
      assert.ok(nearest <= radiusDeg, `${nearest} deg from (${lat}, ${lon})`);
    }),
    { numRuns: 200 },
  );
});

test("the grid near stations holds exactly the points of the global one that have enough of them at hand", () => {
  const spacing = 2.5;
  const all = globalGrid(spacing);
  const withinDeg = 8;
  const least = 2;
  fc.assert(
    fc.property(fc.array(fc.tuple(latitude, longitude), { minLength: 1, maxLength: 8 }), (where) => {
      // One more beside the first, so that there is something to find.
      const places = [...where, [Math.max(-90, where[0]![0] - 3), where[0]![1]] as const];
      const stations = places.map(([lat, lon], i) => testStation(`S${i}`, lat, lon, "3c"));
      const { deltaDeg } = geometryOf(all, stations);
      const expected: number[] = [];
      for (let i = 0; i < all.count; i++) {
        const near = deltaDeg.subarray(i * stations.length, (i + 1) * stations.length).filter((d) => d <= withinDeg);
        if (near.length >= least) expected.push(...all.vectors.subarray(3 * i, 3 * i + 3));
      }
      const { count, vectors } = gridNear(stations, spacing, withinDeg, least);
      assert.equal(3 * count, expected.length);
      assert.deepEqual([...vectors], expected);
    }),
    { numRuns: 40 },
  );
});

test("a place comes back as the latitude and longitude it was made from", () => {
  fc.assert(
    fc.property(latitude, longitude, (lat, lon) => {
      const back = positionOf({ count: 1, vectors: Float64Array.from(placeOf(lat, lon)) }, 0);
      assert.ok(Math.abs(back.latitudeDeg - lat) < 1e-9);
      if (Math.abs(lat) < 89.9) assert.ok(Math.abs(back.longitudeDeg - lon) % 360 < 1e-9);
    }),
  );
});

test("distances and azimuths are those of core's geodesy", () => {
  fc.assert(
    fc.property(latitude, longitude, latitude, longitude, (lat, lon, stationLat, stationLon) => {
      const { deltaDeg, backAzimuthDeg } = distanceAzimuth(lat, lon, stationLat, stationLon);
      fc.pre(deltaDeg > 0.01 && deltaDeg < 179.9 && Math.abs(lat) < 89.9 && Math.abs(stationLat) < 89.9);
      const places = { count: 1, vectors: Float64Array.from(placeOf(lat, lon)) };
      const geometry = geometryOf(places, [testStation("S", stationLat, stationLon, "3c")]);
      assert.ok(Math.abs(geometry.deltaDeg[0]! - deltaDeg) < 1e-4);
      const turn = Math.abs(geometry.azimuthDeg[0]! - backAzimuthDeg);
      assert.ok(Math.min(turn, 360 - turn) < 0.05);
    }),
  );
});

test("points around a place stand at their spacing, with the place in the middle", () => {
  fc.assert(
    fc.property(latitude, longitude, (lat, lon) => {
      const place = placeOf(lat, lon);
      const { count, vectors } = gridAround(place, 2, 0.5);
      assert.equal(count, 25);
      const at = (i: number) => [...vectors.subarray(3 * i, 3 * i + 3)];
      assert.ok(angleDeg(at(12), place) < 1e-5);
      for (const next of [7, 11, 13, 17]) assert.ok(Math.abs(angleDeg(at(next), place) - 0.5) < 1e-3);
    }),
  );
});
