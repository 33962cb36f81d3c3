import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RADIANS_PER_DEGREE, randomStream, type WeatherField } from "@harken/core";
import { decodeGrib } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { toEqualSteps } from "./equalSteps.ts";
import { fourierSum } from "./fourier.ts";
import { lambertPlaces } from "./lambert.ts";
import { legendreFunctions } from "./legendre.ts";
import { synthesise } from "./spectral.ts";

const SAMPLES = "atmosphere/met_samples";

/** Mean over the sphere of values on rows from pole to pole, by the cosine of latitude (trapezoids). */
function sphereMean(values: ArrayLike<number>, latitudesDeg: ArrayLike<number>, columns: number): number {
  let [sum, weight] = [0, 0];
  for (let r = 0; r < latitudesDeg.length; r++) {
    const w = Math.cos(latitudesDeg[r]! * RADIANS_PER_DEGREE);
    for (let c = 0; c < columns; c++) sum += w * values[r * columns + c]!;
    weight += w * columns;
  }
  return sum / weight;
}

test("single harmonics are their closed forms", () => {
  const latitudes = [90, 61.5, 10, -33, -90];
  const columns = 30;
  // Index of the pair, the function of latitude, and the order.
  const cases: readonly (readonly [number, (mu: number) => number, number])[] = [
    [0, () => 1, 0],
    [1, (mu) => Math.sqrt(3) * mu, 0],
    [2, (mu) => (Math.sqrt(5) / 2) * (3 * mu * mu - 1), 0],
    [4, (mu) => Math.sqrt(3 / 2) * Math.sqrt(1 - mu * mu), 1],
    [5, (mu) => Math.sqrt(15 / 2) * mu * Math.sqrt(1 - mu * mu), 1],
    [7, (mu) => Math.sqrt(15 / 8) * (1 - mu * mu), 2],
  ];
  for (const [pair, legendre, m] of cases) {
    const coefficients = new Float64Array(20);
    const [re, im] = m === 0 ? [2.5, 0] : [2.5, -1.25];
    coefficients.set([re, im], 2 * pair);
    const values = synthesise(coefficients, 3, latitudes, columns);
    for (const [r, lat] of latitudes.entries())
      for (let c = 0; c < columns; c++) {
        const angle = (m * c * 2 * Math.PI) / columns;
        const wave = m === 0 ? re : 2 * (re * Math.cos(angle) - im * Math.sin(angle));
        const expected = legendre(Math.sin(lat * RADIANS_PER_DEGREE)) * wave;
        assert.ok(Math.abs(values[r * columns + c]! - expected) < 1e-12, `pair ${pair}, ${lat} deg, column ${c}`);
      }
  }
  assert.throws(() => synthesise(new Float64Array(19), 3, latitudes, columns), RangeError);
});

test("Legendre functions up to degree 255 obey the addition theorem", () => {
  const truncation = 255;
  const out = new Float64Array(((truncation + 1) * (truncation + 2)) / 2);
  // Sum over orders of (2 - delta) P^2 is 2 n + 1 at every latitude.
  for (const mu of [0, 0.3, 0.99, 1]) {
    legendreFunctions(truncation, mu, out);
    const sums = new Float64Array(truncation + 1);
    for (let m = 0, at = 0; m <= truncation; m++)
      for (let n = m; n <= truncation; n++, at++) sums[n]! += (m === 0 ? 1 : 2) * out[at]! ** 2;
    sums.forEach((sum, n) => {
      assert.ok(Math.abs(sum / (2 * n + 1) - 1) < 1e-10, `degree ${n} at ${mu}: ${sum}`);
    });
  }
});

test("a Fourier sum is the sum written out, for even, odd and prime numbers of points", () => {
  const random = randomStream(5, "fourier");
  for (const size of [1, 2, 12, 45, 97, 360]) {
    const [re, im] = [Float64Array.from({ length: size }, () => random.normal()), new Float64Array(size)];
    im.forEach((_, i) => {
      im[i] = random.normal();
    });
    const sum = fourierSum(re, im);
    for (let n = 0; n < size; n++) {
      let [a, b] = [0, 0];
      for (let k = 0; k < size; k++) {
        const angle = (2 * Math.PI * k * n) / size;
        a += re[k]! * Math.cos(angle) - im[k]! * Math.sin(angle);
        b += re[k]! * Math.sin(angle) + im[k]! * Math.cos(angle);
      }
      assert.ok(Math.abs(sum.re[n]! - a) < 1e-9 && Math.abs(sum.im[n]! - b) < 1e-9, `${size} points, ${n}`);
    }
  }
});

