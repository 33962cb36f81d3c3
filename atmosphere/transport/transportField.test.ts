import assert from "node:assert/strict";
import { test } from "node:test";
import { RADIANS_PER_DEGREE } from "@harken/core";
import type { WindField } from "../wind/windField.ts";
import { Air } from "./air.ts";
import { closedAround } from "./assembleWeather.ts";
import { layerHeights } from "./heights.ts";
import { transportField } from "./transportField.ts";

const TEMPERATURE = 260;
const SCALE_HEIGHT = (287.05 * TEMPERATURE) / 9.80665;

/** Isothermal air over ground of any pressure, on a global grid of 5 deg, with wind as asked for. */
function isothermal(
  surfaceHPa: (lat: number, lon: number) => number,
  wind: (lat: number, lon: number, pressureHPa: number) => readonly [east: number, north: number, omegaHPaPerS: number],
): WindField {
  const [rows, columns] = [37, 72];
  const pressuresHPa = Float64Array.from([
    1040, 1000, 975, 950, 925, 900, 850, 800, 700, 600, 500, 400, 300, 200, 100, 50,
  ]);
  const levels = pressuresHPa.length;
  const lanes = new Float32Array(rows * columns * levels * 4);
  const surfacePressureHPa = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [lat, lon] = [90 - 5 * row, 5 * column];
      const point = row * columns + column;
      surfacePressureHPa[point] = surfaceHPa(lat, lon);
      for (let k = 0; k < levels; k++)
        lanes.set([...wind(lat, lon, pressuresHPa[k]!), TEMPERATURE], 4 * (point * levels + k));
    }
  }
  return {
    time: 0,
    firstLatDeg: 90,
    stepLatDeg: -5,
    rows,
    firstLonDeg: 0,
    stepLonDeg: 5,
    columns,
    pressuresHPa,
    lanes,
    surfacePressureHPa,
  };
}

test("isothermal air: density falls as exp(-z / H), wind is that of the pressure there, nothing rises (closed form)", () => {
  const field = transportField(
    isothermal(
      () => 1013,
      (_lat, _lon, p) => [p / 50, -3, 0],
    ),
  );
  const air = new Air(field, field);
  assert.ok(air.locate(33.3, -100.2, 0));
  for (const z of [0, 100, 777, 3000, 9000]) {
    air.windAt(z);
    const pressure = 1013 * Math.exp(-z / SCALE_HEIGHT);
    const density = (100 * pressure) / (287.05 * TEMPERATURE);
    assert.ok(Math.abs(air.wind[3]! / density - 1) < 0.01, `density at ${z}: ${air.wind[3]} ${density}`);
    assert.ok(Math.abs(air.wind[0]! - pressure / 50) < 0.12, `${z}: ${air.wind[0]} ${pressure / 50}`);
    assert.ok(Math.abs(air.wind[1]! + 3) < 1e-6 && Math.abs(air.wind[2]!) < 1e-6);
  }
});

test("over a slope, air that stays on its pressure comes nearer to the ground by u H dln(ps)/dx, and none goes through the ground", () => {
  const slope = (lat: number, lon: number) => 900 + 60 * Math.sin(lon * RADIANS_PER_DEGREE) + 0.5 * lat;
  const field = transportField(isothermal(slope, () => [10, 4, 0]));
  const air = new Air(field, field);
  const [lat, lon] = [30, 40];
  air.locate(lat, lon, 0);
  air.windAt(0);
  assert.equal(air.wind[2], 0);
  air.windAt(5000);
  const metre = 1 / (6_371_000 * RADIANS_PER_DEGREE);
  const step = 5;
  // The same differences over the neighbours as the field takes, of H ln(ps).
  const east =
    (SCALE_HEIGHT * Math.log(slope(lat, lon + step) / slope(lat, lon - step)) * metre) /
    (2 * step * Math.cos(lat * RADIANS_PER_DEGREE));
  const north = (SCALE_HEIGHT * Math.log(slope(lat + step, lon) / slope(lat - step, lon)) * metre) / (2 * step);
  const expected = 10 * east + 4 * north;
  assert.ok(Math.abs(air.wind[2]! / expected - 1) < 1e-3, `${air.wind[2]} ${expected}`);
});

test("dp/dt becomes -H/p of it", () => {
  const field = transportField(
    isothermal(
      () => 1013,
      () => [0, 0, -0.002],
    ),
  );
  const air = new Air(field, field);
  air.locate(-20, 10, 0);
  air.windAt(5000);
  const pressure = 1013 * Math.exp(-5000 / SCALE_HEIGHT);
  assert.ok(Math.abs(air.wind[2]! / ((0.002 * SCALE_HEIGHT) / pressure) - 1) < 0.01);
});

