import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeNetcdf } from "./decode.ts";
import { timeReader } from "./time.ts";
import { weatherFromNetcdf } from "./weather.ts";

interface Made {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** nc_short or nc_double. */
  readonly type: 3 | 6;
  readonly values: readonly number[];
}

/** A classic file of version 1, laid out as the format's specification says. Dimension 0 is the record dimension. */
function classic(
  dimensions: readonly (readonly [string, number])[],
  records: number,
  variables: readonly Made[],
): Uint8Array {
  const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
  const padded = (bytes: readonly number[]) => [...bytes, ...Array((4 - (bytes.length % 4)) % 4).fill(0)];
  const text = (s: string) => [...u32(s.length), ...padded([...Buffer.from(s)])];
  const numbers = (values: readonly number[], type: 3 | 6) =>
    values.flatMap((v) => {
      const view = new DataView(new ArrayBuffer(8));
      if (type === 3) view.setInt16(0, v);
      else view.setFloat64(0, v);
      return [...new Uint8Array(view.buffer, 0, type === 3 ? 2 : 8)];
    });
  const attributes = (given: Readonly<Record<string, string | number>> = {}) => {
    const entries = Object.entries(given);
    if (entries.length === 0) return [...u32(0), ...u32(0)];
    return [
      ...[...u32(12), ...u32(entries.length)],
      ...entries.flatMap(([key, value]) =>
        typeof value === "string"
          ? [...text(key), ...u32(2), ...text(value)]
          : [...text(key), ...u32(6), ...u32(1), ...numbers([value], 6)],
      ),
    ];
  };
  const isRecord = ({ dimensions: over }: Made) => over[0] === 0;
  const part = (v: Made) => {
    const body = numbers(v.values, v.type);
    return isRecord(v) ? body.length / records : body.length;
  };
  const header = (begins: readonly number[]) => [
    ...[...Buffer.from("CDF"), 1, ...u32(records), ...u32(10), ...u32(dimensions.length)],
    ...dimensions.flatMap(([name, length]) => [...text(name), ...u32(length)]),
    ...[...attributes({ Conventions: "CF-1.6" }), ...u32(11), ...u32(variables.length)],
    ...variables.flatMap((v, i) => [
      ...[...text(v.name), ...u32(v.dimensions.length), ...v.dimensions.flatMap(u32), ...attributes(v.attributes)],
      ...[...u32(v.type), ...u32(Math.ceil(part(v) / 4) * 4), ...u32(begins[i]!)],
    ]),
  ];
  const start = header(variables.map(() => 0)).length;
  const fixed = variables.filter((v) => !isRecord(v)).flatMap((v) => padded(numbers(v.values, v.type)));
  const begins: number[] = [];
  let [at, inRecord] = [start, start + fixed.length];
  for (const v of variables) {
    const length = Math.ceil(part(v) / 4) * 4;
    begins.push(isRecord(v) ? inRecord : at);
    if (isRecord(v)) inRecord += length;
    else at += length;
  }
  const recordVariables = variables.filter(isRecord);
  const body = Array.from({ length: records }, (_, r) =>
    recordVariables.flatMap((v) => {
      const all = numbers(v.values, v.type);
      const own = all.slice((r * all.length) / records, ((r + 1) * all.length) / records);
      return recordVariables.length === 1 ? own : padded(own);
    }),
  ).flat();
  return Uint8Array.from([...header(begins), ...fixed, ...body]);
}

const weather = classic(
  [
    ["time", 0],
    ["plev", 2],
    ["lat", 3],
    ["lon", 4],
  ],
  2,
  [
    { name: "time", dimensions: [0], type: 6, values: [6, 12], attributes: { units: "hours since 2025-5-1 00:00:00" } },
    { name: "plev", dimensions: [1], type: 6, values: [85_000, 50_000], attributes: { units: "Pa" } },
    { name: "lat", dimensions: [2], type: 6, values: [10, 0, -10], attributes: { units: "degrees_north" } },
    { name: "lon", dimensions: [3], type: 6, values: [0, 90, 180, 270], attributes: { units: "degrees_east" } },
    {
      name: "u",
      dimensions: [0, 1, 2, 3],
      type: 3,
      values: Array.from({ length: 48 }, (_, i) => (i === 5 ? -999 : i)),
      attributes: { units: "m s**-1", scale_factor: 0.5, add_offset: 100, missing_value: -999 },
    },
    { name: "sp", dimensions: [0, 2, 3], type: 3, values: Array(24).fill(7), attributes: { units: "hPa" } },
    { name: "profile", dimensions: [1, 3], type: 3, values: Array(8).fill(1) },
  ],
);

