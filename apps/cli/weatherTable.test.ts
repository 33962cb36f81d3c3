import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { WeatherField } from "@harken/core";
import { decodeGrib } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { weatherRow, weatherTable } from "./weatherTable.ts";

const field: WeatherField = {
  parameter: { shortName: "swvl2", name: "Soil water", units: "m**3 m**-3", code: "128.40" },
  level: { kind: "depthBelowLand", value: 0.07, secondValue: 0.28 },
  centre: 98,
  referenceTime: 0,
  validTime: 10_800,
  intervalStart: null,
  member: 4,
  grid: {
    kind: "regular",
    latitudesDeg: Float64Array.from([10, 0]),
    firstLonDeg: 0,
    stepLonDeg: 1,
    columns: 2,
    gaussian: null,
  },
  alongGrid: false,
  hybrid: null,
  values: Float32Array.from([0.25, Number.NaN, 0.75, 0]),
};

test("a field in one line: layer, time, step, member, points without a value, extremes", () => {
  const [, line] = weatherTable([weatherRow(field)]).split("\n");
  assert.equal(
    line!.replace(/ {2,}/g, " | "),
    "swvl2 | depthBelowLand 0.07 to 0.28 m | 1970-01-01T03:00:00Z | 3 | 4 | 2 x 2 | 1 | 0 | 0.75 | 0.333333 | m**3 m**-3",
  );
});

referenceTest(
  "a real file of spherical harmonics: ecCodes' mean, no extremes",
  ["atmosphere/met_samples/cfgrib_spherical_harmonics.grib"],
  (_t, [path]) => {
    const row = weatherRow(decodeGrib(readFileSync(path!)).items[0]!);
    assert.deepEqual([row.parameter, row.level, row.grid, row.minimum], ["z", "isobaric 500 hPa", "T63", null]);
    assert.equal(Math.round(row.mean!), 55_628);
  },
);
