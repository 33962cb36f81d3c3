/** Real files of four centres, each message beside the figures that ecCodes 2.28 gives for it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dateParts, type WeatherField } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { decodeGrib } from "./decode.ts";

const SAMPLES = "atmosphere/met_samples";

interface Listed {
  readonly shortName: string;
  readonly typeOfLevel: string;
  readonly level: number;
  readonly date: number;
  readonly time: number;
  readonly columns: number;
  readonly rows: number;
  readonly statistics: readonly number[];
}

/** Rows of the listing, columns as `grib_ls` prints them; what it does not find is NaN. */
function listing(path: string): Listed[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => /^[12] +\S+ +[a-z]/i.test(line))
    .filter((line) => !line.includes("messages"))
    .map((line) => {
      const t = line.trim().split(/\s+/);
      const [level, date, time, columns, rows] = t.slice(3, 8).map(Number) as [number, number, number, number, number];
      const statistics = t.slice(9).map(Number);
      return { shortName: t[1]!, typeOfLevel: t[2]!, level, date, time, columns, rows, statistics };
    });
}

function statisticsOf({ values, grid }: WeatherField): number[] {
  if (grid.kind === "spectral") return [Number.NaN, Number.NaN, values[0]!];
  let [least, most, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
    count++;
  }
  return [least, most, sum / count];
}

/** ecCodes calls a level by edition's own habits where ours has one name. */
const KINDS: Readonly<Record<string, string>> = {
  isobaricInhPa: "isobaric",
  depthBelowLandLayer: "depthBelowLand",
  planetaryBoundaryLayer: "boundaryLayer",
};

/** The listing has six digits. */
const agrees = (found: number, listed: number) =>
  Number.isNaN(listed) || Math.abs(found - listed) <= 0.6 * 10 ** (Math.floor(Math.log10(Math.abs(listed))) - 5);

function compare(field: WeatherField, listed: Listed, where: string): void {
  assert.equal(field.parameter.shortName, listed.shortName, where);
  assert.equal(field.level.kind, KINDS[listed.typeOfLevel] ?? listed.typeOfLevel, where);
  if (field.level.kind === "isobaric" || field.level.kind === "hybrid")
    assert.equal(field.level.value, listed.level, where);
  const { year, month, day, hour, minute } = dateParts(field.validTime, 0);
  assert.deepEqual([year * 10_000 + month * 100 + day, hour * 100 + minute], [listed.date, listed.time], where);
  const { grid } = field;
  const [rows, columns] =
    grid.kind === "regular"
      ? [grid.latitudesDeg.length, grid.columns]
      : grid.kind === "lambert"
        ? [grid.rows, grid.columns]
        : grid.kind === "reduced"
          ? [grid.latitudesDeg.length, Number.NaN]
          : [0, Number.NaN];
  assert.deepEqual([rows, columns], [listed.rows, listed.columns], where);
  statisticsOf(field).forEach((found, i) => {
    assert.ok(agrees(found, listed.statistics[i]!), `${where}: ${found} instead of ${listed.statistics[i]}`);
  });
}

referenceTest(
  "every message of the stored samples: name, level, time, grid, least, greatest and mean value as ecCodes has them",
  [SAMPLES],
  (t, [folder]) => {
    const files = readdirSync(folder!).filter((name) => /\.(grib[12]?|grb)$/.test(name));
    assert.ok(files.length >= 15, `${files.length} files`);
    let messages = 0;
    for (const name of files) {
      const { items, problems } = decodeGrib(readFileSync(join(folder!, name)));
      const listed = listing(join(folder!, `${name}.eccodes.txt`));
      assert.deepEqual(problems, [], name);
      assert.equal(items.length, listed.length, name);
      items.forEach((field, i) => {
        compare(field, listed[i]!, `${name}, message ${i + 1}`);
      });
      messages += items.length;
    }
    t.diagnostic(`${messages} messages of ${files.length} files`);
    assert.ok(messages > 1200);
  },
);

referenceTest(
  "ensemble members, hybrid coefficients and vectors along the grid are read",
  [SAMPLES],
  (_t, [folder]) => {
    const read = (name: string) => decodeGrib(readFileSync(join(folder!, name))).items;
    const members = new Set(read("cfgrib_era5-levels-members.grib").map(({ member }) => member));
    assert.deepEqual([...members].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const ifs = read("ecmwf_ifs_L137_11x11_20140919T12.grib2");
    const { hybrid } = ifs.find(({ parameter }) => parameter.shortName === "u")!;
    // ECMWF's table of the 137 levels: half level 1 at 2.000365 Pa, half level 137 at the ground.
    assert.equal(hybrid!.a.length, 138);
    assert.ok(Math.abs(hybrid!.a[1]! - 2.000365) < 1e-6 && hybrid!.b[137] === 1 && hybrid!.a[137] === 0);
    const [lambert] = read("cfgrib_lambert_grid.grib");
    assert.equal(lambert!.alongGrid, false);
    assert.equal(lambert!.hybrid!.b.at(-1), 1);
  },
);

referenceTest("points of a reduced Gaussian grid N48: rows as ECMWF's table has them", [SAMPLES], (_t, [folder]) => {
  const { grid } = decodeGrib(readFileSync(join(folder!, "cfgrib_reduced_gg.grib"))).items[0]!;
  assert.ok(grid.kind === "reduced");
  // ECMWF's N48 from the pole: 20 25 36 40 45 50 60 60 72 75 ... 192 at the equator.
  assert.deepEqual([...grid.pointsPerRow.subarray(0, 10)], [20, 25, 36, 40, 45, 50, 60, 60, 72, 75]);
  assert.equal(grid.pointsPerRow[47], 192);
  assert.deepEqual([...grid.pointsPerRow], [...grid.pointsPerRow].reverse());
  assert.equal(grid.lastLonDeg, null);
});

referenceTest("rows that scan to and fro are turned: neighbouring rows are alike", [SAMPLES], (_t, [folder]) => {
  const { grid, values } = decodeGrib(readFileSync(join(folder!, "cfgrib_alternate-scanning.grib"))).items[0]!;
  assert.ok(grid.kind === "regular");
  const roughness = (turned: boolean) => {
    let sum = 0;
    for (let i = grid.columns; i < values.length; i++) {
      const [row, column] = [Math.floor(i / grid.columns) - 1, i % grid.columns];
      sum += Math.abs(values[i]! - values[row * grid.columns + (turned ? grid.columns - 1 - column : column)]!);
    }
    return sum;
  };
  assert.ok(roughness(false) < roughness(true) / 5);
});

referenceTest(
  "spectral coefficients as ecCodes 2.28 unpacks them, on both sides of the unpacked triangle",
  [SAMPLES],
  (_t, [folder]) => {
    const { values, grid } = decodeGrib(readFileSync(join(folder!, "cfgrib_spherical_harmonics.grib"))).items[0]!;
    assert.deepEqual(grid, { kind: "spectral", truncation: 63, turned: false });
    // Printed by grib_filter; 40 is of the triangle's last degree, which GRIB1 stores multiplied.
    for (const [index, expected] of [
      [0, 55_627.976562],
      [2, 596.96948242],
      [4, -2471.2531738],
      [40, 16.13218958763],
      [166, -2.434147078012],
      [413, 3.459476109888],
      [700, 0.02168145365966],
      [703, -0.9690076758998],
    ] as const)
      assert.ok(Math.abs(values[index]! / expected - 1) < 1e-9, `${index}: ${values[index]}`);
  },
);
