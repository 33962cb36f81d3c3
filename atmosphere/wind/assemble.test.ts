import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gridSize, RADIANS_PER_DEGREE, type RegularWeatherGrid, type WeatherField } from "@harken/core";
import { decodeGrib, decodeNetcdf, weatherFromNetcdf } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { assembleWind } from "./assemble.ts";
import { standardTemperatureK } from "./standardAtmosphere.ts";
import { flexpartWindVariables } from "./variables.ts";
import { windLookup } from "./windField.ts";

const SAMPLES = "atmosphere/met_samples";

const grid: RegularWeatherGrid = {
  kind: "regular",
  latitudesDeg: Float64Array.from([50, 49, 48, 47]),
  firstLonDeg: 10,
  stepLonDeg: 1,
  columns: 5,
  gaussian: null,
};
const UNITS: Readonly<Record<string, string>> = {
  u: "m s**-1",
  v: "m s**-1",
  w: "Pa s**-1",
  t: "K",
  sp: "Pa",
  etadot: "s**-1",
};

const field = (
  shortName: string,
  kind: string,
  level: number,
  value: (lat: number, lon: number) => number,
  more: Partial<WeatherField> = {},
): WeatherField => ({
  parameter: { shortName, name: shortName, units: UNITS[shortName]!, code: "" },
  level: { kind, value: level, secondValue: null },
  centre: 98,
  referenceTime: 0,
  validTime: 0,
  intervalStart: null,
  member: null,
  grid,
  alongGrid: false,
  hybrid: null,
  values: Float32Array.from({ length: gridSize(grid) }, (_, i) =>
    value(grid.latitudesDeg[Math.floor(i / grid.columns)]!, grid.firstLonDeg + (i % grid.columns)),
  ),
  ...more,
});

const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code).sort();

test("levels of pressure in any order: falling pressure, hPa/s and hPa", () => {
  const fields = [500, 1000, 850].flatMap((p) => [
    field("u", "isobaric", p, (lat) => p / 100 + lat),
    field("v", "isobaric", p, (_, lon) => -lon),
    field("w", "isobaric", p, () => 0.5),
    field("t", "isobaric", p, () => 280),
  ]);
  const { winds, problems } = assembleWind([field("sp", "surface", 0, () => 95_000), ...fields.reverse()]);
  assert.deepEqual(problems, []);
  const [wind] = winds;
  assert.deepEqual([...wind!.pressuresHPa], [1000, 850, 500]);
  assert.deepEqual([wind!.firstLatDeg, wind!.stepLatDeg, wind!.rows, wind!.columns], [50, -1, 4, 5]);
  const { wind: at, surfacePressureHPa } = windLookup(wind!);
  const out = new Float64Array(3);
  at(48.25, 12.5, 675, out);
  assert.ok(
    Math.abs(out[0]! - (6.75 + 48.25)) < 1e-5 && Math.abs(out[1]! + 12.5) < 1e-5 && Math.abs(out[2]! - 0.005) < 1e-9,
  );
  assert.equal(surfacePressureHPa(48.3, 12.2), 950);
});

test("what is missing is named and stands in by rule", () => {
  const gap = field("u", "isobaric", 1000, () => Number.NaN);
  const { winds, problems } = assembleWind([
    gap,
    field("v", "isobaric", 1000, () => 1),
    field("u", "isobaric", 500, () => 7),
    field("v", "isobaric", 500, () => 1),
    field("u", "isobaric", 300, () => 1),
    { ...field("w", "isobaric", 500, () => 1), parameter: { shortName: "w", name: "", units: "m s**-1", code: "" } },
  ]);
  assert.deepEqual(codes(problems), [
    "wind.below-ground",
    "wind.component",
    "wind.no-surface-pressure",
    "wind.no-temperature",
    "wind.no-vertical",
    "wind.units",
  ]);
  assert.match(problems.find(({ code }) => code === "wind.component")!.message, /300 hPa/);
  assert.match(problems.find(({ code }) => code === "wind.no-vertical")!.message, /1000, 500 hPa/);
  const { lanes, surfacePressureHPa } = winds[0]!;
  assert.deepEqual([...lanes.subarray(0, 3)], [7, 1, 0]);
  assert.ok(Math.abs(lanes[7]! - standardTemperatureK(500)) < 1e-4);
  assert.equal(surfacePressureHPa[3], 1013.25);
  assert.deepEqual(codes(assembleWind([gap]).problems), ["wind.component", "wind.levels", "wind.none"]);
});

test("the standard atmosphere at 500 and 100 hPa (ISO 2533)", () => {
  assert.ok(Math.abs(standardTemperatureK(500) - 251.9) < 0.1);
  assert.equal(standardTemperatureK(100), 216.65);
});

/** Three model levels: half levels at 0, 200 hPa, 0.5 ps + 100 hPa, ps. */
const hybrid = { a: Float64Array.from([0, 20_000, 10_000, 0]), b: Float64Array.from([0, 0, 0.5, 1]) };