referenceTest(
  "geopotential at 500 hPa from T63: its mean is ecCodes' average, its range the weather's",
  [SAMPLES],
  (_t, [folder]) => {
    const [field] = decodeGrib(readFileSync(join(folder!, "cfgrib_spherical_harmonics.grib"))).items;
    const { values, grid } = toEqualSteps(field!, 1);
    assert.ok(grid.kind === "regular");
    assert.ok(Math.abs(sphereMean(values, grid.latitudesDeg, grid.columns) / 55_628 - 1) < 1e-4);
    const sorted = Float64Array.from(values).sort();
    const [low, high] = [sorted[0]!, sorted.at(-1)!];
    // 480 to 600 decametres.
    assert.ok(low > 46_000 && low < 50_000 && high > 57_000 && high < 59_500, `${low} ${high}`);
    // At a pole all columns are one point.
    for (let c = 1; c < 360; c++) assert.ok(Math.abs(values[c]! - values[0]!) < 1e-6);
  },
);

test("a linear field stays itself from Gaussian and reduced rows to equal steps", () => {
  const latitudesDeg = Float64Array.from([80, 41, 3, -20, -77]);
  const pointsPerRow = Int32Array.from([8, 16, 24, 20, 12]);
  const linear = (lat: number, lon: number) => 3 * lat + 20 * Math.cos(lon * RADIANS_PER_DEGREE);
  const values = Float64Array.from(
    [...latitudesDeg].flatMap((lat, r) =>
      Array.from({ length: pointsPerRow[r]! }, (_, i) => linear(lat, (360 * i) / pointsPerRow[r]!)),
    ),
  );
  const field: WeatherField = {
    parameter: { shortName: "t", name: "", units: "K", code: "" },
    level: { kind: "isobaric", value: 500, secondValue: null },
    centre: 98,
    referenceTime: 0,
    validTime: 0,
    intervalStart: null,
    member: null,
    grid: { kind: "reduced", latitudesDeg, pointsPerRow, firstLonDeg: 0, lastLonDeg: null, gaussian: 3 },
    alongGrid: false,
    hybrid: null,
    values,
  };
  const { values: found } = toEqualSteps(field, 10);
  for (let r = 0; r < 19; r++) {
    const lat = Math.max(-77, Math.min(80, 90 - 10 * r));
    // Longitude 0 and 180 are points of every row.
    for (const c of [0, 18]) assert.ok(Math.abs(found[r * 36 + c]! - linear(lat, 10 * c)) < 1e-9, `row ${r}`);
    for (let c = 0; c < 36; c++)
      assert.ok(Math.abs(found[r * 36 + c]! - linear(lat, 10 * c)) < 20 * (1 - Math.cos(Math.PI / 8)));
  }
});

referenceTest(
  "points of a Lambert grid stand where ecCodes puts them, to its three decimals",
  [SAMPLES],
  (_t, [folder]) => {
    const { grid } = decodeGrib(readFileSync(join(folder!, "cfgrib_lambert_grid.grib"))).items[0]!;
    assert.ok(grid.kind === "lambert");
    const { latitudeDeg, longitudeDeg } = lambertPlaces(grid);
    // grib_get_data of ecCodes 2.28.
    for (const [index, lat, lon] of [
      [0, 48.379, -5.002],
      [474, 48.378, 11.012],
      [99_998, 53.395, 3.42],
      [225_150, 58.939, 352.677 - 360],
      [225_624, 58.938, 13.336],
    ] as const) {
      assert.ok(Math.abs(latitudeDeg[index]! - lat) < 6e-4, `${latitudeDeg[index]}`);
      assert.ok(Math.abs(longitudeDeg[index]! - lon) < 6e-4, `${longitudeDeg[index]}`);
    }
  },
);
