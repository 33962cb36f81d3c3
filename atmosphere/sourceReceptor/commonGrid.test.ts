import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { SourceReceptorField } from "@harken/core";
import { decodeSourceReceptorField } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { cellCentre, cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { cellSeries } from "./cellSeries.ts";
import { commonGrid } from "./commonGrid.ts";
import { fieldOfRegard } from "./fieldOfRegard.ts";

const field = (step: number, cells: readonly (readonly [lat: number, lon: number])[]): SourceReceptorField => ({
  station: "X",
  latitudeDeg: 0,
  longitudeDeg: 0,
  sampleStart: 0,
  sampleStop: 86_400,
  releaseBq: 1,
  durationHours: 24,
  outputHours: 3,
  averageHours: 3,
  stepLatDeg: step,
  stepLonDeg: step,
  firstStep: 0,
  cellLatitudeDeg: Float32Array.from(cells, ([lat]) => lat),
  cellLongitudeDeg: Float32Array.from(cells, ([, lon]) => lon),
  step: new Int32Array(cells.length),
  values: new Float64Array(cells.length).fill(1),
  spread: null,
});

test("middles of cells give the usual grid, points of a grid one whose cells lie around them", () => {
  assert.deepEqual(commonGrid([field(1, [[36.5, 139.5]])]), globalGrid(1));
  assert.deepEqual(commonGrid([field(1, [])]), globalGrid(1));
  const points = commonGrid([
    field(0.25, [
      [48, -91],
      [-90, 0],
      [90, 179.75],
    ]),
  ]);
  assert.deepEqual([points.rows, points.columns, points.southDeg], [721, 1440, -90.125]);
  for (const [lat, lon] of [
    [48, -91],
    [-90, 0],
    [90, 179.75],
    [12.25, -180],
  ] as const)
    assert.deepEqual(cellCentre(points, cellIndex(points, lat, lon)), { latitudeDeg: lat, longitudeDeg: lon });
});

test("another size of cells, and cells in between, are told with the sample's name", () => {
  const one = field(1, [[0.5, 0.5]]);
  assert.throws(
    () => commonGrid([one, field(0.5, [])]),
    /field of X to 1970-01-02T00:00:00Z has cells of 0.5 x 0.5 deg/,
  );
  assert.throws(() => commonGrid([one, field(1, [[0.75, 0.5]])]), /lie between those of X/);
  assert.throws(() => commonGrid([]), RangeError);
});

referenceTest(
  "the Canadian centre's files: every cell is its own, and the field of regard has the file's sum",
  ["atmosphere/frear_srs/repo_present_files/test_case/data"],
  (_t, [folder]) => {
    const [srs] = decodeSourceReceptorField(
      gunzipSync(readFileSync(join(folder!, "THBAY.2019080515.CWAO.txt.gz"))),
    ).items;
    const grid = commonGrid([srs!]);
    assert.deepEqual([grid.stepLatDeg, grid.rows], [0.25, 721]);
    const regard = fieldOfRegard(cellSeries([srs!], grid), 0);
    const total = regard.reduce((sum, x) => sum + x, 0) * srs!.releaseBq;
    assert.ok(Math.abs(total / 3.846473e4 - 1) < 1e-6, `${total}`);
    const places = new Set(Array.from(srs!.values, (_, i) => `${srs!.cellLatitudeDeg[i]} ${srs!.cellLongitudeDeg[i]}`));
    assert.equal(regard.filter((x) => x > 0).length, places.size);
  },
);