test("what the model says of the boundary layer stands, bounded; pressures become heights", () => {
  const wind = isothermal(
    () => 1000,
    () => [5, 0, 0],
  );
  const all = (value: number) => new Float32Array(wind.rows * wind.columns).fill(value);
  const layer = (extras: Parameters<typeof transportField>[1]) => {
    const field = transportField(wind, extras);
    const air = new Air(field, field);
    air.locate(10, 10, 0);
    air.layerAt();
    return [...air.layer];
  };
  assert.equal(layer({ mixingHeightM: all(850) })[0], 850);
  assert.equal(layer({ mixingHeightM: all(20) })[0], 100);
  const [height, , , tropopause] = layer({ mixingPressureHPa: all(900), tropopausePressureHPa: all(250) });
  assert.ok(Math.abs(height! - SCALE_HEIGHT * Math.log(1000 / 900)) < 1);
  assert.ok(Math.abs(tropopause! / (SCALE_HEIGHT * Math.log(4)) - 1) < 0.005);
  const [, ustar, inverse] = layer({ stress: all(0.1), heatFlux: all(150) });
  assert.ok(Math.abs(ustar! - Math.sqrt(0.1 / (100_000 / (287.05 * TEMPERATURE)))) < 0.002 && inverse! < 0);
  // Isothermal air is stable: a shallow layer from the profile alone.
  const [diagnosed, , stable] = layer({});
  assert.ok(diagnosed! < 400 && stable! > 0, `${diagnosed} ${stable}`);
});

test("between two times the air is between; a region has an outside, the globe none", () => {
  const field = (speed: number) =>
    transportField(
      isothermal(
        () => 1013,
        () => [speed, 0, 0],
      ),
    );
  const [first, second] = [field(4), { ...field(8), time: 3600 }];
  const air = new Air(first, second);
  air.locate(0, 0, 0.25);
  air.windAt(2000);
  assert.ok(Math.abs(air.wind[0]! - 5) < 1e-5);
  air.fillColumn(2000);
  assert.ok(Math.abs(air.column.lanes[0]! - 5) < 1e-5);
  for (const [lat, lon] of [
    [90, 0],
    [-90, 359.9],
    [12, -179.99],
    [12, 540],
  ] as const)
    assert.ok(air.locate(lat, lon, 0.5), `${lat} ${lon}`);
  const region = { ...first, firstLatDeg: 60, firstLonDeg: 100, stepLonDeg: 0.5, stepLatDeg: -0.5 };
  const part = new Air(region, region);
  assert.ok(part.locate(50.2, 120, 0) && part.locate(60, 100, 0));
  assert.ok(!part.locate(61, 120, 0) && !part.locate(50, 99, 0) && !part.locate(50, 140, 0));
  assert.throws(() => new Air(first, { ...second, rows: 5 }), RangeError);
});

test("a column repeated at the end is taken off; extras go with it", () => {
  const wind = isothermal(
    (_lat, lon) => 900 + lon,
    (_lat, lon, p) => [lon, p, 0],
  );
  const wide = { ...wind, columns: 73 };
  const widen = (values: Float32Array, width: number) => {
    const out = new Float32Array(37 * 73 * width);
    for (let row = 0; row < 37; row++) {
      out.set(values.subarray(row * 72 * width, (row + 1) * 72 * width), row * 73 * width);
      out.set(values.subarray(row * 72 * width, (row * 72 + 1) * width), (row * 73 + 72) * width);
    }
    return out;
  };
  const height = Float32Array.from({ length: 37 * 72 }, (_, i) => i);
  const [narrow, extras] = closedAround(
    { ...wide, lanes: widen(wind.lanes, 64), surfacePressureHPa: widen(wind.surfacePressureHPa, 1) },
    { mixingHeightM: widen(height, 1) },
  );
  assert.deepEqual(narrow, wind);
  assert.deepEqual(extras.mixingHeightM, height);
  assert.equal(closedAround(wind, {})[0], wind);
});

test("levels rise from the ground and end with the model's", () => {
  const heights = layerHeights(Float64Array.from([1040, 1000, 900, 500, 100, 10]));
  assert.equal(heights[0], 0);
  assert.ok(heights.every((z, k) => k === 0 || z > heights[k - 1]!));
  assert.ok(Math.abs(heights.at(-1)! - 7400 * Math.log(101.325)) < 1e-6);
});
