import assert from "node:assert/strict";
import { test } from "node:test";
import { EARTH_RADIUS_KM } from "@harken/core";
import fc from "fast-check";
import { cellAreaKm2, cellCentre, cellIndex, globalGrid, isGlobalInLongitude } from "./latLonGrid.ts";

test("the areas of a global grid add up to the sphere", () => {
  const grid = globalGrid(0.5);
  let sum = 0;
  for (let row = 0; row < grid.rows; row++) sum += cellAreaKm2(grid, row) * grid.columns;
  assert.ok(Math.abs(sum / (4 * Math.PI * EARTH_RADIUS_KM ** 2) - 1) < 1e-12);
});

test("every place lies in one cell, within half a step of its centre", () => {
  const grid = globalGrid(1);
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -360, max: 720, noNaN: true }),
      (latitude, longitude) => {
        const index = cellIndex(grid, latitude, longitude);
        assert.ok(index >= 0 && index < grid.rows * grid.columns);
        const centre = cellCentre(grid, index);
        assert.ok(Math.abs(centre.latitudeDeg - latitude) <= 0.5 + 1e-9);
        const east = Math.abs(((((centre.longitudeDeg - longitude + 180) % 360) + 360) % 360) - 180);
        assert.ok(east <= 0.5 + 1e-9, `${longitude} ${centre.longitudeDeg}`);
      },
    ),
  );
});

test("a regional grid knows what is outside", () => {
  const grid = { southDeg: 30, westDeg: 170, stepLatDeg: 1, stepLonDeg: 1, rows: 10, columns: 20 };
  assert.equal(isGlobalInLongitude(grid), false);
  assert.equal(isGlobalInLongitude(globalGrid(2)), true);
  assert.equal(cellIndex(grid, 29.9, 175), -1);
  assert.equal(cellIndex(grid, 35, 169), -1);
  assert.equal(cellIndex(grid, 30.5, -175.5), 14);
  assert.equal(cellIndex(grid, 40, 170.5), 180);
});