test("a classic file with records, packed shorts and a missing value becomes fields by time and level", () => {
  const { items, problems } = decodeNetcdf(weather);
  assert.deepEqual(problems, []);
  const found = weatherFromNetcdf(items[0]!);
  assert.deepEqual(
    found.problems.map(({ message }) => message),
    ["Variables over (plev, lon) were left out: these are not time, level of pressure, latitude and longitude."],
  );
  assert.equal(found.fields.length, 6);
  const [first, , third] = found.fields;
  assert.deepEqual([first!.parameter.shortName, first!.level.kind, first!.level.value], ["u", "isobaric", 850]);
  assert.equal(first!.validTime, epoch(2025, 5, 1, 6));
  assert.equal(third!.validTime, epoch(2025, 5, 1, 12));
  assert.deepEqual(
    Array.from(first!.values),
    Array.from({ length: 12 }, (_, i) => (i === 5 ? Number.NaN : 100 + i / 2)),
  );
  assert.equal(third!.values[0], 112);
  assert.ok(first!.grid.kind === "regular");
  assert.deepEqual([...first!.grid.latitudesDeg, first!.grid.stepLonDeg], [10, 0, -10, 90]);
  assert.equal(found.fields[5]!.values[11], 7);
});

test("a file that is cut off keeps its header and says which variable ends early", () => {
  const { items } = decodeNetcdf(weather.subarray(0, -10));
  const { fields, problems } = weatherFromNetcdf(items[0]!);
  assert.equal(fields.length, 4);
  assert.match(problems.map(({ message }) => message).join(), /Variable sp was left out: the file ends after/);
  assert.match(decodeNetcdf(weather.subarray(0, 100)).problems[0]!.message, /the file ends inside it/);
  assert.match(decodeNetcdf(new Uint8Array(8)).problems[0]!.message, /no netCDF/);
});

test("times of the CF conventions", () => {
  assert.equal(timeReader("seconds since 2000-01-01", "")!(86_400), epoch(2000, 1, 2));
  assert.equal(timeReader("hours since 1900-01-01 00:00:0.0", "gregorian")!(1), epoch(1900, 1, 1, 1));
  assert.equal(timeReader("day as %Y%m%d.%f", "proleptic_gregorian")!(20_110_605.25), epoch(2011, 6, 5, 6));
  assert.equal(timeReader("months since 2000-01-01", ""), null);
  assert.equal(timeReader("days since 2000-01-01", "360_day"), null);
});

referenceTest(
  "ERA5 on a plane (64-bit offsets): what MPTRAC interpolates for a thousand parcels",
  ["atmosphere/mptrac_era5_utm32"],
  (t, [folder]) => {
    const { items, problems } = decodeNetcdf(readFileSync(join(folder!, "era5_utm32_2025_05_01_00.nc")));
    assert.deepEqual(problems, []);
    const numbers = (name: string) => {
      const values = items[0]!.variables.find((v) => v.name === name)!.read();
      assert.ok(typeof values !== "string");
      return values;
    };
    const [x, y, p] = [numbers("x"), numbers("y"), numbers("plev")];
    const parcels = readFileSync(join(folder!, "ref/atm_2025_05_01_00_00_00.tab"), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.trim().split(/\s+/).map(Number));
    /** The interval that holds a value of an axis that rises or falls, and the share along it. */
    const place = (axis: ArrayLike<number>, value: number): [number, number] => {
      let i = 0;
      while (i < axis.length - 2 && (axis[i + 1]! - value) * Math.sign(axis[1]! - axis[0]!) < 0) i++;
      return [i, (value - axis[i]!) / (axis[i + 1]! - axis[i]!)];
    };
    let worst = 0;
    for (const [name, column] of [
      ["t", 4],
      ["u", 5],
      ["v", 6],
    ] as const) {
      const values = numbers(name);
      for (const row of parcels) {
        const [i, fx] = place(x, row[2]!);
        const [j, fy] = place(y, row[3]!);
        const [k, fz] = place(p, 101_325 * Math.exp(-row[1]! / 7));
        let sum = 0;
        for (const [dz, wz] of [
          [0, 1 - fz],
          [1, fz],
        ] as const)
          for (const [dy, wy] of [
            [0, 1 - fy],
            [1, fy],
          ] as const)
            for (const [dx, wx] of [
              [0, 1 - fx],
              [1, fx],
            ] as const)
              sum += wz * wy * wx * values[((k + dz) * y.length + j + dy) * x.length + i + dx]!;
        worst = Math.max(worst, Math.abs(sum - row[column]!) / (1 + Math.abs(row[column]!)));
      }
    }
    t.diagnostic(`${parcels.length} parcels, worst difference ${worst.toExponential(1)}`);
    assert.equal(parcels.length, 1000);
    assert.ok(worst < 2e-4, `${worst}`);
    const { fields, problems: told } = weatherFromNetcdf(items[0]!);
    assert.equal(fields.length, 0);
    assert.match(told.map(({ message }) => message).join(), /over \(time, plev, y, x\) were left out/);
  },
);

const limits = { maxSamples: 100_000, maxItems: 100, maxProblems: 20 };
fuzzDecoder(
  "decodeNetcdf",
  (bytes) => decodeNetcdf(bytes, limits).items.map((dataset) => weatherFromNetcdf(dataset, limits)),
  [weather],
);