test("model levels: wind linear in pressure stays so, and air over rising ground follows it", () => {
  const psHPa = (lat: number, lon: number) => 900 + 10 * (lat - 48) - 5 * (lon - 12);
  const half = (k: number, lat: number, lon: number) => hybrid.a[k]! / 100 + hybrid.b[k]! * psHPa(lat, lon);
  const full = (k: number, lat: number, lon: number) => 0.5 * (half(k - 1, lat, lon) + half(k, lat, lon));
  const levels = [1, 2, 3].flatMap((k) => [
    field("u", "hybrid", k, (lat, lon) => full(k, lat, lon) / 50, { hybrid }),
    field("v", "hybrid", k, () => 4, { hybrid }),
    field("etadot", "hybrid", k, () => (k === 3 ? 0 : 2 * k), { hybrid }),
    field("t", "hybrid", k, () => 250, { hybrid }),
  ]);
  const { winds, problems } = assembleWind(
    [...levels, field("sp", "surface", 0, (lat, lon) => 100 * psHPa(lat, lon))],
    {
      variables: flexpartWindVariables,
      pressuresHPa: [700, 400, 200, full(3, 48, 12)],
    },
  );
  assert.deepEqual(problems, []);
  const { wind } = windLookup(winds[0]!);
  const out = new Float64Array(3);
  for (const p of [700, 400, 200]) {
    wind(48, 12, p, out);
    assert.ok(Math.abs(out[0]! - p / 50) < 1e-4 && Math.abs(out[1]! - 4) < 1e-6, `${p}: ${out}`);
  }
  // On the lowest full level: half of the transport above (4 Pa/s), and b of 0.75 times v . grad ps.
  wind(48, 12, full(3, 48, 12), out);
  const metre = 1 / (6_371_000 * RADIANS_PER_DEGREE);
  const u = full(3, 48, 12) / 50;
  const expected = 0.5 * 0.04 + 0.75 * ((u * -5 * metre) / Math.cos(48 * RADIANS_PER_DEGREE) + 4 * 10 * metre);
  assert.ok(Math.abs(out[2]! / expected - 1) < 1e-5, `${out[2]} ${expected}`);
});

test("model levels without coefficients, with gaps, without vertical wind are told", () => {
  const bare = [1, 3].flatMap((k) => [field("u", "hybrid", k, () => 1), field("v", "hybrid", k, () => 1)]);
  assert.deepEqual(codes(assembleWind(bare).problems), ["wind.coefficients", "wind.none"]);
  const { winds, problems } = assembleWind(bare.map((f) => ({ ...f, hybrid })));
  assert.equal(winds.length, 1);
  assert.deepEqual(codes(problems), [
    "wind.gaps",
    "wind.no-surface-pressure",
    "wind.no-temperature",
    "wind.no-vertical",
  ]);
});

referenceTest(
  "ECMWF's 137 model levels: at a column's own pressures stand the file's own numbers",
  [SAMPLES],
  (t, [folder]) => {
    const { items } = decodeGrib(readFileSync(join(folder!, "ecmwf_ifs_L137_11x11_20140919T12.grib2")));
    const point = 3 * 11 + 4;
    const find = (name: string, level?: number) =>
      items.find((f) => f.parameter.shortName === name && (level === undefined || f.level.value === level))!;
    const { a, b } = find("u", 1).hybrid!;
    const ps = find("sp").values[point]!;
    const pressures = Array.from({ length: 137 }, (_, k) => (a[k]! + a[k + 1]! + (b[k]! + b[k + 1]!) * ps) / 200);
    const { winds, problems } = assembleWind(items, { variables: flexpartWindVariables, pressuresHPa: pressures });
    assert.deepEqual(problems, []);
    assert.equal(winds.length, 1);
    const { lanes, surfacePressureHPa, pressuresHPa } = winds[0]!;
    assert.ok(Math.abs(surfacePressureHPa[point]! - ps / 100) < 1e-4);
    let strongest = 0;
    for (let k = 0; k < 137; k++) {
      const level = 137 - k;
      assert.ok(Math.abs(pressuresHPa[k]! - pressures[level - 1]!) < 1e-9);
      const at = (point * 137 + k) * 4;
      assert.ok(Math.abs(lanes[at]! - find("u", level).values[point]!) < 1e-4);
      assert.ok(Math.abs(lanes[at + 1]! - find("v", level).values[point]!) < 1e-4);
      assert.ok(Math.abs(lanes[at + 3]! - find("t", level).values[point]!) < 1e-3);
      strongest = Math.max(strongest, Math.abs(lanes[at + 2]!));
    }
    t.diagnostic(`strongest dp/dt of the column ${(100 * strongest).toFixed(3)} Pa/s`);
    assert.ok(strongest > 1e-4 && strongest < 0.05);
  },
);

referenceTest(
  "ERA-Interim from its netCDF file: the wind that another reader stored for transport",
  ["atmosphere/eraint_global_20110605"],
  (_t, [folder]) => {
    const [dataset] = decodeNetcdf(readFileSync(join(folder!, "ei_2011_06_05_00.nc"))).items;
    const { winds, problems } = assembleWind(weatherFromNetcdf(dataset!).fields);
    assert.deepEqual(problems, []);
    const [wind] = winds;
    assert.equal(wind!.time, Date.UTC(2011, 5, 5) / 1000);
    assert.deepEqual([wind!.rows, wind!.columns, wind!.firstLatDeg, wind!.stepLonDeg], [81, 81, 90, 4.5]);
    const read = (name: string) => {
      const file = readFileSync(join(folder!, name));
      return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
    };
    const stored = new Float32Array(read("uvw_lat81_lon81_lev30_f32x4.bin"));
    const pressures = new Float64Array(read("p_hPa_f64.bin"));
    const ground = new Float32Array(read("ps_hPa_f32.bin"));
    pressures.forEach((p, k) => {
      assert.ok(Math.abs(wind!.pressuresHPa[k]! - p) < 1e-9);
    });
    let worst = 0;
    for (let i = 0; i < stored.length; i++)
      if (i % 4 < 3) worst = Math.max(worst, Math.abs(stored[i]! - wind!.lanes[i]!) / (1e-6 + Math.abs(stored[i]!)));
    // The factor from Pa/s to hPa/s rounds in single precision.
    assert.ok(worst < 2e-7, `${worst}`);
    ground.forEach((p, i) => {
      assert.ok(Math.abs(p / wind!.surfacePressureHPa[i]! - 1) < 2e-7);
    });
  },
);
